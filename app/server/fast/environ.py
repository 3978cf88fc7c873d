"""The WSGI environment of a request that came by ASGI, as gunicorn's own workers would make it."""

import sys
from collections.abc import Mapping
from typing import Any, BinaryIO
from urllib.parse import unquote_to_bytes
from wsgiref.types import WSGIEnvironment

from werkzeug.wsgi import FileWrapper

OWN_VARIABLES: Mapping[bytes, str] = {
    b"content-type": "CONTENT_TYPE",
    b"content-length": "CONTENT_LENGTH",
}


def make_environ(scope: Mapping[str, Any], body: BinaryIO) -> WSGIEnvironment:
    """Return the environment; body: ends where the request's body does."""
    query = scope["query_string"].decode("latin-1")
    target = scope.get("raw_path") or scope["path"].encode()
    server = scope.get("server") or ("localhost", 80)
    environ: WSGIEnvironment = {
        "wsgi.errors": sys.stderr,
        "wsgi.version": (1, 0),
        "wsgi.multithread": True,
        "wsgi.multiprocess": True,
        "wsgi.run_once": False,
        "wsgi.file_wrapper": FileWrapper,
        "wsgi.input": body,
        "wsgi.input_terminated": True,
        "wsgi.url_scheme": scope.get("scheme", "http"),
        "REQUEST_METHOD": scope["method"],
        "SCRIPT_NAME": "",
        "PATH_INFO": decoded_path(target),
        "QUERY_STRING": query,
        "RAW_URI": target.decode("latin-1") + (f"?{query}" if query else ""),
        "SERVER_PROTOCOL": f"HTTP/{scope['http_version']}",
        "SERVER_NAME": server[0],
        "SERVER_PORT": str(server[1]),
    }
    client = scope.get("client")
    if client is not None:
        environ["REMOTE_ADDR"], environ["REMOTE_PORT"] = client[0], str(client[1])
    for name, value in scope["headers"]:
        variable = OWN_VARIABLES.get(name) or _variable(name)
        text = value.decode("latin-1")
        before = environ.get(variable)
        environ[variable] = text if before is None else f"{before},{text}"
    return environ


def decoded_path(target: bytes) -> str:
    """Return the path of a request's target, as WSGI has it: bytes of any kind as Latin-1.

    target: without the query. One that names a host as well (``http://host/path``) is asked for
    its path alone.
    """
    if not target.startswith(b"/") and b"://" in target:
        _, _, of_host = target.partition(b"://")  # which may be none that can be taken apart
        _, slash, path = of_host.partition(b"/")
        target = slash + path or b"/"
    return unquote_to_bytes(target).decode("latin-1")


def _variable(name: bytes) -> str:
    return f"HTTP_{name.decode('latin-1').upper().replace('-', '_')}"
