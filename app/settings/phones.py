"""Phone verification: off unless the operator has a gateway and wants it."""

from typing import Annotated, Literal

from pydantic import BaseModel, Field, field_validator
from pydantic_settings import NoDecode

from exposure_index.messages.sms_gateway import GatewayAddressInvalid, require_gateway_address

DAY_SECONDS = 86_400


class PhoneSettings(BaseModel):
    """Phone verification and its limits."""

    phone_verification: Literal["on", "off"] = Field(
        "off",
        description="on: a check is answered only to a telephone that was verified by a code in a "
        "text message. Needs `GAUGE_SMS_GATEWAY_URL` and the secrets `sms_token` and `session`.",
    )
    sms_gateway_url: str = Field(
        "",
        description="Where text messages are handed over: POST of JSON {to, text} with a bearer "
        "token. https, or http on this machine.",
    )
    phone_countries: Annotated[tuple[str, ...], NoDecode] = Field(
        ("86", "852", "853", "886"),
        description="Country codes that get messages, of codes and of watches, comma-separated: "
        "numbers of others may be there to earn from messages.",
    )
    phone_identities: int = Field(
        3, ge=1, le=100, description="Documents asked about from one telephone and day."
    )
    phone_code_seconds: int = Field(
        600, ge=60, le=3_600, description="How long a code is good, in seconds."
    )
    phone_code_tries: int = Field(5, ge=1, le=20, description="Tries at one code.")
    phone_session_seconds: int = Field(
        3_600, ge=60, le=DAY_SECONDS, description="How long a telephone stays verified, in seconds."
    )
    phone_messages: int = Field(5, ge=1, description="Messages to one telephone and day.")
    network_messages: int = Field(
        400, ge=1, description="Messages asked for from one network and hour."
    )
    messages_everywhere: int = Field(
        20_000, ge=1, description="Messages an hour, all telephones together."
    )

    @field_validator("phone_countries", mode="before")
    @classmethod
    def _prefixes(cls, value: object) -> object:
        if not isinstance(value, str):
            return value
        prefixes = tuple(part.strip().lstrip("+") for part in value.split(",") if part.strip())
        if not prefixes or not all(part.isascii() and part.isdigit() for part in prefixes):
            message = "must be country codes, as 86,852"
            raise ValueError(message)
        return prefixes

    @field_validator("sms_gateway_url", mode="after")
    @classmethod
    def _no_clear_text(cls, value: str) -> str:
        try:
            if value:
                require_gateway_address(value)
        except GatewayAddressInvalid:
            message = "must be https://…, or http:// on this machine, without a password"
            raise ValueError(message) from None
        return value
