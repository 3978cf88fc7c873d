import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.limits.outcomes import Purpose
from app.proofs.binding import Binding, ProofRefused
from app.proofs.tickets import GOOD_FOR_SECONDS, WaitTickets

HERE = Binding(Purpose.NETWORK, b"12345678", b"")
DOCUMENT = Binding(Purpose.DOCUMENT, b"12345678", b"d" * 16)


class Clock:
    now = 1_600_000_000.0

    def __call__(self):
        return self.now


@pytest.fixture
def clock():
    return Clock()


@pytest.fixture
def tickets(clock):
    return WaitTickets(b"a" * 32, 30, clock)


@pytest.mark.parametrize("binding", [HERE, DOCUMENT])
def test_a_ticket_keeps_what_it_is_for(tickets, binding):
    assert binding == tickets.read(tickets.make(binding, 0)).binding


@pytest.mark.parametrize(("pressure", "seconds"), [(0, 30), (0.5, 75), (1, 120)])
def test_the_wait_grows_with_pressure(tickets, clock, pressure, seconds):
    ticket = tickets.read(tickets.make(HERE, pressure))
    assert seconds == tickets.remaining(ticket)
    clock.now += seconds - 1
    assert 1 == tickets.remaining(ticket)
    clock.now += 1
    assert 0 == tickets.remaining(ticket)


def test_a_ticket_ends(tickets, clock):
    ticket = tickets.read(tickets.make(HERE, 0))
    clock.now += 30 + GOOD_FOR_SECONDS
    with pytest.raises(ProofRefused, match="expired"):
        tickets.remaining(ticket)


def test_no_byte_of_a_ticket_can_be_changed(tickets):
    text = tickets.make(DOCUMENT, 0)
    for place in range(5, len(text)):
        other = text[:place] + ("A" if text[place] != "A" else "B") + text[place + 1 :]
        with pytest.raises(ProofRefused):
            tickets.read(other)


@given(st.text(max_size=120))
def test_any_text_is_refused_and_never_an_error(text):
    with pytest.raises(ProofRefused):
        WaitTickets(b"a" * 32, 30).read(f"wait.{text}")
