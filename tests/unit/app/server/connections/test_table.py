"""So many connections of a network and of all; the one that has been idle longest goes first."""

from app.server.connections.deadlines import Deadline
from app.server.connections.table import EVICTED_SHARE, NEWCOMER_SECONDS, ConnectionTable


class SilentConnection:
    """A connection that has said nothing since it came."""

    def __init__(self, came: float, network: bytes = b"a") -> None:
        self.network = network
        self.deadline = Deadline.of_a_new_connection(came)
        self.is_ended = False

    def expire(self, _now: float) -> None:
        self.is_ended = True

    def evict(self) -> None:
        self.is_ended = True

    def end_if_idle(self) -> None: ...


def filled(table, count, network=b"a"):
    connections = [SilentConnection(float(number), network) for number in range(count)]
    assert all(table.add(one, limited=True) for one in connections)
    return connections


def test_the_oldest_idle_connection_of_a_network_makes_room():
    table = ConnectionTable(100, 3)
    other = filled(table, 1, b"other")[0]
    connections = filled(table, 3)
    assert table.add(SilentConnection(9.0), limited=True)
    assert [True, False, False] == [one.is_ended for one in connections]
    assert not other.is_ended
    assert 4 == len(table)


def test_a_network_whose_connections_all_ask_something_gets_no_more():
    table = ConnectionTable(100, 2)
    connections = filled(table, 2)
    for one in connections:
        one.deadline.wait_for_answer(5.0)
    assert not table.add(SilentConnection(9.0), limited=True)
    assert table.add(SilentConnection(9.0, b"other"), limited=True)
    table.remove(connections[0])
    assert table.add(SilentConnection(9.0), limited=True)


def test_the_operators_own_proxies_may_have_any_number():
    table = ConnectionTable(100, 1)
    assert all(table.add(SilentConnection(0.0), limited=False) for _ in range(9))


def test_a_full_table_ends_a_share_of_the_oldest_of_all_networks():
    table = ConnectionTable(2 * EVICTED_SHARE, 1_000)
    connections = [SilentConnection(float(n), b"%d" % n) for n in range(2 * EVICTED_SHARE)]
    for one in reversed(connections):
        table.add(one, limited=True)
    assert table.add(SilentConnection(99.0), limited=True)
    assert [True, True, False] == [one.is_ended for one in connections[:3]]


def test_a_full_table_of_those_who_ask_refuses():
    table = ConnectionTable(1, 1_000)
    busy = filled(table, 1)[0]
    busy.deadline.wait_for_answer(5.0)
    assert not table.add(SilentConnection(9.0, b"other"), limited=True)


def test_who_was_refused_or_has_gone_is_not_counted():
    table = ConnectionTable(9, 1)
    busy = filled(table, 1)[0]
    busy.deadline.wait_for_answer(5.0)
    refused = SilentConnection(9.0)
    assert not table.add(refused, limited=True)
    table.remove(refused)
    table.remove(busy)
    table.remove(busy)
    assert 0 == len(table)
    assert table.add(SilentConnection(9.0), limited=True)


def test_a_sweep_ends_those_whose_deadline_has_passed():
    table = ConnectionTable(9, 9)
    early, late = filled(table, 2)
    table.sweep(early.deadline.until)
    assert [True, False] == [early.is_ended, late.is_ended]


def test_an_unfinished_request_makes_room_where_nobody_is_idle():
    table = ConnectionTable(100, 3)
    connections = filled(table, 3)
    for number, one in enumerate(connections):
        one.deadline.expect_headers(float(number))
    connections[0].deadline.expect_body(7.0)
    assert table.add(SilentConnection(9.0), limited=True)
    assert [False, True, False] == [one.is_ended for one in connections]


def test_who_reads_slowly_makes_room_where_nobody_else_does():
    table = ConnectionTable(100, 3)
    connections = filled(table, 3)
    for number, one in enumerate(connections):
        one.deadline.expect_reading(99, float(number))
    connections[0].deadline.expect_headers(7.0)
    newcomer = SilentConnection(9.0)
    assert table.add(newcomer, limited=True)
    assert [True, False, False] == [one.is_ended for one in connections]
    newcomer.deadline.wait_for_answer(9.0)
    assert table.add(SilentConnection(9.0), limited=True)
    assert [True, True, False] == [one.is_ended for one in connections]


def test_a_body_that_comes_is_not_the_oldest():
    table = ConnectionTable(100, 2)
    connections = filled(table, 2)
    for one in connections:
        one.deadline.expect_body(1.0)
    connections[0].deadline.note_body(1_024, 8.0)
    assert table.add(SilentConnection(9.0), limited=True)
    assert [False, True] == [one.is_ended for one in connections]


def test_a_newcomer_is_silent_after_a_moment():
    table = ConnectionTable(9, 9)
    table.add(SilentConnection(1.0), limited=True)
    settled = 1.0 + NEWCOMER_SECONDS
    assert [(1, 0), (1, 1)] == [table.load(1.0), table.load(settled)]


def test_who_is_answered_or_has_just_said_something_is_not_silent():
    table = ConnectionTable(9, 9)
    answered, speaker, silent, idle = filled(table, 4)
    answered.deadline.wait_for_answer(4.0)
    speaker.deadline.expect_headers(8.9)
    idle.deadline.expect_next_request(5.0, 8.0)
    assert (4, 1) == table.load(9.0)
    table.sweep(9.0)
    assert (4, 2) == table.load(9.0)
    idle.deadline.wait_for_answer(9.1)
    table.sweep(9.2)
    assert (4, 2) == table.load(9.2)
    silent.deadline.expect_headers(9.3)
    speaker.deadline.expect_next_request(5.0, 9.3)
    table.sweep(9.4)
    assert (4, 0) == table.load(9.4)


def test_who_has_gone_is_neither_there_nor_silent():
    table = ConnectionTable(9, 9)
    early, newcomer = filled(table, 2)
    assert (2, 1) == table.load(1.0)
    table.remove(early)
    table.remove(newcomer)
    assert [(0, 0), (0, 0)] == [table.load(1.0), table.load(9.0)]
