from dataclasses import dataclass
from datetime import date, timedelta
from hashlib import sha256
from io import BytesIO
from types import SimpleNamespace

import pytest

from exposure_index.files.published_trip import PublishedTrip, ServiceTrips, service_key
from exposure_index.files.trip_list import TripList, TripListDamaged, TripListFacts, write_trip_list
from exposure_index.lookup.result import Missing
from exposure_index.lookup.trip import NoTripList, Trip, look_up_trip

DAY = date(2020, 1, 20)
LATER = DAY + timedelta(days=1)
G1 = Trip("train", ("G1",), DAY)
MISSING = (Missing("Four", "expired"),)
TRIP = PublishedTrip("train", "G1", DAY, carriage="8")


@dataclass
class Index:
    """An opened index, as far as trips ask of it."""

    trips: TripList | None
    authority: str = "One"

    @property
    def manifest(self):
        return SimpleNamespace(authority=self.authority)


@pytest.fixture
def index(tmp_path):
    def index(authority="One", published=True, numbers=("G1",), **service):
        service_trips = ServiceTrips(numbers, service.get("held", ()), service.get("trips", {}))
        file = BytesIO()
        mode = service.get("mode", "train")
        records = [
            (service_key(mode, number), service_trips.as_json()) for number in sorted(numbers)
        ]
        write_trip_list(file, TripListFacts("", published), records)
        path = tmp_path / authority
        path.write_bytes(file.getvalue())
        with path.open("rb") as file:
            checksum = sha256(path.read_bytes()).hexdigest()
            return Index(TripList(file, checksum), authority)

    return index


def test_a_published_trip_is_listed_with_its_authority(index):
    result = look_up_trip([index(trips={DAY: (TRIP,)})], G1)
    assert ("listed", ((TRIP, "One"),)) == (result.status, result.listed)


def test_a_trip_of_another_day_is_not_listed(index):
    later = Trip("train", ("G1",), LATER)
    assert "no_manifest" == look_up_trip([index(trips={DAY: (TRIP,)})], later).status


def test_a_manifest_held_is_told(index):
    assert "manifest_held" == look_up_trip([index(held=(DAY,))], G1).status


def test_every_number_of_the_service_is_told(index):
    result = look_up_trip([index(numbers=("G1", "G4"))], G1)
    assert ("G1", "G4") == result.numbers


@pytest.mark.parametrize("number", ["G1", "G4", "G9"])
@pytest.mark.parametrize("turned", [False, True], ids=["as they are", "turned"])
def test_a_trip_that_another_authority_knows_under_another_number_is_listed(index, number, turned):
    indexes = [
        index("One", numbers=("G1", "G4"), held=(DAY,)),
        index("Two", numbers=("G4", "G9")),
        index("Three", numbers=("G9",), trips={DAY: (TRIP,)}),
    ]
    result = look_up_trip(indexes[::-1] if turned else indexes, Trip("train", (number,), DAY))
    assert ("listed", ((TRIP, "Three"),)) == (result.status, result.listed)
    assert {"G1", "G4", "G9"} == set(result.numbers)


def test_a_manifest_held_under_another_authoritys_number_is_told(index):
    indexes = [index("One", numbers=("G1", "G4")), index("Two", numbers=("G4",), held=(DAY,))]
    assert "manifest_held" == look_up_trip(indexes, G1).status


def test_a_trip_published_by_one_authority_is_listed_whatever_the_others_lack(index):
    indexes = [index("One", held=(DAY,)), index("Two", trips={DAY: (TRIP,)}), Index(None, "Three")]
    assert "listed" == look_up_trip(indexes, G1, missing=MISSING).status


@pytest.mark.parametrize("mode", ["taxi", "bus", "coach"])
def test_a_vehicle_is_found_by_its_plate_whatever_the_notice_calls_it(index, mode):
    bus = PublishedTrip("bus", "蒙AB26B7", DAY)
    vehicle = index(numbers=("蒙AB26B7",), mode="bus", trips={DAY: (bus,)})
    result = look_up_trip([vehicle], Trip(mode, ("蒙AB26B7",), DAY))
    assert ("listed", ((bus, "One"),)) == (result.status, result.listed)


def test_a_line_of_another_mode_is_another_line(index):
    vehicle = index(numbers=("西安5路",), mode="bus", held=[DAY])
    assert "no_manifest" == look_up_trip([vehicle], Trip("coach", ("西安5路",), DAY)).status


def test_two_authorities_that_publish_one_trip_both_stand_in_the_answer(index):
    indexes = [index(name, trips={DAY: (TRIP,)}) for name in ("One", "Two")]
    assert ((TRIP, "One"), (TRIP, "Two")) == look_up_trip(indexes, G1).listed


def test_a_missing_authority_makes_it_incomplete_though_a_manifest_is_held(index):
    result = look_up_trip([index(held=(DAY,))], G1, missing=MISSING)
    assert "incomplete" == result.status


def test_an_authority_without_publications_makes_it_incomplete(index):
    indexes = [index("One", held=(DAY,)), index("Two", published=False, held=(DAY,))]
    result = look_up_trip(indexes, G1)
    assert ("incomplete", ("Two",)) == (result.status, result.lacking)


def test_where_no_authority_publishes_trips_there_is_no_answer(index):
    with pytest.raises(NoTripList):
        look_up_trip([index(published=False, held=(DAY,)), Index(None)], G1)
    with pytest.raises(NoTripList):
        look_up_trip([], G1)


def test_a_damaged_list_is_never_no_case(index, monkeypatch):
    good, bad = index("One", held=(DAY,)), index("Two", held=(DAY,))

    def damaged(mode, number):
        raise TripListDamaged("a block fails its checksum")

    monkeypatch.setattr(bad.trips, "service", damaged)
    result = look_up_trip([good, bad], G1)
    assert ("incomplete", ("Two",), ("Two",)) == (result.status, result.lacking, result.unreadable)
    with pytest.raises(NoTripList):
        look_up_trip([bad], G1)


def test_a_listed_trip_stays_so_though_another_number_of_it_is_damaged(index, monkeypatch):
    one = index("One", numbers=("G1", "G4"), trips={DAY: (TRIP,)})
    read = one.trips.service

    def partly_damaged(mode, number):
        if number == "G4":
            raise TripListDamaged("a block fails its checksum")
        return read(mode, number)

    monkeypatch.setattr(one.trips, "service", partly_damaged)
    result = look_up_trip([one], G1)
    assert ("listed", ("One",)) == (result.status, result.unreadable)
