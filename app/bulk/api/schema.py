"""What the API of organisations says: a job, its links, why it failed; one type for each."""

from typing import Literal

from pydantic import BaseModel, ConfigDict, Field

Status = Literal["queued", "running", "done", "cancelled", "failed"]


class _Schema(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class JobLinks(_Schema):
    """Where to ask on; paths of this service."""

    self: str
    results: str
    receipt: str


class JobCreated(_Schema):
    """An upload that became a job, or the one that the same key and body became before."""

    id: str
    status: Status
    links: JobLinks


class JobCounts(_Schema):
    """Rows by state; once the job is done they add up to `rows`, unless they are rounded.

    Where the policy is counts only, they are 0 until the job is done, and stay 0 in one that was
    cancelled or failed: they say nothing of its people then.
    """

    exposed: int = Field(ge=0)
    not_found: int = Field(ge=0)
    incomplete: int = Field(ge=0)
    not_checked: int = Field(ge=0)
    duplicate: int = Field(ge=0)


class JobFailure(_Schema):
    """Why a job failed: about the list as a whole."""

    code: str = Field(description="A short word: locked, cut_off, encoding, columns_unclear …")
    detail: str = Field(description="What it means and what to do.")
    row: int | None = Field(description="The row, as a spreadsheet numbers it.")
    column: int | None = Field(description="The column, from 1.")


class JobDocument(_Schema):
    """A job as it stands."""

    id: str
    status: Status
    rows: int = Field(ge=0, description="Rows with data, as far as the list is read.")
    checked: int = Field(ge=0)
    counts: JobCounts
    rounded_to: int = Field(
        description="1; 5 where the policy of the organisation is counts only: rows, checked and "
        "counts are then rounded to it."
    )
    builds: list[str] = Field(description="The builds that every row is answered from.")
    created_at: str
    started_at: str | None
    finished_at: str | None
    expires_at: str | None = Field(description="When the results are destroyed.")
    waiting: str | None = Field(
        description="Why nothing happens now, a short word; null where something does."
    )
    seconds_left: int | None = Field(description="A guess, while the job runs.")
    remarks: list[str] = Field(description="What was noticed while reading, as short words.")
    failure: JobFailure | None
    policy: Literal["individuals", "counts"]
    links: JobLinks


class Receipt(_Schema):
    """A signed receipt: Ed25519 over the canonical JSON (RFC 8785) of all but `signature`."""

    format: Literal["contact-gauge/bulk-receipt/1"]
    job: str
    organisation: str
    authorities: list[str]
    policy: Literal["individuals", "counts"]
    status: Literal["done", "cancelled", "failed"]
    rows: int
    counts: JobCounts
    rounded_to: int
    builds: list[str]
    created_at: str
    started_at: str
    finished_at: str
    issued_at: str
    key_id: str
    signature: str = Field(pattern="^[0-9a-f]{128}$")


class ReceiptKey(_Schema):
    """The key by which receipts of this service are checked."""

    algorithm: Literal["Ed25519"]
    key_id: str
    public_key: str = Field(pattern="^[0-9a-f]{64}$", description="32 bytes as hex")


class ResultDocument(_Schema):
    """The results of a job: one object for each row, in order, by the names of `columns`.

    Own cells are texts, "" where they are blank. What is added is null where there is nothing to
    say: `tier` and `act_until` of rows that are not listed, `reason` of rows that were answered,
    `duplicate_of` (a number, as a spreadsheet counts rows) of rows that repeat none.
    """

    id: str
    builds: list[str]
    columns: list[str] = Field(
        description="The organisation's own, then status, tier, act_until, reason, duplicate_of."
    )
    rows: list[dict[str, str | int | None]]
