"""The mapping file of a department: its headings, and its words for those of the dictionary.

[legs]
"客票号" = "booking"       # heading = column of the data dictionary; "" leaves a column out
[legs.values.role]
"列车员" = "crew"          # text of a cell = word of the data dictionary
[legs.fixed]
mode = "train"             # a column that the file does not have, the same in every row

`encoding = "big5"` under a table names the encoding of its file, where the text does not prove it.
"""

import tomllib
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from tables.headings import heading_form
from tables.text_encodings.encodings import CODECS

MAPPING_FILE = "columns.toml"


class MappingRefused(ValueError):
    """The mapping file cannot be applied; the message names the place."""


@dataclass(frozen=True, slots=True)
class Standard:
    """The data dictionary that a mapping file must keep to.

    columns: table → its columns, in order; words: column → the few words that it may hold.
    """

    columns: Mapping[str, tuple[str, ...]]
    words: Mapping[str, frozenset[str]]


@dataclass(frozen=True, slots=True)
class TableMapping:
    """The part of the mapping file about one table.

    columns: form of a heading → column, "" for one left out. values: column → text → word.
    fixed: column → the text of every row. encoding: a name of CODECS, "" for none.
    """

    columns: Mapping[str, str] = field(default_factory=dict)
    values: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    fixed: Mapping[str, str] = field(default_factory=dict)
    encoding: str = ""


def read_mapping(path: Path, standard: Standard) -> dict[str, TableMapping]:
    """Read a mapping file; return its part about each table that it names.

    Raises MappingRefused, naming the place, for what is no TOML, for tables, columns and words
    that the data dictionary does not have, and for two headings that name one column.
    """
    try:
        document = tomllib.loads(path.read_text("utf-8"))
    except OSError as error:
        message = f"{path.name}: {error.strerror or 'not readable'}"
        raise MappingRefused(message) from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        place = str(error).rpartition("(")[2].rstrip(")") if "(" in str(error) else "not UTF-8"
        message = f"{path.name}: not valid TOML ({place})"
        raise MappingRefused(message) from error
    return {
        name: _table(f"{path.name}: [{name}]", name, entry, standard)
        for name, entry in document.items()
    }


def _table(where: str, name: str, entry: Any, standard: Standard) -> TableMapping:  # noqa: ANN401 - whatever TOML holds
    if name not in standard.columns or not isinstance(entry, dict):
        tables = ", ".join(standard.columns)
        raise _refused(where, f"not a table of the data dictionary ({tables})")
    allowed = standard.columns[name]
    rest = dict(entry)
    values = rest.pop("values", {}) if isinstance(entry.get("values"), dict) else {}
    fixed = rest.pop("fixed", {}) if isinstance(entry.get("fixed"), dict) else {}
    encoding = rest.pop("encoding", "")
    if not isinstance(encoding, str) or encoding.lower() not in {*CODECS, ""}:
        raise _refused(f"{where} encoding", f"not one of {', '.join(CODECS)}")
    columns: dict[str, str] = {}
    for heading, column in rest.items():
        if column != "":
            _check_column(f"{where} {heading}", column, allowed)
        form = heading_form(heading)
        if not form or form in columns:
            raise _refused(f"{where} {heading}", "no heading, or the same heading twice")
        columns[form] = column
    targets = Counter([*filter(None, columns.values()), *fixed])
    if twice := [column for column, count in targets.items() if count > 1]:
        raise _refused(where, f"two headings for one column: {', '.join(twice)}")
    for column, words in values.items():
        _check_column(f"{where} values", column, allowed)
        if not isinstance(words, dict):
            raise _refused(f"{where} values.{column}", "not a table of texts and words")
        for word in words.values():
            _check_word(f"{where} values.{column}", standard.words.get(column), word)
    for column, text in fixed.items():
        _check_column(f"{where} fixed", column, allowed)
        _check_word(f"{where} fixed.{column}", standard.words.get(column), text)
    return TableMapping(columns, values, fixed, encoding.lower())


def _check_column(where: str, column: object, allowed: tuple[str, ...]) -> None:
    if column not in allowed:
        raise _refused(where, f"no such column; there are: {', '.join(allowed)}")


def _check_word(where: str, allowed: frozenset[str] | None, word: object) -> None:
    if not isinstance(word, str) or (allowed is not None and word not in allowed):
        words = ", ".join(sorted(allowed)) if allowed else "a text in quotation marks"
        raise _refused(where, f"not a word of the data dictionary; use {words}")


def _refused(where: str, what: str) -> MappingRefused:
    return MappingRefused(f"{where}: {what}")
