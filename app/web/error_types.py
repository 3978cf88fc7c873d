"""The bodies of errors under /api/: what is sent is made of these types, and described by them."""

from typing import Literal

from pydantic import BaseModel, ConfigDict, Field

from app.proofs.work import Challenge


class _Said(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class FieldProblem(_Said):
    """One field that cannot be used."""

    field: str = Field(description='Its name, or "" for the whole body.')
    reason: str = Field(description="A short word, never the value.")


class Problem(_Said):
    """Problem details (RFC 9457); members without a value are left out."""

    type: str = "about:blank"
    title: str
    status: int
    detail: str | None = Field(None, exclude_if=lambda value: value is None)
    errors: tuple[FieldProblem, ...] | None = Field(None, exclude_if=lambda value: value is None)


class ProofProblem(_Said):
    """The check must be earned: by solving the challenge, or with the ticket after its time."""

    type: Literal["urn:contact-gauge:problem:proof-needed"] = (
        "urn:contact-gauge:problem:proof-needed"
    )
    title: str
    status: int
    detail: str
    purpose: Literal["network", "document"]
    challenge: Challenge
    ticket: str
    wait_seconds: int = Field(ge=0, description="Seconds until the ticket counts.")
