"""Answers wait for their readers in memory, long ones in threads of their own.

These are streamed no faster than a client reads, and end when it leaves.
"""

import asyncio
from functools import partial

import pytest

from app.server.fast import answer_memory, framework_pool
from app.server.fast.answer_memory import ANSWER_MAX_BYTES, AnswerMemory
from app.server.fast.body_stream import BodyCutShort
from app.server.fast.framework_pool import FrameworkPool, PoolFull
from app.server.fast.framework_request import (
    PIECE_BYTES,
    BodyStart,
    ClientGone,
    FrameworkRequest,
    Readers,
)
from tests.fixtures.event_loops import run_in_loop
from tests.fixtures.front_requests import ScriptedClient, scope_of

WHOLE = BodyStart(b"", whole=True)
MOST = ANSWER_MAX_BYTES // PIECE_BYTES


class StreamedAnswer:
    """An answer of so many pieces; counts how many were taken, and whether it was closed."""

    def __init__(self, pieces: int, size: int = PIECE_BYTES) -> None:
        self.pieces = pieces
        self.size = size
        self.pieces_taken = 0
        self.is_closed = False

    def __call__(self, _environ, start_response):
        start_response("200 OK", [("Content-Type", "text/csv")])
        return self

    def __iter__(self):
        for _ in range(self.pieces):
            self.pieces_taken += 1
            yield b"x" * self.size

    def close(self):
        self.is_closed = True


def run(wsgi, client_of=lambda: ScriptedClient([b""]), start=WHOLE, scope=None):
    """Return the client's response, once the application has run in a thread."""

    async def exchange():
        client = client_of()
        request = FrameworkRequest(
            wsgi, scope or scope_of("POST", "/"), client.receive, client.send
        )
        pool, readers = FrameworkPool(1), Readers(AnswerMemory(), FrameworkPool(1))
        try:
            future = pool.submit(partial(request.run, start, readers))
            answer = await asyncio.wrap_future(future)
            client.response.is_streamed = answer.rest is not None
            for message in answer.messages:
                await client.send(message)
            if answer.rest is not None:
                await asyncio.wrap_future(answer.rest)
        finally:
            request.stop_watching()
            request.release()
            pool.close()
            readers.downloads.close()
        assert readers.memory.take(answer_memory.ANSWERS_MAX_BYTES)
        return client.response

    return run_in_loop(exchange())


def test_a_short_answer_is_one_message():
    answer = StreamedAnswer(5, 10)
    assert [b"x" * 50] == run(answer).pieces
    assert answer.is_closed


def test_an_answer_that_memory_holds_is_one_message():
    answer = StreamedAnswer(MOST)
    response = run(answer)
    assert [ANSWER_MAX_BYTES] == [len(piece) for piece in response.pieces]
    assert not response.is_streamed
    assert answer.is_closed


def test_a_long_answer_comes_in_pieces():
    answer = StreamedAnswer(MOST + 3)
    response = run(answer)
    assert [PIECE_BYTES] * (MOST + 3) == [len(piece) for piece in response.pieces if piece]
    assert response.is_streamed
    assert answer.is_closed


def test_where_memory_is_used_up_an_answer_comes_in_pieces(monkeypatch):
    monkeypatch.setattr(answer_memory, "ANSWERS_MAX_BYTES", PIECE_BYTES)
    answer = StreamedAnswer(3)
    response = run(answer)
    assert [PIECE_BYTES] * 3 == [len(piece) for piece in response.pieces if piece]
    assert response.is_streamed
    assert answer.is_closed


def test_where_too_many_read_long_answers_another_is_refused(monkeypatch):
    monkeypatch.setattr(framework_pool, "QUEUE_MAX", -1)
    full = FrameworkPool(1)
    answer = StreamedAnswer(MOST + 1)

    async def call():
        client = ScriptedClient([b""])
        request = FrameworkRequest(answer, scope_of("GET", "/"), client.receive, client.send)
        with pytest.raises(PoolFull):
            request.run(WHOLE, Readers(AnswerMemory(), full))

    run_in_loop(call())
    assert answer.is_closed


def test_what_is_wrong_before_an_answer_is_long_is_raised_before_any_of_it_is_sent():
    class Broken(StreamedAnswer):
        def __iter__(self):
            yield from super().__iter__()
            raise OSError(self.pieces_taken)

    answer = Broken(MOST)
    client = ScriptedClient([b""])
    with pytest.raises(OSError, match=str(MOST)):
        run(answer, lambda: client)
    assert 0 == client.response.status
    assert answer.is_closed


def test_an_answer_without_a_body_has_its_headers():
    def empty(_environ, start_response):
        start_response("304 NOT MODIFIED", [("ETag", '"x"')])
        return []

    response = run(empty)
    assert (304, [("ETag", '"x"')], b"") == (response.status, response.headers, response.data)


def test_an_answer_ends_when_its_client_leaves():
    answer = StreamedAnswer(1_000)  # far more than memory holds
    with pytest.raises(ClientGone):
        run(answer, lambda: ScriptedClient([b""], leaves_after=2))
    assert answer.pieces_taken < 1_000
    assert answer.is_closed


def test_a_long_body_is_read_as_it_comes():
    def count(environ, start_response):
        start_response("200 OK", [])
        return [str(len(environ["wsgi.input"].read())).encode()]

    client_of = lambda: ScriptedClient([b"a" * 1_000] * 50)  # noqa: E731
    assert b"50007" == run(count, client_of, BodyStart(b"b" * 7, whole=False)).data


def test_a_body_that_is_cut_short_has_no_end():
    def read(environ, start_response):
        with pytest.raises(BodyCutShort):
            environ["wsgi.input"].read()
        start_response("400 BAD REQUEST", [])
        return []

    client_of = lambda: ScriptedClient([b"a" * 1_000], cut=True)  # noqa: E731
    assert 400 == run(read, client_of, BodyStart(b"", whole=False)).status
