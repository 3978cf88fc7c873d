"""The file that carries correction requests from the service to the builder's side.

As export_lines.py says: first ``{"format": "gauge-corrections", "version": 1}``; then one line a
request: ``{"reference", "received_on", "sealed"}`` with the sealed message in base64, or
``{"reference", "received_on", "withdrawn": true}`` for one taken back after an earlier file.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import IO, Any

from exposure_index.messages.export_lines import from_base64, in_base64, read_lines, write_lines

FORMAT = {"format": "gauge-corrections", "version": 1}


@dataclass(frozen=True, slots=True)
class CarriedCorrection:
    """One request on its way; sealed None: withdrawn."""

    reference: str
    received_on: date
    sealed: bytes | None


def write_corrections(file: IO[str], corrections: Iterable[CarriedCorrection]) -> int:
    """Write the file; return how many requests it carries."""
    return write_lines(file, FORMAT, map(_line, corrections))


def read_corrections(file: Iterable[str]) -> Iterator[CarriedCorrection]:
    """Yield the requests of a file. Raises ExportUnreadable."""
    return read_lines(file, FORMAT, _carried)


def _line(each: CarriedCorrection) -> dict[str, object]:
    line: dict[str, object] = {
        "reference": each.reference,
        "received_on": each.received_on.isoformat(),
    }
    if each.sealed is None:
        return {**line, "withdrawn": True}
    return {**line, "sealed": in_base64(each.sealed)}


def _carried(line: dict[str, Any]) -> CarriedCorrection:
    sealed = None if line.get("withdrawn") else from_base64(line["sealed"])
    return CarriedCorrection(
        str(line["reference"]), date.fromisoformat(line["received_on"]), sealed
    )
