"""Make the demo's extract of published trips, with the timetable of their trains.

    .venv/bin/python tools/make_demo_extract.py ../shared/data

Writes index_builder/demo/{published_trips,timetable,stops}.csv; facts only. Run again only when
the choice of trips changes: the files it writes are committed, the files it reads are not needed.
"""

from __future__ import annotations

import csv
import json
import sys
import tempfile
from collections import defaultdict
from collections.abc import Iterable, Sequence
from pathlib import Path

from index_builder.notices import read_notices

DEMO = Path(__file__).parents[1] / "index_builder" / "demo"
FLIGHTS_WITHOUT_SEAT = 10
TRIP_COLUMNS = (
    "source_id",
    "mode",
    "number",
    "service_date",
    "carriage",
    "seats",
    "board",
    "alight",
)
# Wuhan's stations carry the names of its three towns, not the city's.
STATIONS_OF_OTHER_NAME = {"武昌": "武汉", "汉口": "武汉", "武汉武昌": "武汉", "武汉汉口": "武汉"}

Row = dict[str, str]


def main(data: Path) -> None:
    """Write the three files from the folder that holds the published ones."""
    calls = _calls(data / "rail-timetable-2021.csv")
    cities = {city for stops in calls.values() for city in (stop["city"] for stop in stops)}
    trips_by_run: dict[tuple[frozenset[str], str], Row] = {}
    train_numbers: frozenset[str] = frozenset()
    without_seat = 0
    # Trips that tell the most come first: one trip is kept of each run.
    for trip in sorted(_published(data / "published-exposures-2020.csv"), key=_tells_less):
        run = (frozenset(trip["number"].split("/")), trip["service_date"])
        if any(run[0] & numbers and run[1] == day for numbers, day in trips_by_run):
            continue
        if trip["mode"] == "train" and (not trip["carriage"] or not _fits(trip, calls, cities)):
            continue
        # One day of each train is enough where nothing but the carriage is known.
        if trip["mode"] == "train" and not trip["seats"] and run[0] & train_numbers:
            continue
        if trip["mode"] == "flight" and not trip["seats"]:
            without_seat += 1
            if without_seat > FLIGHTS_WITHOUT_SEAT:
                continue
        trips_by_run[run] = trip
        train_numbers |= run[0]
    trips = sorted(
        trips_by_run.values(), key=lambda trip: (trip["service_date"], int(trip["source_id"]))
    )
    _write("published_trips.csv", TRIP_COLUMNS, ([trip[c] for c in TRIP_COLUMNS] for trip in trips))
    trains = sorted({train for trip in trips for train in _trains(trip, calls)})
    _write(
        "timetable.csv",
        ("mode", "number", "stop_seq", "stop", "arrival", "departure"),
        (
            ("train", train, stop["stop"], stop["city"], stop["arrival"], stop["departure"])
            for train in trains
            for stop in calls[train]
        ),
    )
    stops = {stop["city"]: stop["city"] for train in trains for stop in calls[train]}
    for trip in trips:
        if trip["mode"] == "train":
            for stop in (trip["board"], trip["alight"]):
                stops[stop] = _city(stop, cities)
    _write("stops.csv", ("stop", "city"), sorted(stops.items()))
    print(f"{len(trips)} trips, {len(trains)} trains, {len(stops)} stops")


def _calls(timetable: Path) -> dict[str, list[Row]]:
    calls: dict[str, list[Row]] = defaultdict(list)
    with timetable.open(encoding="utf-8", newline="") as lines:
        for row in csv.DictReader(lines):
            calls[row["train"]].append(row)
    return calls


def _published(notices: Path) -> list[Row]:
    with tempfile.TemporaryDirectory() as folder:
        out = Path(folder) / "trips.csv"
        read_notices(notices, out)
        with out.open(encoding="utf-8", newline="") as lines:
            rows = list(csv.DictReader(lines))
    usable = []
    for row in rows:
        several = "/" in row["carriage"] or "车" in row["seats"] or "餐车" in row["carriage"]
        if row["mode"] in ("flight", "train") and row["board"] and row["alight"] and not several:
            usable.append({**row, "source_id": json.loads(row["original"])["id"]})
    return usable


def _tells_less(trip: Row) -> tuple[bool, bool, bool, int]:
    return (
        "/" not in trip["number"],
        not trip["seats"],
        not trip["carriage"],
        int(trip["source_id"]),
    )


def _trains(trip: Row, calls: dict[str, list[Row]]) -> list[str]:
    """The first of the trip's numbers that the timetable knows: one list of calls for one run."""
    if trip["mode"] != "train":
        return []
    return [number for number in trip["number"].split("/") if number in calls][:1]


def _fits(trip: Row, calls: dict[str, list[Row]], cities: set[str]) -> bool:
    """Whether the timetable calls at both stops, once each, in the order of the trip."""
    for train in _trains(trip, calls):
        order = [stop["city"] for stop in calls[train]]
        ends = [_city(trip["board"], cities), _city(trip["alight"], cities)]
        if len(set(order)) == len(order) and all(end in order for end in ends):
            return order.index(ends[0]) < order.index(ends[1])
    return False


def _city(stop: str, cities: set[str]) -> str:
    """The city of a station, as the timetable names cities; "" where that is not sure."""
    if stop in cities:
        return stop
    if stop in STATIONS_OF_OTHER_NAME:
        return STATIONS_OF_OTHER_NAME[stop]
    return stop[:-1] if stop[-1:] in tuple("东西南北") and stop[:-1] in cities else ""


def _write(name: str, columns: Sequence[str], rows: Iterable[Sequence[str]]) -> None:
    with (DEMO / name).open("w", encoding="utf-8", newline="") as out:
        writer = csv.writer(out, lineterminator="\n")
        writer.writerow(columns)
        writer.writerows(rows)


if __name__ == "__main__":
    main(Path(sys.argv[1] if len(sys.argv) > 1 else "../shared/data"))
