"""Only a client's progress moves its deadline; times are given."""

from math import inf

from app.server.connections.deadlines import (
    BODY_GRACE_SECONDS,
    FIRST_BYTE_SECONDS,
    HEADERS_SECONDS,
    LEAST_BYTES_PER_SECOND,
    LINGER_SECONDS,
    UNREAD_BODY_SECONDS,
    UNREAD_SECONDS,
    Deadline,
    Phase,
)


def deadline():
    return Deadline.of_a_new_connection(100.0)


def test_a_new_connection_must_say_something():
    one = deadline()
    assert (Phase.FIRST_BYTE, 100.0 + FIRST_BYTE_SECONDS) == (one.phase, one.until)


def test_a_head_must_be_whole_however_slowly_it_comes():
    one = deadline()
    one.expect_headers(101.0)
    assert 101.0 + HEADERS_SECONDS == one.until


def test_a_body_of_a_byte_now_and_then_meets_its_end():
    one = deadline()
    one.expect_body(0.0)
    now = 0.0
    while now < one.until:
        now += 1.0
        one.note_body(1, now)
    assert now <= BODY_GRACE_SECONDS + 1


def test_a_body_at_the_least_speed_may_go_on():
    one = deadline()
    one.expect_body(0.0)
    for second in range(1, 1_000):
        assert second < one.until
        one.note_body(LEAST_BYTES_PER_SECOND, float(second))


def test_a_fast_start_earns_no_silence():
    one = deadline()
    one.expect_body(0.0)
    one.note_body(1 << 30, 1.0)
    assert 1.0 + BODY_GRACE_SECONDS == one.until


def test_while_the_service_answers_nothing_is_expected():
    one = deadline()
    one.wait_for_answer(1.0)
    assert inf == one.until


def test_who_reads_at_the_least_speed_gets_more_time():
    one = deadline()
    enough = int(UNREAD_SECONDS * LEAST_BYTES_PER_SECOND)
    one.expect_reading(5 * enough, 0.0)
    assert one.has_read_enough(4 * enough, 10.0)
    assert 10.0 + UNREAD_SECONDS == one.until
    assert not one.has_read_enough(3 * enough + 1, 20.0)


def test_who_still_sends_a_body_has_longer_to_read_its_answer():
    one = deadline()
    one.linger(1.0)
    assert (Phase.LINGER, 1.0 + LINGER_SECONDS) == (one.phase, one.until)
    one.linger(1.0, sends_body=True)
    assert (Phase.LINGER, 1.0 + UNREAD_BODY_SECONDS) == (one.phase, one.until)
