"""Further languages of the shipped rule sets: one file each, `translations/ja.toml` for Japanese.

A file has a table for each set, with whatever it translates of the set's `source_words`, `words`
(by mode) and `advice` (by tier). What it leaves out is read in English.
"""

import tomllib
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from typing import Any

SUFFIX = ".toml"
FOLDER = "translations"


@cache
def further_languages() -> tuple[str, ...]:
    """Return the BCP 47 tags of the languages that have a file."""
    folder = files("index_builder.rules") / FOLDER
    return tuple(sorted(entry.name.removesuffix(SUFFIX) for entry in folder.iterdir()))


def add_further_languages(name: str, data: Mapping[str, Any]) -> dict[str, Any]:
    """Return the fields of a shipped set, with what further languages say beside each text."""
    whole = dict(data)
    for language in further_languages():
        texts = _texts(language).get(name, {})
        if "source_words" in texts:
            whole["source_words"] = {**whole["source_words"], language: texts["source_words"]}
        for key in ("words", "advice"):
            for part, text in texts.get(key, {}).items():
                beside = whole[key][part]
                whole[key] = {**whole[key], part: {**beside, language: text}}
    return whole


@cache
def _texts(language: str) -> dict[str, Any]:
    file = files("index_builder.rules") / FOLDER / f"{language}{SUFFIX}"
    return tomllib.loads(file.read_text("utf-8"))
