"""What published studies say that contact rules find, by mode."""

import tomllib
from collections.abc import Mapping
from importlib.resources import files

LITERATURE_FILE = "literature.toml"


def findings(mode: str) -> list[Mapping[str, str]]:
    """Return `finding` and `source` of each study on a mode; none where none is known."""
    text = (files("index_builder.rules") / LITERATURE_FILE).read_text("utf-8")
    found: list[Mapping[str, str]] = tomllib.loads(text).get(mode, [])
    return found
