"""Opens an export of correction requests into the officer's table."""

import csv
import json
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from exposure_index.messages.correction_export import read_corrections
from exposure_index.messages.sealed_messages import CORRECTION, MessageUnreadable, open_sealed
from index_builder.corrections.request_file import COLUMNS, TOLD, private_new_file, safe_cell


@dataclass(frozen=True, slots=True)
class Opening:
    """withdrawn, unreadable: the references of requests that are not in the table."""

    opened: int
    withdrawn: tuple[str, ...]
    unreadable: tuple[str, ...]


def open_requests(export: Iterable[str], private_key: bytes, out: Path) -> Opening:
    """Write every request that opens; return what was done. private_key: ``sealed``.

    A request that stands twice in the file is written once. Raises ExportUnreadable, TableRefused.
    """
    rows: dict[str, dict[str, str]] = {}
    withdrawn: list[str] = []
    unreadable: list[str] = []
    for each in read_corrections(export):
        if each.sealed is None:
            withdrawn.append(each.reference)
            continue
        try:
            told = _told(open_sealed(private_key, each.sealed, CORRECTION))
        except MessageUnreadable:
            unreadable.append(each.reference)
            continue
        received = each.received_on.isoformat()
        rows[each.reference] = {"reference": each.reference, "received_on": received, **told}
    with private_new_file(out) as file:
        writer = csv.DictWriter(file, COLUMNS, restval="")
        writer.writeheader()
        writer.writerows(rows.values())
    return Opening(len(rows), tuple(withdrawn), tuple(unreadable))


def _told(content: bytes) -> dict[str, str]:
    """Return the cells of one message. Raises MessageUnreadable for what is no request."""
    try:
        data = json.loads(content)
        told = {name: safe_cell(str(data[name])) for name in TOLD}
        "".join(told.values()).encode()  # half a surrogate can be sealed, but not written
    except (ValueError, KeyError, TypeError, RecursionError):
        raise MessageUnreadable from None
    return told
