"""Roles of members, and what each may do.

Threat: whoever runs an organisation's accounts reads everybody's health data by the way. Limit: it
is the health officer's alone; an administrator can make themself one, and the log names it.
"""

from collections.abc import Mapping
from enum import StrEnum


class Permission(StrEnum):
    """What a member may be allowed to do."""

    UPLOAD = "upload"  # send lists in, start and cancel jobs
    SEE_RESULTS = "see_results"  # jobs, their counts and results, receipts
    MANAGE_MEMBERS = "manage_members"
    MANAGE_KEYS = "manage_keys"
    SEE_AUDIT = "see_audit"
    MANAGE_KIOSKS = "manage_kiosks"  # enrol and revoke
    MANAGE_ROSTER = "manage_roster"  # who may have a badge
    SEE_HEALTH = "see_health"  # temperatures, symptoms, check-ins of people by name


class Role(StrEnum):
    """What somebody is in an organisation.

    admin: everything but health data; checker: lists and results; viewer: results alone;
    officer (health officer): health data and the roster, no lists.
    """

    ADMIN = "admin"
    CHECKER = "checker"
    VIEWER = "viewer"
    OFFICER = "officer"

    @property
    def permissions(self) -> frozenset[Permission]:
        """What whoever has this role may do."""
        return PERMISSIONS[self]

    def may(self, permission: Permission) -> bool:
        """Return whether whoever has this role may do something."""
        return permission in PERMISSIONS[self]


PERMISSIONS: Mapping[Role, frozenset[Permission]] = {
    Role.ADMIN: frozenset(Permission) - {Permission.SEE_HEALTH},
    Role.CHECKER: frozenset({Permission.UPLOAD, Permission.SEE_RESULTS}),
    Role.VIEWER: frozenset({Permission.SEE_RESULTS}),
    Role.OFFICER: frozenset({Permission.SEE_HEALTH, Permission.MANAGE_ROSTER}),
}
