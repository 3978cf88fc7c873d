"""The officer's table of opened requests, with decisions filled in."""

import csv

import pytest

from index_builder.corrections.request_export import open_requests
from tests.fixtures.correction_requests import MESSAGE, PRIVATE, export_of, exported_correction

IDENTITY = (MESSAGE["id_type"], MESSAGE["id_number"], MESSAGE["name"])
TRIP = {"mode": "train", "number": "G1712", "service_date": "2020-01-21"}
NO_TRIP = dict.fromkeys(TRIP, "")
OFF = {"decision": "accepted", "reason": "taken_off", "cleared_on": ""} | TRIP
ENDED = OFF | NO_TRIP | {"what": "cleared", "cleared_on": "2020-02-05"}
NAMES = ("id_type", "id_number", "name", "cleared_on", *TRIP)


def rows_of(path):
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


@pytest.fixture
def table_of(tmp_path):
    def make(**decided):
        path = tmp_path / "opened.csv"
        path.unlink(missing_ok=True)
        open_requests(export_of(exported_correction("A"), exported_correction("B")), PRIVATE, path)
        rows = rows_of(path)
        rows[0] |= decided
        with path.open("w", encoding="utf-8", newline="") as file:
            writer = csv.DictWriter(file, rows[0])
            writer.writeheader()
            writer.writerows(rows)
        return path

    return make


def cleared_rows(path):
    return [tuple(row[name] for name in NAMES) for row in rows_of(path)]
