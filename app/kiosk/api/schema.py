"""Bodies of the API of kiosks: one type for each."""

from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field

from app.kiosk.checkins.content import Hex16, Reason, Refusal, Word
from app.kiosk.settings.kiosk_settings import KioskSettings

SAFE_INTEGER_MAX = (1 << 53) - 1  # what JSON's numbers hold exactly
BATCH_MAX = 200
SEALED_MAX_CHARACTERS = 16_384

Base64Url = Annotated[str, Field(pattern="^[A-Za-z0-9_-]*$", max_length=SEALED_MAX_CHARACTERS)]
Moment = Annotated[int, Field(description="Milliseconds since 1970, UTC.")]
Count = Annotated[int, Field(ge=0, le=SAFE_INTEGER_MAX)]
Software = Annotated[str, Field(max_length=64)]


class _Request(BaseModel):
    model_config = ConfigDict(strict=True, extra="forbid", frozen=True, hide_input_in_errors=True)


class _Answer(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class EnrolmentRequest(_Request):
    """The exchange of a code for a kiosk; keys are uncompressed points of P-256, 65 bytes."""

    code: Annotated[str, Field(max_length=64)]
    signing_key: Base64Url
    sealing_key: Base64Url
    software: Software


class OrganisationItem(_Answer):
    """The organisation of a kiosk; id: its public code, eight letters."""

    id: str
    title: str


class EnrolmentAnswer(_Answer):
    """The kiosk that was made."""

    kiosk: Hex16
    name: str
    organisation: OrganisationItem
    server_at: Moment


class SyncRequest(_Request):
    """What a kiosk tells of itself."""

    waiting: Count = Field(description="Check-ins that wait to be sent.")
    refused: Count = Field(description="Check-ins that were refused, and are kept apart.")
    battery: Annotated[int, Field(ge=0, le=100)] | None
    charging: bool | None
    clock_offset_ms: (
        Annotated[float, Field(ge=-SAFE_INTEGER_MAX, le=SAFE_INTEGER_MAX, allow_inf_nan=False)]
        | None
    ) = Field(description="The server's time minus the kiosk's, as far as it knows.")
    table: Hex16 | None = Field(description="The decision table that it holds.")
    software: Software


class KioskItem(_Answer):
    """The kiosk itself, under the name that it has now."""

    id: Hex16
    name: str


class DoorKeyItem(_Answer):
    """A key to which visitors seal; its private key, 32 bytes, is sealed to the kiosk's own."""

    id: str
    public_key: str
    sealed_private_key: str


class TableItem(_Answer):
    """The decision table that can be fetched now."""

    id: Hex16
    valid_until: Moment
    entries: int


class SyncAnswer(_Answer):
    """What a kiosk works by until its next sync."""

    server_at: Moment
    kiosk: KioskItem
    organisation: OrganisationItem
    checkin_key: str
    door_keys: list[DoorKeyItem]
    settings: KioskSettings
    table: TableItem | None = Field(description="null: there is no roster, or no index now.")


class CheckRequest(_Request):
    """A question about one visitor, sealed; id: made by the kiosk."""

    id: Hex16
    sealed: Base64Url


class CheckAnswer(_Answer):
    """The word about a visitor, before temperature and symptoms."""

    id: Hex16
    word: Word
    reason: Reason | None


class CheckinItem(_Request):
    """One check-in; sealed: base64url. Whatever is wrong with it is told by its own outcome."""

    id: Hex16
    sequence: Count
    sealed: str


class CheckinsRequest(_Request):
    """A batch of check-ins, the oldest first."""

    checkins: Annotated[list[CheckinItem], Field(max_length=BATCH_MAX)]


class CheckinOutcome(_Answer):
    """What became of one check-in; reason: of a refusal alone."""

    id: Hex16
    state: Literal["taken", "known", "refused"]
    reason: Refusal | None = Field(None, exclude_if=lambda value: value is None)


class CheckinsAnswer(_Answer):
    """What became of each, in the order of the request."""

    checkins: list[CheckinOutcome]
    server_at: Moment
