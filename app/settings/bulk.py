"""Organisations: how long members stay signed in, and how long what is kept of them lasts."""

from pydantic import BaseModel, Field


class BulkSettings(BaseModel):
    """Organisations: how long members stay signed in, and how long what is kept of them lasts."""

    organisation_idle_minutes: int = Field(
        30,
        ge=1,
        le=240,
        description="Minutes without a request after which a member of an organisation is signed "
        "out.",
    )
    organisation_hours: int = Field(
        10, ge=1, le=24, description="Hours after which a member must sign in again."
    )
    organisation_audit_days: int = Field(
        365,
        ge=1,
        le=3_650,
        description="Days for which the audit log of organisations is kept: who did what, when and "
        "how many, never for whom.",
    )
