"""Corrections: the export that carries them to the builder's side, and what may be decided.

The export, as export_lines.py says: first ``{"format": "gauge-corrections", "version": 1}``; then
one line a request: ``{"reference", "received_on", "sealed"}`` with the sealed message in base64, or
``{"reference", "received_on", "withdrawn": true}`` for one taken back after an earlier file.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import IO, Any

from exposure_index.messages.export_lines import from_base64, in_base64, read_lines, write_lines

FORMAT = {"format": "gauge-corrections", "version": 1}
CONTENT_VERSION = 2
"""Of what is sealed: JSON of the form's fields, with both names of a document."""

ACCEPTED = "accepted"
DECLINED = "declined"
TAKEN_OFF = "taken_off"

DECISION_OF_REASON: Mapping[str, str] = {
    TAKEN_OFF: ACCEPTED,
    "added": ACCEPTED,
    "place_changed": ACCEPTED,
    "confirmed": DECLINED,
    "unclear": DECLINED,
    "duplicate": DECLINED,
    "call": DECLINED,
}
DECISIONS = (ACCEPTED, DECLINED)
"""Each reason belongs to one decision, here and beside the service."""


@dataclass(frozen=True, slots=True)
class ExportedCorrection:
    """One request on its way; sealed None: withdrawn."""

    reference: str
    received_on: date
    sealed: bytes | None


def write_corrections(file: IO[str], corrections: Iterable[ExportedCorrection]) -> int:
    """Write the export; return how many requests it carries."""
    return write_lines(file, FORMAT, map(_line, corrections))


def read_corrections(file: Iterable[str]) -> Iterator[ExportedCorrection]:
    """Yield the requests of an export. Raises ExportUnreadable."""
    return read_lines(file, FORMAT, _correction)


def _line(each: ExportedCorrection) -> dict[str, object]:
    line: dict[str, object] = {
        "reference": each.reference,
        "received_on": each.received_on.isoformat(),
    }
    if each.sealed is None:
        return {**line, "withdrawn": True}
    return {**line, "sealed": in_base64(each.sealed)}


def _correction(line: dict[str, Any]) -> ExportedCorrection:
    sealed = None if line.get("withdrawn") else from_base64(line["sealed"])
    return ExportedCorrection(
        str(line["reference"]), date.fromisoformat(line["received_on"]), sealed
    )


def reasons_of(decision: str) -> tuple[str, ...]:
    """Return the reasons that a decision may be given, in the order of the table."""
    return tuple(reason for reason, of in DECISION_OF_REASON.items() if of == decision)
