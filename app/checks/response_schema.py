"""The response schema: the answer of the API as types, against which tests hold every answer.

The answer is not made of them: response_body writes it by hand, in one time whatever it says.
"""

from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field


class _Schema(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


ExtraCarriage = Annotated[
    str, Field(pattern="^加([1-9]|[1-4][0-9]|5[0-4])$", description="An extra carriage.")
]


class ExposureItem(_Schema):
    """One trip, or another setting, on which somebody is listed."""

    tier: Literal["close", "general"]
    mode: Literal["setting", "flight", "train", "metro", "coach", "bus", "taxi", "ship"]
    number: str
    service_date: str = Field(json_schema_extra={"format": "date"})
    carriage: Annotated[int, Field(ge=1, le=200)] | ExtraCarriage | Literal["other"] | None
    relation: str
    rule: str
    observe_until: str | None = Field(
        description="Last day of observation for this trip; null where its rule asks for none.",
        json_schema_extra={"format": "date"},
    )
    authority: str


class IndexItem(_Schema):
    """One index in which the identity was looked up."""

    authority: str
    build_id: str
    built_at: str = Field(json_schema_extra={"format": "date-time"})
    valid_until: str = Field(json_schema_extra={"format": "date-time"})
    oldest_source: str = Field(json_schema_extra={"format": "date-time"})
    unruled: list[str] = Field(
        description="Diseases whose cases are not in this index: who met one is not found."
    )


class MissingItem(_Schema):
    """An authority whose index is missing; null where it is not known which."""

    authority: str | None
    reason: str


class CheckAnswer(_Schema):
    """The whole answer, padded with spaces to one length. `not_found` is never "no risk"."""

    status: Literal["exposed", "not_found", "incomplete"]
    exposures: list[ExposureItem]
    total: int = Field(ge=0, description="How many trips are listed; the worst are given.")
    index: list[IndexItem]
    missing: list[MissingItem] | None = None
