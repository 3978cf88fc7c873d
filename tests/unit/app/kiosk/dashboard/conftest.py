"""The officer at a browser, and an organisation with a kiosk."""

from tests.fixtures.health_office import clock, elsewhere, health
from tests.fixtures.member_browsers import admin, office, officer

__all__ = ["admin", "clock", "elsewhere", "health", "office", "officer"]
