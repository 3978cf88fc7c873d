"""Members at their browsers, and a worker in the process of the test."""

from tests.fixtures.member_browsers import admin, checker, clock, office, viewer

__all__ = ["admin", "checker", "clock", "office", "viewer"]
