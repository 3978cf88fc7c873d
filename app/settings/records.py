"""Corrections and the counter: how long records are kept, and how many may be made."""

from typing import Literal

from pydantic import BaseModel, Field


class RecordSettings(BaseModel):
    """Corrections and the counter: how long records are kept, and how many may be made."""

    corrections_days: int = Field(
        90,
        ge=1,
        le=3_650,
        description="Days for which a correction request is kept after it was received.",
    )
    network_corrections: int = Field(
        60, ge=1, description="Correction requests admitted per network and day."
    )
    corrections_everywhere: int = Field(
        10_000,
        ge=1,
        description="Correction requests admitted per day from everywhere; each takes 8 KiB.",
    )
    counter: Literal["on", "off"] = Field(
        "off",
        description="on: clerks may sign in at /counter and check one person at a time for those "
        "without a phone.",
    )
    counter_checks_per_day: int = Field(
        300, ge=1, description="Checks admitted per clerk and day at the counter."
    )
    counter_idle_minutes: int = Field(
        15, ge=1, le=120, description="Minutes without a request after which a clerk is signed out."
    )
    counter_hours: int = Field(
        10, ge=1, le=24, description="Hours after which a clerk must sign in again."
    )
    counter_audit_days: int = Field(
        365,
        ge=1,
        le=3_650,
        description="Days for which the audit of the counter is kept: who checked and when, "
        "neither whom nor with what result.",
    )
    network_watches: int = Field(
        60, ge=1, description="Watches of trips admitted per network and day."
    )
    phone_watches: int = Field(
        12, ge=1, description="Watches of trips admitted per telephone number and day."
    )
    watches_everywhere: int = Field(
        200_000,
        ge=1,
        description="Watches of trips admitted per day from everywhere; each takes 1 KiB.",
    )
