"""Opens an export of correction requests into the officer's table."""

import csv
import json
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from exposure_index.messages.corrections import CONTENT_VERSION, read_corrections
from exposure_index.messages.sealed_messages import CORRECTION, MessageUnreadable, open_sealed
from index_builder.corrections.request_table import (
    COLUMNS,
    MESSAGE_FIELDS,
    private_new_file,
    safe_cell,
)


class OtherEdition(Exception):
    """The content of a message is of another version."""


@dataclass(frozen=True, slots=True)
class OpenedRequests:
    """What an export held. requests: how many rows the table has.

    withdrawn, unreadable, outdated: the references of requests that are not in the table;
    outdated: sealed by a service of another edition, which asked for other fields.
    """

    requests: int
    withdrawn: tuple[str, ...]
    unreadable: tuple[str, ...]
    outdated: tuple[str, ...] = ()


def open_requests(export: Iterable[str], private_key: bytes, out: Path) -> OpenedRequests:
    """Open an export into the officer's table, a new file. private_key: ``sealed``.

    A request that stands twice in the file is written once. Raises ExportUnreadable, TableRefused.
    """
    rows: dict[str, dict[str, str]] = {}
    withdrawn: list[str] = []
    unreadable: list[str] = []
    outdated: list[str] = []
    for message in read_corrections(export):
        if message.sealed is None:
            withdrawn.append(message.reference)
            continue
        try:
            cells = _request_cells(open_sealed(private_key, message.sealed, CORRECTION))
        except OtherEdition:
            outdated.append(message.reference)
            continue
        except MessageUnreadable:
            unreadable.append(message.reference)
            continue
        received = message.received_on.isoformat()
        rows[message.reference] = {"reference": message.reference, "received_on": received, **cells}
    with private_new_file(out) as file:
        writer = csv.DictWriter(file, COLUMNS, restval="")
        writer.writeheader()
        writer.writerows(rows.values())
    return OpenedRequests(len(rows), tuple(withdrawn), tuple(unreadable), tuple(outdated))


def _request_cells(content: bytes) -> dict[str, str]:
    """Return the cells of one message. Raises MessageUnreadable for what is no request.

    Raises OtherEdition for one of another version.
    """
    try:
        data = json.loads(content)
        if data["version"] != CONTENT_VERSION:
            raise OtherEdition
        cells = {name: safe_cell(str(data[name])) for name in MESSAGE_FIELDS}
        "".join(cells.values()).encode()  # half a surrogate can be sealed, but not written
    except (ValueError, KeyError, TypeError, RecursionError):
        raise MessageUnreadable from None
    return cells
