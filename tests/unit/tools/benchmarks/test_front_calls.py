"""Requests to the front in process."""

import pytest

from tools.benchmarks.front_calls import PEER, front_call


class Echo:
    """An application that answers a body with itself, and a path with a status."""

    async def __call__(self, scope, receive, send):
        assert PEER == scope["client"]
        message = await receive()
        status = 422 if scope["path"] == "/wrong" else 200
        await send({"type": "http.response.start", "status": status, "headers": []})
        await send({"type": "http.response.body", "body": message["body"]})


def test_the_body_of_the_answer_is_returned():
    assert b"{}" == front_call(Echo(), "/", "application/json", b"{}")()


def test_a_front_that_refuses_is_an_error():
    with pytest.raises(RuntimeError, match="422"):
        front_call(Echo(), "/wrong", "application/json", b"{}")()


def test_a_front_that_waits_is_an_error():
    class Patience:
        def __await__(self):
            yield

    class Waiting:
        async def __call__(self, scope, receive, send):
            await Patience()

    with pytest.raises(RuntimeError, match="waited"):
        front_call(Waiting(), "/", "application/json", b"{}")()
