"""What a workbook hides and computes: rows and columns that are hidden, formulas, links, macros.

The reader of workbooks gives values alone. Nothing here is run, followed or fetched.
"""

import posixpath
import re
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import IO, BinaryIO

from tables.workbooks.cells import column_number
from tables.workbooks.formats import formats_of_styles, formatted_numbers
from tables.workbooks.row_numbers import RowNumbers

NO_RESULT_MAX = 200_000
"""Formulas without results that are known by their place; more refuse the workbook."""
_BLOCK_BYTES = 1 << 20
_TAG_MAX_BYTES = 1 << 12
_INDEX_MAX_BYTES = 1 << 22
_SHEET = re.compile(rb"<(?:\w+:)?sheet\s[^>]*?\s\w+:id\s*=\s*[\"']([^\"']+)[\"'][^>]*>")
_RELATION = re.compile(rb"<(?:\w+:)?Relationship\s[^>]*>")
_ATTRIBUTE = re.compile(rb"\s(Id|Target)\s*=\s*[\"']([^\"']*)[\"']")
_ROW = re.compile(rb"<(?:\w+:)?row\b[^>]*>")
_COLUMN = re.compile(rb"<(?:\w+:)?col\b[^>]*>")
_HIDDEN = re.compile(rb"\shidden\s*=\s*[\"'](?:1|true)[\"']|\sht\s*=\s*[\"']0(?:\.0*)?[\"']")
_NUMBERS = re.compile(rb"\s(r|min|max)\s*=\s*[\"']([0-9]{1,7})[\"']")
_FORMULA = re.compile(rb"<(?:\w+:)?f\b")
_NO_RESULT = re.compile(
    rb"<(?:\w+:)?c\b([^>]*)>\s*(?:<(?:\w+:)?f\b[^>]*/>|<(?:\w+:)?f\b[^>]*>[^<]*</(?:\w+:)?f>)\s*"
    rb"(?:<(?:\w+:)?v\s*/>|<(?:\w+:)?v>\s*</(?:\w+:)?v>)?\s*</(?:\w+:)?c>"
)
_REFERENCE = re.compile(rb"\sr\s*=\s*[\"']([A-Za-z]{1,3})([0-9]{1,7})[\"']")
_TEXT_RESULT = re.compile(rb"\st\s*=\s*[\"']str[\"']")


@dataclass(slots=True)
class SheetFacts:
    """Facts of one sheet and of its workbook.

    hidden_rows, hidden_columns: as the spreadsheet numbers them, columns from 0; without_result:
    (row, column) of formulas whose value is not in the file; unplaced: how many of them have no
    place; formulas: how many there are; formatted: (row, column) of numbers that show otherwise →
    the digits from which on they do not; rows: the numbers of the rows.
    """

    hidden_rows: set[int] = field(default_factory=set)
    hidden_columns: set[int] = field(default_factory=set)
    without_result: set[tuple[int, int]] = field(default_factory=set)
    unplaced: int = 0
    formulas: int = 0
    formatted: dict[tuple[int, int], int] = field(default_factory=dict)
    external_links: int = 0
    has_macros: bool = False
    rows: RowNumbers = field(default_factory=RowNumbers)


def read_facts(open_file: Callable[[], BinaryIO], place: int) -> SheetFacts | None:
    """Read the facts about a sheet by its place, from 0; None where the sheet is not found.

    Raises what zipfile raises for a damaged file.
    """
    with open_file() as file, zipfile.ZipFile(file) as archive:
        names = {name.lower().lstrip("/"): name for name in archive.namelist()}
        part = names.get(_part_of(archive, names, place))
        if part is None:
            return None
        facts = SheetFacts(
            external_links=sum(name.startswith("xl/externallinks/ext") for name in names),
            has_macros="xl/vbaproject.bin" in names,
        )
        formats = formats_of_styles(_beginning(archive, names.get("xl/styles.xml")))
        with archive.open(part) as content:
            for text in _pieces(content):
                _note(text, facts)
                if formats:
                    _note_formats(text, formats, facts)
    return facts


def _part_of(archive: zipfile.ZipFile, names: dict[str, str], place: int) -> str:
    """Return the lower-case name of the part that a sheet stands in, "" where it is not known."""
    index = _beginning(archive, names.get("xl/workbook.xml"))
    relations = _beginning(archive, names.get("xl/_rels/workbook.xml.rels"))
    sheets = _SHEET.findall(index)
    if place >= len(sheets):
        return ""
    for tag in _RELATION.findall(relations):
        attributes = dict(_ATTRIBUTE.findall(tag))
        if attributes.get(b"Id") == sheets[place]:
            target = attributes.get(b"Target", b"").decode("utf-8", "replace").lower()
            return posixpath.normpath(posixpath.join("/xl", target)).lstrip("/")
    return ""


def _beginning(archive: zipfile.ZipFile, name: str | None) -> bytes:
    if name is None:
        return b""
    with archive.open(name) as part:
        return part.read(_INDEX_MAX_BYTES)


def _pieces(content: IO[bytes]) -> Iterator[bytes]:
    """Yield the text of a part in pieces that cut no cell in two."""
    carry = b""
    while block := content.read(_BLOCK_BYTES):
        text = carry + block
        cut = text.rfind(b"<c")
        if not 0 < cut or len(text) - cut > _TAG_MAX_BYTES:
            cut = len(text)
        yield text[:cut]
        carry = text[cut:]
    yield carry


def _note_formats(text: bytes, formats: dict[bytes, int], facts: SheetFacts) -> None:
    for attributes, digits in formatted_numbers(text, formats):
        if reference := _REFERENCE.search(b" " + attributes):
            facts.formatted[int(reference[2]), column_number(reference[1]) - 1] = digits


def _note(text: bytes, facts: SheetFacts) -> None:
    facts.rows.note(text)
    if b"hidden" in text or b' ht="0' in text:
        for tag in filter(_HIDDEN.search, _ROW.findall(text)):
            numbers = dict(_NUMBERS.findall(tag))
            if b"r" in numbers:
                facts.hidden_rows.add(int(numbers[b"r"]))
        for tag in filter(_HIDDEN.search, _COLUMN.findall(text)):
            numbers = dict(_NUMBERS.findall(tag))
            first, last = int(numbers.get(b"min", 1)), int(numbers.get(b"max", 0))
            facts.hidden_columns.update(range(first - 1, min(last, 1 << 14)))
    has_formulas = b"<f" in text or b":f" in text
    if has_formulas and (formulas := len(_FORMULA.findall(text))):
        facts.formulas += formulas
        for attributes in _NO_RESULT.findall(text):
            if _TEXT_RESULT.search(attributes):
                continue  # a result of no characters
            reference = _REFERENCE.search(b" " + attributes)
            if reference is None or len(facts.without_result) >= NO_RESULT_MAX:
                facts.unplaced += 1
            else:
                place = column_number(reference[1]) - 1
                facts.without_result.add((int(reference[2]), place))
