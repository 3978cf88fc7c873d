"""The people of `people.csv`: one example for each thing the answer must get right.

Expected answers follow the two rule sets. nhc-2020-03: on flights the same row and 3 rows in front
and behind are close, everyone else aboard general; on sealed trains the whole carriage is close,
in soft sleeper the compartment. au-2020: on flights 2 rows, nobody else; no rule for trains.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import timedelta

from index_builder.demo.demo_tables import DemoTables, LegDetails
from index_builder.demo.invented_people import Person
from index_builder.demo.published_extract import DemoTrip

CLOSE, GENERAL, NOBODY = "close", "general", ""
_ORDINARY_EVERY = 6  # of so many trips one passenger stands in people.csv

# The trips of the examples, by the published row's id.
FLIGHT = "979"  # CA8223 on 20 January, seat 20C, rows 1–12 and 14–34
FLIGHT_NEAR_ROW_13 = "2642"  # CA8275, 15J
FLIGHT_AT_THE_FRONT = "104"  # JD5627, 2C
FLIGHT_OF_TWO_NUMBERS = "1790"  # EU1802/HO3461, somewhere in rows 7–11
FLIGHT_SEAT_UNKNOWN = "43"  # CA8215
TRAIN = "1201"  # G431 武汉–桂林北, carriage 2
TRAIN_OVERNIGHT = "273"  # T182/T183 武汉–哈尔滨, carriage 3, two days
TRAIN_SOFT_SLEEPER = "2041"  # T35, carriage 11, berth 10
TRAIN_HARD_SLEEPER = "882"  # K1655/K1658, carriage 13
TRAIN_EXTRA_CARRIAGE = "265"  # K1227, carriage 加1
TRAIN_BEFORE_LOOK_BACK = "1651"  # G310 on 6 January
TRAIN_OF_THE_SAME_CASE = "184"  # G518 on 16 January

Trips = Mapping[str, DemoTrip]


def add_examples(tables: DemoTables, trips: Trips) -> None:
    """Add every case, every example, and whoever fills the vehicles around them."""
    for trip in trips.values():
        if trip.source_id == TRAIN_OF_THE_SAME_CASE:
            tables.case(trip, also=(trips[TRAIN_BEFORE_LOOK_BACK],))
        elif trip.source_id != TRAIN_BEFORE_LOOK_BACK:
            tables.case(trip)
    for example in (_rows_of_flights, _unknown_seats, _carriages, _stretches, _nights, _sleepers):
        example(tables, trips)
    for example in (_names, _documents, _clearances, _windows, _elsewhere, _ordinary):
        example(tables, trips)
    for trip in trips.values():
        tables.fill(trip)


def _add_person(
    tables: DemoTables, trip: DemoTrip, details: LegDetails, person: Person | None = None
) -> Person:
    traveller = person or tables.invent.resident()
    tables.aboard(trip, traveller, details)
    return traveller


def _rows_of_flights(tables: DemoTables, trips: Trips) -> None:
    for source_id, seat, nhc, au, reason in (
        (FLIGHT, "20A", CLOSE, CLOSE, "same row"),
        (FLIGHT, "20F", CLOSE, CLOSE, "same row, across the aisle"),
        (FLIGHT, "18B", CLOSE, CLOSE, "two rows in front"),
        (FLIGHT, "22E", CLOSE, CLOSE, "two rows behind"),
        (FLIGHT, "17C", CLOSE, NOBODY, "three rows in front: one too far for au-2020"),
        (FLIGHT, "23D", CLOSE, NOBODY, "three rows behind: one too far for au-2020"),
        (FLIGHT, "16C", GENERAL, NOBODY, "four rows in front: one row too far"),
        (FLIGHT, "24C", GENERAL, NOBODY, "four rows behind: one row too far"),
        (FLIGHT, "2A", GENERAL, NOBODY, "same flight, far in front"),
        (FLIGHT_NEAR_ROW_13, "12A", CLOSE, CLOSE, "row 12 is two rows from 15: there is no row 13"),
        (FLIGHT_NEAR_ROW_13, "11A", CLOSE, NOBODY, "row 11 is three rows from 15"),
        (FLIGHT_NEAR_ROW_13, "10A", GENERAL, NOBODY, "row 10 is four rows from 15"),
        (FLIGHT_AT_THE_FRONT, "1D", CLOSE, CLOSE, "first row, clipped at the front"),
        (FLIGHT_AT_THE_FRONT, "5A", CLOSE, NOBODY, "three rows behind row 2"),
        (FLIGHT_AT_THE_FRONT, "6A", GENERAL, NOBODY, "four rows behind row 2"),
    ):
        tables.expect(_add_person(tables, trips[source_id], LegDetails(seat=seat)), nhc, au, reason)
    both = trips[FLIGHT_OF_TWO_NUMBERS]
    other_number = both.numbers[1]
    for seat, nhc, au, reason in (
        ("9D", CLOSE, CLOSE, "booked under the codeshare's number, inside the published rows"),
        ("15B", CLOSE, NOBODY, "codeshare, three rows behind the last published row"),
        ("20A", GENERAL, NOBODY, "codeshare, further behind"),
    ):
        person = _add_person(tables, both, LegDetails(seat=seat, number=other_number))
        tables.expect(person, nhc, au, reason)


def _unknown_seats(tables: DemoTables, trips: Trips) -> None:
    flight = trips[FLIGHT]
    person = _add_person(tables, flight, LegDetails())
    tables.expect(person, CLOSE, CLOSE, "own seat not in the manifest: may have been anywhere")
    person = _add_person(tables, trips[FLIGHT_SEAT_UNKNOWN], LegDetails(seat="31A"))
    tables.expect(person, CLOSE, CLOSE, "the case's seat was never published: everyone aboard")
    person = _add_person(tables, trips[TRAIN], LegDetails(seat="8A", carriage=""))
    tables.expect(
        person, CLOSE, NOBODY, "own carriage not in the manifest: may have been the case's"
    )
    person = _add_person(tables, trips[TRAIN], LegDetails(seat="无座"))
    tables.expect(person, CLOSE, NOBODY, "standing in the case's carriage")


def _carriages(tables: DemoTables, trips: Trips) -> None:
    train = trips[TRAIN]
    person = _add_person(tables, train, LegDetails(seat="1A"))
    tables.expect(person, CLOSE, NOBODY, "same carriage, far from the case: the whole carriage")
    person = _add_person(tables, train, LegDetails(seat="12A", carriage="3"))
    tables.expect(person, NOBODY, NOBODY, "same train, other carriage")
    extra = trips[TRAIN_EXTRA_CARRIAGE]
    person = _add_person(tables, extra, LegDetails(seat="30号", carriage="加1号车厢"))
    tables.expect(person, CLOSE, NOBODY, "the extra carriage 加1")
    person = _add_person(tables, extra, LegDetails(seat="30号", carriage="1"))
    tables.expect(person, NOBODY, NOBODY, "carriage 1 is not the extra carriage 加1")


def _stretches(tables: DemoTables, trips: Trips) -> None:
    train = trips[TRAIN]
    last = len(train.calls) - 1
    left = train.alight_call
    person = _add_person(tables, train, LegDetails("3A", board_call=left + 1, alight_call=last))
    tables.expect(person, NOBODY, NOBODY, "boarded after the case left")
    person = _add_person(tables, train, LegDetails("3B", board_call=left - 1, alight_call=last))
    tables.expect(person, CLOSE, NOBODY, "boarded one stop before the case left")
    person = _add_person(tables, train, LegDetails("3C", board_call=0, alight_call=1))
    tables.expect(person, CLOSE, NOBODY, "left early, but rode the first stretch together")


def _nights(tables: DemoTables, trips: Trips) -> None:
    train = trips[TRAIN_OVERNIGHT]
    after_midnight = next(
        call
        for call in range(train.board_call + 1, train.alight_call)
        if train.calls[call].day > train.calls[train.board_call].day
    )
    boards = LegDetails("30号", board_call=after_midnight, alight_call=train.alight_call)
    person = _add_person(tables, train, boards)
    tables.expect(person, CLOSE, NOBODY, "boarded after midnight: the ticket names the next day")
    person = _add_person(tables, train, replace(boards, seat="31号", days_later=-1))
    reason = "boarded at the same stop on the case's own date: that is the run of the day before"
    tables.expect(person, NOBODY, NOBODY, reason)
    person = _add_person(tables, train, LegDetails("32号", number=train.numbers[1]))
    tables.expect(person, CLOSE, NOBODY, "the train's other number stands on the ticket")


def _sleepers(tables: DemoTables, trips: Trips) -> None:
    soft = trips[TRAIN_SOFT_SLEEPER]
    person = _add_person(tables, soft, LegDetails("9号上铺"))
    tables.expect(person, CLOSE, NOBODY, "same soft-sleeper compartment")
    for seat in ("8号下铺", "13号上铺"):
        person = _add_person(tables, soft, LegDetails(seat))
        tables.expect(person, NOBODY, NOBODY, "neighbouring soft-sleeper compartment")
    person = _add_person(tables, trips[TRAIN_HARD_SLEEPER], LegDetails("20号上铺"))
    tables.expect(person, CLOSE, NOBODY, "far end of the hard sleeper: the whole carriage")


def _names(tables: DemoTables, trips: Trips) -> None:
    invent, flight = tables.invent, trips[FLIGHT]
    listed = _add_person(tables, flight, LegDetails("19A"), invent.resident("张伟丽"))
    tables.expect(listed, CLOSE, CLOSE, "name in simplified characters, as in the manifest")
    tables.expect(replace(listed, name="張偉麗"), CLOSE, CLOSE, "name in traditional characters")
    tables.expect(replace(listed, name="王伟丽"), NOBODY, NOBODY, "wrong name with a listed number")
    listed = _add_person(tables, flight, LegDetails("19B"), invent.resident("陳國樑"))
    simplified = replace(listed, name="陈国梁")
    tables.expect(
        simplified, CLOSE, CLOSE, "manifest in traditional characters, typed in simplified"
    )
    listed = _add_person(tables, flight, LegDetails("21A"), invent.foreigner("SILVA/ANA MS"))
    for name, reason in (
        ("Ana Silva", "name typed in another order than in the manifest"),
        ("ｓｉｌｖａ－ａｎａ", "name typed in full-width letters with a hyphen"),
    ):
        tables.expect(replace(listed, name=name), CLOSE, CLOSE, reason)
    other = replace(listed, name="Bruno Costa")
    tables.expect(other, NOBODY, NOBODY, "wrong name with a listed passport")
    listed = _add_person(tables, flight, LegDetails("21B"), invent.foreigner("Jörg Müller"))
    tables.expect(replace(listed, name="MUELLER JOERG"), CLOSE, CLOSE, "ü and ö typed as ue and oe")
    nameless = replace(invent.foreigner(), name="")
    tables.aboard(flight, nameless, LegDetails("21D"))
    for name in ("Maria Kovacs", "Li Xiaolong"):
        person = replace(nameless, name=name)
        tables.expect(
            person, CLOSE, CLOSE, "the manifest has this passport without a name: any name"
        )


def _documents(tables: DemoTables, trips: Trips) -> None:
    invent, train = tables.invent, trips[TRAIN]
    passport = _add_person(tables, train, LegDetails("5A"), invent.foreigner("Zhang Xiaohui"))
    card = invent.resident("张晓辉")
    for person in (passport, card):
        row = ("K0001", person.id_type, person.id_number, person.name)
        tables.documents.append(row)
    tables.expect(card, CLOSE, NOBODY, "travelled with a passport, asks with the resident card")
    tables.expect(passport, CLOSE, NOBODY, "travelled with this passport")
    person, old_number = invent.born_before_1999()
    tables.aboard(train, replace(person, id_number=old_number), LegDetails("5B"))
    tables.expect(person, CLOSE, NOBODY, "the manifest has the 15-digit number of the old card")
    person = invent.resident()
    as_written = replace(
        person, id_number=f" {person.id_number[:6]} {person.id_number[6:].lower()}"
    )
    tables.aboard(train, as_written, LegDetails("5C"))
    tables.expect(
        person, CLOSE, NOBODY, "the manifest has the number with spaces and small letters"
    )


def _clearances(tables: DemoTables, trips: Trips) -> None:
    flight = trips[FLIGHT]
    for seat, days_after, nhc, reason in (
        ("18A", 8, NOBODY, "cleared after the exposure"),
        ("18D", -10, CLOSE, "cleared before the exposure: that clearance says nothing"),
    ):
        cleared_on = (flight.service_date + timedelta(days=days_after)).isoformat()
        person = _add_person(tables, flight, LegDetails(seat))
        identity = (person.id_type, person.id_number, person.name)
        tables.cleared.append((*identity, cleared_on, "observation ended", "", "", ""))  # no trip
        tables.expect(person, nhc, nhc, reason)


def _windows(tables: DemoTables, trips: Trips) -> None:
    person = _add_person(tables, trips[TRAIN_BEFORE_LOOK_BACK], LegDetails("6A"))
    tables.expect(person, NOBODY, NOBODY, "rode with a case ten days before the illness began")
    person = _add_person(tables, trips[TRAIN_OF_THE_SAME_CASE], LegDetails("6A"))
    tables.expect(person, CLOSE, NOBODY, "rode with the same case when the illness began")


def _elsewhere(tables: DemoTables, trips: Trips) -> None:
    flight, train = trips[FLIGHT], trips[TRAIN]
    person = _add_person(tables, flight, LegDetails("20A", days_later=7))
    tables.expect(person, NOBODY, NOBODY, "same seat a week later")
    person = _add_person(tables, flight, LegDetails("3A"))
    tables.aboard(train, person, LegDetails("6D"))
    tables.expect(person, CLOSE, NOBODY, "general on a flight, close on a train: the worse counts")
    person = tables.invent.resident()
    identity = (person.id_type, person.id_number, person.name)
    met_on = (flight.service_date + timedelta(days=1)).isoformat()
    tables.contacts.append((tables.case_of[FLIGHT][0], met_on, "家庭", *identity))
    tables.expect(person, CLOSE, CLOSE, "named by investigators: shared a household")
    for person in (tables.invent.resident(), tables.invent.resident(), tables.invent.foreigner()):
        tables.expect(person, NOBODY, NOBODY, "on no trip of any case")
    for trip in (flight, train):
        case = tables.case_of[trip.source_id][1]
        tables.expect(case, NOBODY, NOBODY, "a case is not a contact of their own")
    for area, nhc, reason in (
        ("18-24", CLOSE, "cabin crew who served the case's rows"),
        ("1-6", GENERAL, "cabin crew of another area"),
    ):
        person = _add_person(tables, flight, LegDetails(carriage=area, role="crew"))
        tables.expect(person, nhc, NOBODY, reason)


def _ordinary(tables: DemoTables, trips: Trips) -> None:
    """One passenger of every few trips, next to the case from boarding to alighting."""
    apart = {TRAIN_BEFORE_LOOK_BACK, TRAIN_SOFT_SLEEPER}
    for trip in [one for one in trips.values() if one.source_id not in apart][::_ORDINARY_EVERY]:
        person = tables.invent.passenger()
        if trip.mode == "flight":
            row = trip.seats.split("|")[0].rstrip("ABCDEFGHJKL排") or "5"
            tables.aboard(
                trip, person, LegDetails(_free(tables, trip, (f"{row}A", f"{row}B", f"{row}C")))
            )
            tables.expect(person, CLOSE, CLOSE, f"{trip.number}: same row, or the seat unknown")
        else:
            seats = ("7A", "9A") if trip.number[0] in "GDC" else ("17号", "18号")
            tables.aboard(trip, person, LegDetails(_free(tables, trip, seats)))
            tables.expect(person, CLOSE, NOBODY, f"{trip.number}: same carriage")


def _free(tables: DemoTables, trip: DemoTrip, seats: tuple[str, ...]) -> str:
    return next(seat for seat in seats if not tables.is_occupied(trip, seat))
