"""Where help is without a telephone, whom to tell of a weakness, and where the source stands."""

import json
import re
import tomllib
from pathlib import Path
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field, field_validator
from pydantic_settings import NoDecode

from app.settings.texts import TextsByLanguage

CONTACT = re.compile(r"mailto:[^\s@]+@[^\s@]+|https://\S+|tel:\+[0-9-]+")
ADDRESS = re.compile(r"https?://\S+")
LANGUAGE_TAGS = re.compile(r"[A-Za-z0-9-]+(, ?[A-Za-z0-9-]+)*")


class HelpPlace(BaseModel):
    """A place where staff check for those who have no telephone; each text may be by language."""

    model_config = ConfigDict(frozen=True, extra="forbid", hide_input_in_errors=True)

    name: TextsByLanguage = Field(min_length=1)
    address: TextsByLanguage = Field(min_length=1)
    hours: TextsByLanguage = Field(min_length=1)
    telephone: str = Field("", max_length=40)


class HelpSettings(BaseModel):
    """Where help is without a telephone, whom to tell of a weakness, and the source."""

    help_places: Annotated[tuple[HelpPlace, ...], NoDecode] = Field(
        (),
        description="Places where staff check for those without a phone: a TOML file with a table "
        "`[[places]]` for each (`name`, `address`, `hours`, `telephone`; each text one, or a table "
        "by language), as `examples/help_places.toml`; or a JSON list. Empty: no list is shown.",
    )
    security_contact: Annotated[tuple[str, ...], NoDecode] = Field(
        (),
        description="Whom to tell of a weakness, comma-separated: mailto:, https: or tel: "
        "addresses, the best first. They stand in /.well-known/security.txt (RFC 9116), which is "
        "not there without them.",
    )
    security_languages: str = Field(
        "zh, en",
        description="Languages in which reports of a weakness are read, comma-separated, for "
        "/.well-known/security.txt.",
    )
    source_url: str = Field(
        "", description="Where the source of the program stands, for the page about the service."
    )

    @field_validator("help_places", mode="before")
    @classmethod
    def _places(cls, value: object) -> object:
        if not isinstance(value, str):
            return value
        if not value.strip():
            return ()
        if value.lstrip().startswith("["):
            return json.loads(value)
        try:
            tables = tomllib.loads(Path(value.strip()).read_text("utf-8"))
        except OSError:
            message = "cannot be read"
            raise ValueError(message) from None
        if set(tables) != {"places"}:
            message = "must hold [[places]] and nothing else"
            raise ValueError(message)
        return tables["places"]

    @field_validator("security_contact", mode="before")
    @classmethod
    def _contacts(cls, value: object) -> object:
        if isinstance(value, str):
            return tuple(part.strip() for part in value.split(",") if part.strip())
        return value

    @field_validator("security_contact", mode="after")
    @classmethod
    def _contact_addresses(cls, value: tuple[str, ...]) -> tuple[str, ...]:
        if not all(map(CONTACT.fullmatch, value)):
            message = "must be mailto:, https: or tel: addresses"
            raise ValueError(message)
        return value

    @field_validator("security_languages", mode="after")
    @classmethod
    def _language_tags(cls, value: str) -> str:
        if not LANGUAGE_TAGS.fullmatch(value):
            message = "must be language tags, comma-separated"
            raise ValueError(message)
        return value

    @field_validator("source_url", mode="after")
    @classmethod
    def _source_address(cls, value: str) -> str:
        if value and not ADDRESS.fullmatch(value):
            message = "must be an address that begins with http:// or https://"
            raise ValueError(message)
        return value
