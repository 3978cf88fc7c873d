"""Members at their browsers, and a kiosk of their organisation."""

import pytest

from app.organisations.roles import Role
from tests.fixtures.kiosk_terminals import KioskHouse
from tests.fixtures.member_browsers import admin, clock, office, viewer

__all__ = ["admin", "clock", "office", "viewer"]


@pytest.fixture
def house(office) -> KioskHouse:
    return KioskHouse(office.client_of().application)


@pytest.fixture
def keeper(office):
    """A health officer keeps the roster."""
    return office.member(Role.OFFICER)
