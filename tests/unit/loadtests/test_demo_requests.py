"""What benchmarks ask."""

import csv

import pytest

from loadtests import demo_requests


@pytest.fixture
def demo(tmp_path):
    listed = [
        {"id_type": "passport", "id_number": "E1", "name": "ANA", "expected_status": "exposed"}
    ]
    trips = [{"id": "1", "number": "Z11/Z14", "date": "2019-12-27"}] * 4
    (tmp_path / "source").mkdir()
    for path, rows in (("people.csv", listed), ("source/notices.csv", trips)):
        with (tmp_path / path).open("w", encoding="utf-8", newline="") as file:
            writer = csv.DictWriter(file, rows[0])
            writer.writeheader()
            writer.writerows(rows)
    return tmp_path


def test_each_tenth_person_is_of_the_demo_and_all_others_are_different(demo):
    people = demo_requests.people(30, demo)
    numbers = [person["id_number"] for person in people]
    assert ["E1", "E1", "E1"] == numbers[::10]
    assert 27 == len(set(numbers) - {"E1"})
    assert {"id_type", "id_number", "name"} == set(people[0]) == set(people[1])


def test_a_third_of_the_trips_are_published_by_nobody(demo):
    numbers = [trip["number"] for trip in demo_requests.trips(demo)]
    assert ["G1", "Z11/Z14", "Z11/Z14", "G4"] == numbers


def test_the_file_nearest_in_size_stands_beside_a_page(tmp_path):
    for name, size in (("a.js", 100), ("b.css", 9_000), ("c.js.br", 10_000), ("d.wasm", 90_000)):
        (tmp_path / name).write_bytes(bytes(size))
    assert ("/bundle/b.css", 9_000) == demo_requests.asset_of_size(10_000, tmp_path)
    assert "/bundle/d.wasm" == demo_requests.largest_asset(tmp_path)
