"""Organisations: sessions of members, what is kept for how long, and how many lists at a time."""

from pathlib import Path
from typing import Literal

from pydantic import BaseModel, Field


class BulkSettings(BaseModel):
    """Organisations: sessions of members, what is kept for how long, how many lists at a time."""

    organisations: Literal["on", "off"] = Field(
        "on",
        description="Organisations: pages at /org and the API for their programs; off: neither.",
    )
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
    invitation_days: int = Field(
        7, ge=1, le=30, description="Days for which an invitation, or a link that renews, is good."
    )
    organisation_audit_days: int = Field(
        365,
        ge=1,
        le=3_650,
        description="Days for which the audit log of organisations is kept: who did what, when and "
        "how many, never for whom.",
    )
    roster_people: int = Field(
        50_000,
        ge=1,
        le=200_000,
        description="People that the roster of an organisation may have: each has a badge, and an "
        "entry of 128 bytes on every kiosk.",
    )
    bulk_dir: Path | None = Field(
        None,
        description="Directory of the encrypted lists of organisations. Empty: `bulk` in "
        "GAUGE_STATE_DIR. Every web machine and worker must reach the same.",
    )
    bulk_keys_dir: Path | None = Field(
        None,
        description="Directory of the keys of those lists, a file each, unlinked when a job ends. "
        "Keep it on another volume and out of backups. Empty: `bulk-keys` in GAUGE_STATE_DIR.",
    )
    bulk_upload_max_mib: int = Field(
        256, ge=1, le=10_240, description="Largest list of an organisation, in MiB."
    )
    bulk_upload_minutes: int = Field(
        15, ge=1, le=240, description="Minutes after which an upload is ended, however far it is."
    )
    bulk_upload_bytes_per_second: int = Field(
        4_096,
        ge=1,
        description="An upload slower than this on average, after its first 20 seconds, is ended.",
    )
    bulk_uploads: int = Field(
        4, ge=1, le=256, description="Uploads at a time from all organisations."
    )
    bulk_organisation_uploads: int = Field(
        2, ge=1, le=256, description="Uploads at a time from one organisation."
    )
    bulk_organisation_jobs: int = Field(
        50, ge=1, description="Jobs of one organisation that may be waiting or running at a time."
    )
    bulk_results_hours: int = Field(
        24,
        ge=1,
        le=720,
        description="Hours for which the results of a job are kept, encrypted, after it is done.",
    )
    bulk_draft_hours: int = Field(
        2,
        ge=1,
        le=72,
        description="Hours for which a list is kept, encrypted, that was uploaded and not started.",
    )
    bulk_jobs_days: int = Field(
        30,
        ge=1,
        le=3_650,
        description="Days for which it is kept that a job was, with its counts and nobody's name.",
    )
    bulk_workers: int = Field(
        0,
        ge=0,
        le=256,
        description="Processes that check lists; 0: one for each processor, but two at least, so "
        "that a long list holds up no short one.",
    )
    bulk_worker: Literal["auto", "on", "off"] = Field(
        "auto",
        description="Whether `gauge serve` runs the worker that checks lists. auto: without Redis "
        "only; with it, run `gauge worker`.",
    )
    bulk_receipts_days: int = Field(
        730,
        ge=1,
        le=3_650,
        description="Days for which the signed receipt of a job is kept: counts, nobody's name.",
    )
    bulk_webhook_days: int = Field(
        14,
        ge=2,
        le=365,
        description="Days for which it is kept how the delivery of a webhook went.",
    )
    bulk_key_requests_per_minute: int = Field(
        600, ge=1, description="Requests of one key of an organisation admitted per minute."
    )
    bulk_network_failed_keys: int = Field(
        120,
        ge=1,
        description="Requests with no good key per network and hour that are told so; beyond, they "
        "are asked to wait. Good keys pass from there all the same.",
    )
