"""Texts that an operator may give once, or in each language."""

import json
from collections.abc import Mapping
from typing import Annotated

from pydantic import BeforeValidator


def texts_by_language(value: object) -> object:
    """Return a table from language to text of one text ("" stands for any) or of such a table.

    A table may be given as JSON. Raises ValueError where that cannot be read.
    """
    if not isinstance(value, str):
        return value
    if value.lstrip().startswith("{"):
        return json.loads(value)
    return {"": value} if value.strip() else {}


TextsByLanguage = Annotated[dict[str, str], BeforeValidator(texts_by_language)]


def text_in(texts: Mapping[str, str], language: str) -> str:
    """Return the text in a language (BCP 47), else the only or first one, else ""."""
    return texts.get(language) or texts.get("") or next(iter(texts.values()), "")
