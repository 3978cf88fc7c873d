import pytest

from tests.fixtures.kiosk_terminals import KioskHouse


@pytest.fixture
def gate_house(gate):
    """The service over an index in which somebody is under observation now."""
    return KioskHouse(gate.app)


@pytest.fixture
def gate_terminal(gate, gate_house):
    """A kiosk at the gate."""
    return gate_house.terminal(gate.organisation_id)
