"""Requests to the front in process, as its event loop answers them: nothing may wait."""

from collections.abc import Callable, Mapping
from contextlib import suppress
from http import HTTPStatus
from typing import Any

from app.server.fast.asgi import FrontApplication

PEER = ("192.0.2.1", 1)
SERVER = ("127.0.0.1", 80)


def front_call(
    front: FrontApplication, path: str, content_type: str, body: bytes, method: str = "POST"
) -> Callable[[], bytes]:
    """Return a function that posts a body once, or asks by another method, and returns the answer.

    path: with the query of a GET, whose content type and body are empty.
    It raises RuntimeError where the event loop would have waited, or the answer is not 200.
    """
    path, _, query = path.partition("?")
    body_headers = [
        (b"content-type", content_type.encode()),
        (b"content-length", str(len(body)).encode()),
    ]
    scope = {
        "type": "http",
        "asgi": {"version": "3.0"},
        "http_version": "1.1",
        "scheme": "http",
        "method": method,
        "path": path,
        "raw_path": path.encode(),
        "query_string": query.encode(),
        "root_path": "",
        "headers": body_headers if body else [],
        "client": PEER,
        "server": SERVER,
    }
    messages: list[Mapping[str, Any]] = []

    async def receive() -> dict[str, Any]:
        return {"type": "http.request", "body": body, "more_body": False}

    async def send(message: Mapping[str, Any]) -> None:
        messages.append(message)

    answer = front(scope, receive, send)

    def call() -> bytes:
        with suppress(StopIteration):
            answer.send(None)
            raise RuntimeError("the event loop would have waited")
        status = messages[0]["status"]
        if status != HTTPStatus.OK:
            message = f"answered with {status}"
            raise RuntimeError(message)
        return bytes(messages[1]["body"])

    return call
