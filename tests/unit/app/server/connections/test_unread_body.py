"""What nobody reads is thrown away as it comes, up to a bound; the owner learns of the rest."""

import pytest

from app.server.connections.unread_body import UNREAD_BODY_MAX_BYTES, UnreadBody

PIECES = 4


class Connection:
    """A transport and its owner, which note what they are told."""

    def __init__(self):
        self.events = []

    def abort(self):
        self.events.append("abort")

    def pause_writing(self):
        self.events.append("pause")

    def resume_writing(self):
        self.events.append("resume")

    def connection_lost(self, exc):
        self.events.append(("lost", exc))


@pytest.fixture
def connection():
    return Connection()


@pytest.fixture
def body(connection):
    one = UnreadBody(connection, connection)
    for _ in range(PIECES):
        one.data_received(bytes(UNREAD_BODY_MAX_BYTES // PIECES))
    return one


def test_as_much_as_a_browser_may_send_is_taken(body, connection):
    assert [] == connection.events


def test_past_that_the_connection_is_cut(body, connection):
    body.data_received(b"x")
    assert ["abort"] == connection.events


def test_the_owner_learns_what_becomes_of_the_connection(body, connection):
    body.pause_writing()
    body.resume_writing()
    body.connection_lost(None)
    assert ["pause", "resume", ("lost", None)] == connection.events
