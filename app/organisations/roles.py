"""Roles of members, and what each may do."""

from collections.abc import Mapping
from enum import StrEnum


class Permission(StrEnum):
    """What a member may be allowed to do."""

    UPLOAD = "upload"  # send lists in, start and cancel jobs
    SEE_RESULTS = "see_results"  # jobs, their counts and results, receipts
    MANAGE_MEMBERS = "manage_members"
    MANAGE_KEYS = "manage_keys"
    SEE_AUDIT = "see_audit"


class Role(StrEnum):
    """admin: everything; checker: lists and results; viewer: results alone."""

    ADMIN = "admin"
    CHECKER = "checker"
    VIEWER = "viewer"

    @property
    def permissions(self) -> frozenset[Permission]:
        """What whoever has this role may do."""
        return PERMISSIONS[self]

    def may(self, permission: Permission) -> bool:
        """Return whether whoever has this role may do something."""
        return permission in PERMISSIONS[self]


PERMISSIONS: Mapping[Role, frozenset[Permission]] = {
    Role.ADMIN: frozenset(Permission),
    Role.CHECKER: frozenset({Permission.UPLOAD, Permission.SEE_RESULTS}),
    Role.VIEWER: frozenset({Permission.SEE_RESULTS}),
}
