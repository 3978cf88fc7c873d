"""Members at their browsers."""

from tests.fixtures.member_browsers import admin, checker, clock, office, officer, viewer

__all__ = ["admin", "checker", "clock", "office", "officer", "viewer"]
