"""The file that carries correction requests from the service to the builder's side.

JSON lines, UTF-8. First ``{"format": "gauge-corrections", "version": 1}``; then one line a
request: ``{"reference", "received_on", "sealed"}`` with the sealed message in base64, or
``{"reference", "received_on", "withdrawn": true}`` for one taken back after an earlier file.
"""

import base64
import binascii
import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import IO

FORMAT = {"format": "gauge-corrections", "version": 1}


class ExportUnreadable(Exception):
    """The file is no export of ours; names the line, never its content."""


@dataclass(frozen=True, slots=True)
class CarriedCorrection:
    """One request on its way; sealed None: withdrawn."""

    reference: str
    received_on: date
    sealed: bytes | None


def write_corrections(file: IO[str], corrections: Iterable[CarriedCorrection]) -> int:
    """Write the lines; return how many requests they carry."""
    file.write(json.dumps(FORMAT) + "\n")
    count = 0
    for each in corrections:
        line: dict[str, object] = {
            "reference": each.reference,
            "received_on": each.received_on.isoformat(),
        }
        if each.sealed is None:
            line["withdrawn"] = True
        else:
            line["sealed"] = base64.b64encode(each.sealed).decode()
        file.write(json.dumps(line) + "\n")
        count += 1
    return count


def read_corrections(file: Iterable[str]) -> Iterator[CarriedCorrection]:
    """Yield the requests of a file. Raises ExportUnreadable at the first line that is none."""
    for number, line in enumerate(file, 1):
        try:
            data = json.loads(line)
            if number == 1:
                if data != FORMAT:
                    raise ExportUnreadable("line 1: no export of correction requests")
                continue
            sealed = None if data.get("withdrawn") else base64.b64decode(data["sealed"], None, True)
            yield CarriedCorrection(
                str(data["reference"]), date.fromisoformat(data["received_on"]), sealed
            )
        except (ValueError, KeyError, TypeError, AttributeError, RecursionError, binascii.Error):
            raise ExportUnreadable(f"line {number}: cannot be read") from None
