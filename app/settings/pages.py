"""What pages and posters show of the authority."""

import json
from datetime import date, datetime
from functools import lru_cache
from typing import Annotated

from babel.dates import get_timezone
from pydantic import BaseModel, Field, field_validator
from pydantic_settings import NoDecode

from app.settings.texts import TextsByLanguage, text_in

_timezone = lru_cache(get_timezone)  # which looks its name up each time


class PageSettings(BaseModel):
    """What pages and posters show of the authority."""

    authority_name: Annotated[TextsByLanguage, NoDecode] = Field(
        default_factory=dict,
        description="Name of the health authority on pages and posters: one text, or a table "
        '{"zh-Hans": "…", "en": "…"}. Empty: the name in the index.',
    )
    hotline: str = Field(
        "",
        max_length=40,
        description="Telephone number to call, shown on answers and posters.",
    )
    authority_hotlines: Annotated[dict[str, str], NoDecode] = Field(
        default_factory=dict,
        description="Telephone numbers of several authorities, as a table from the name in the "
        "index. Who is listed by several is told the number of the one to call; the hotline above "
        "where it is not in the table.",
    )
    people_per_form: int = Field(
        6, ge=1, le=6, description="People that one form may ask about, each answered apart."
    )
    timezone: str = Field(
        "Asia/Shanghai",
        description="Time zone of the times shown and of “ask again on”.",
    )

    @field_validator("authority_hotlines", mode="before")
    @classmethod
    def _numbers_by_authority(cls, value: object) -> object:
        return json.loads(value or "{}") if isinstance(value, str) else value

    @field_validator("timezone", mode="after")
    @classmethod
    def _known_timezone(cls, value: str) -> str:
        try:
            get_timezone(value)
        except LookupError:
            message = "is not a known time zone"
            raise ValueError(message) from None
        return value

    def today(self) -> date:
        """Return the day that it is now in the time zone of the pages."""
        return datetime.now(_timezone(self.timezone)).date()

    def authority_in(self, language: str) -> str:
        """Return the authority's name in a language (BCP 47), else its only or first name."""
        return text_in(self.authority_name, language)
