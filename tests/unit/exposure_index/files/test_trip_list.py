from datetime import date, timedelta
from hashlib import sha256
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from exposure_index.files import service_days
from exposure_index.files.positioned_file import PositionedFile
from exposure_index.files.published_trip import PublishedTrip, ServiceTrips, day_key, service_key
from exposure_index.files.service_days import Knowledge
from exposure_index.files.trip_list import (
    BLOCK_BYTES,
    TripList,
    TripListChanged,
    TripListDamaged,
    TripListFacts,
    TripListMalformed,
    write_trip_list,
)

DAY = date(2020, 1, 20)
FACTS = TripListFacts("ab" * 16, published=True)
TRIP = PublishedTrip("train", "Z11/Z14", DAY, carriage="10", board="长沙", alight="沈阳北")
Z11 = ServiceTrips(("Z11", "Z14"), (DAY,), {DAY: (TRIP,)})
MANY = 3_000


def records():
    yield day_key(DAY, "train"), ["Z11/Z14"]
    for number in range(MANY):
        days = tuple(DAY + timedelta(days=day) for day in range(number % 4))
        service = ServiceTrips((f"G{number:05}",), days, {})
        yield service_key("train", f"G{number:05}"), service.as_json()
    yield service_key("train", "Z11"), Z11.as_json()


@pytest.fixture
def file(tmp_path) -> Path:
    path = tmp_path / "trips.idx"
    with path.open("wb") as target:
        assert MANY + 2 == write_trip_list(target, FACTS, records())
    return path


def open_list(path: Path) -> TripList:
    with path.open("rb") as file:
        return TripList(file, sha256(path.read_bytes()).hexdigest())


def test_every_record_is_found_again(file):
    trips = open_list(file)
    assert (MANY + 2, FACTS) == (trips.check_all(), trips.facts)
    assert Z11 == trips.service("train", "Z11")
    assert ("Z11/Z14",) == trips.published_on(DAY, "train")
    for number in range(MANY):
        service = trips.service("train", f"G{number:05}")
        assert service is not None
        assert number % 4 == len(service.passenger_list_days)


def test_from_and_to_of_what_is_published_are_in_memory(file):
    trips = open_list(file)
    assert ("长沙", "沈阳北") == trips.places().find("train", "Z11", DAY)
    trips.close()
    assert ("", "") == trips.places().find("train", "G00001", DAY)


def test_a_published_trip_of_another_shape_is_damage(tmp_path):
    path = tmp_path / "trips.idx"
    broken = {**Z11.as_json(), "trips": {DAY.isoformat(): ["no notice"]}}
    with path.open("wb") as target:
        write_trip_list(target, FACTS, [(service_key("train", "Z11"), broken)])
    with pytest.raises(TripListDamaged):
        open_list(path).places()


@pytest.mark.parametrize(
    ("mode", "number"),
    [("train", "G"), ("train", "G00000 "), ("flight", "Z11"), ("train", "Z999"), ("bus", "1")],
)
def test_a_number_that_is_not_there_is_none(file, mode, number):
    assert open_list(file).service(mode, number) is None


def test_nothing_was_published_on_another_day(file):
    assert () == open_list(file).published_on(DAY + timedelta(days=1), "train")


def test_a_text_of_a_notice_cannot_pass_for_a_record(tmp_path):
    false = '\n["s train G1",{"numbers":[],"held":[],"trips":{}}]'
    service = ServiceTrips(("G0",), (), {DAY: (PublishedTrip("train", "G0", DAY, source=false),)})
    with (tmp_path / "trips.idx").open("wb") as target:
        write_trip_list(target, FACTS, [(service_key("train", "G0"), service.as_json())])
    trips = open_list(tmp_path / "trips.idx")
    assert trips.service("train", "G1") is None
    assert service == trips.service("train", "G0")


def test_damage_after_opening_is_no_miss(file):
    trips = open_list(file)
    with file.open("r+b") as target:
        target.seek(BLOCK_BYTES // 2)
        target.write(b"\0")
    with pytest.raises(TripListDamaged, match="checksum"):
        trips.service("train", "G00001")
    assert Z11 == trips.service("train", "Z11")
    with pytest.raises(TripListDamaged):
        trips.check_all()


def test_a_file_cut_after_opening_is_no_miss(file):
    trips = open_list(file)
    with file.open("r+b") as target:
        target.truncate(4096)
    with pytest.raises(TripListDamaged, match="ends before"):
        trips.service("train", "Z999")


def test_a_closed_file_is_no_miss(file):
    trips = open_list(file)
    trips.close()
    with pytest.raises(TripListDamaged, match="cannot be read"):
        trips.service("train", "Z999")


@given(st.binary(max_size=200))
def test_bytes_that_are_no_list_are_refused(tmp_path_factory, data):
    path = tmp_path_factory.mktemp("bytes") / "trips.idx"
    path.write_bytes(data)
    with pytest.raises(TripListMalformed):
        open_list(path)


def test_a_list_without_its_end_is_refused(file):
    file.write_bytes(file.read_bytes()[:-1])
    with pytest.raises(TripListMalformed):
        open_list(file)


@pytest.mark.parametrize("keys", [("b", "a"), ("a", "a")])
def test_records_out_of_order_are_not_written(tmp_path, keys):
    with (tmp_path / "trips.idx").open("wb") as target, pytest.raises(ValueError, match="sorted"):
        write_trip_list(target, FACTS, [(key, []) for key in keys])


def test_an_empty_list_is_one(tmp_path):
    with (tmp_path / "trips.idx").open("wb") as target:
        write_trip_list(target, TripListFacts("ab" * 16, published=False), [])
    trips = open_list(tmp_path / "trips.idx")
    assert (0, None) == (trips.check_all(), trips.service("train", "G1"))


def test_a_list_that_is_whole_but_not_the_signed_one_is_refused(file, tmp_path):
    signed = sha256(file.read_bytes()).hexdigest()
    with file.open("wb") as target:
        write_trip_list(target, FACTS, [])
    with file.open("rb") as other, pytest.raises(TripListChanged):
        TripList(other, signed)


def test_a_list_rewritten_behind_its_checksum_stays_the_signed_one(file, monkeypatch):
    """Whoever rewrites the file while it is opened gains nothing: no byte of it is read twice."""
    data = file.read_bytes()
    read, places = PositionedFile.read, []
    monkeypatch.setattr(
        PositionedFile,
        "read",
        lambda self, place, length: places.append((place, length)) or read(self, place, length),
    )
    open_list(file)
    assert len(data) == sum(length for _, length in places)
    assert sorted({at for place, length in places for at in range(place, place + length)}) == list(
        range(len(data))
    )


def test_a_list_rewritten_in_place_is_no_miss(file):
    trips = open_list(file)
    with file.open("r+b") as target:
        target.truncate(0)
        write_trip_list(target, FACTS, [(service_key("train", "A1"), Z11.as_json())])
    with pytest.raises(TripListDamaged):
        trips.service("train", "Z11")
    with pytest.raises(TripListDamaged):
        trips.service("train", "G00001")


def test_the_days_of_all_services_are_those_of_their_records(file):
    trips = open_list(file)
    days = trips.days()
    assert (MANY + 1, True) == (len(days.numbers("train")), days.is_whole)
    for number in ("Z11", *(f"G{number:05}" for number in range(8))):
        service = trips.service("train", number)
        for day in (DAY + timedelta(days=apart) for apart in range(-1, 5)):
            expected = (
                Knowledge.PUBLISHED
                if day in service.trips
                else Knowledge(day in service.passenger_list_days)
            )
            assert expected == days.on("train", number, day)


def test_the_days_are_read_once(file, monkeypatch):
    trips = open_list(file)
    days = trips.days()
    monkeypatch.setattr(TripList, "_block", None)  # whoever reads a block now fails
    assert days is trips.days()
    assert (True, False) == (trips.knows("train", "Z11"), trips.knows("train", "Z12"))


def test_where_days_are_known_in_part_the_list_itself_is_asked(file, monkeypatch):
    monkeypatch.setattr(service_days, "SERVICES_MAX", 1)
    trips = open_list(file)
    assert (True, False) == (trips.knows("train", "Z11"), trips.knows("train", "Z12"))


def test_days_of_a_list_that_was_damaged_cannot_be_read_and_nobody_tries_again(file, monkeypatch):
    trips = open_list(file)
    with file.open("r+b") as stream:
        stream.seek(100)
        stream.write(b"\0")
    with pytest.raises(TripListDamaged):
        trips.days()
    monkeypatch.setattr(TripList, "_block", None)
    with pytest.raises(TripListDamaged):
        trips.knows("train", "Z11")
