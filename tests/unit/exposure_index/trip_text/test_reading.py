import json
from hashlib import sha256

import pytest

from exposure_index.trip_text.airlines import AIRLINES_PATH
from exposure_index.trip_text.modes import MODES
from exposure_index.trip_text.plates import modes_of
from exposure_index.trip_text.reading import READING_HASH, READING_PATH
from exposure_index.trip_text.service_numbers import mode_by_shape, numbers

VECTORS = json.loads(READING_PATH.read_text("utf-8"))


def test_a_manifest_names_the_vectors_by_their_hash():
    assert sha256(READING_PATH.read_bytes()).hexdigest() == READING_HASH


def test_each_vector_names_a_source_and_each_source_has_one():
    assert set(VECTORS["sources"]) == {vector["source"] for vector in VECTORS["numbers"]}


@pytest.mark.parametrize("source", VECTORS["sources"])
def test_cells_are_read_as_the_vectors_say(source):
    vectors = [vector for vector in VECTORS["numbers"] if vector["source"] == source]
    assert vectors == [
        {**vector, "numbers": list(numbers(vector["mode"], vector["text"]))} for vector in vectors
    ]


def test_what_was_read_is_read_the_same_again():
    read = [
        (vector["mode"], number) for vector in VECTORS["numbers"] for number in vector["numbers"]
    ]
    assert [] == [(mode, number) for mode, number in read if number not in numbers(mode, number)]


def test_a_number_is_known_under_the_modes_that_the_vectors_say():
    vectors = VECTORS["modes_of"]
    assert vectors == [
        {**vector, "modes": list(modes_of(vector["mode"], vector["number"]))} for vector in vectors
    ]


def test_a_number_without_a_mode_is_taken_for_what_the_vectors_say():
    vectors = VECTORS["mode_by_shape"]
    assert vectors == [
        {**vector, "mode": mode_by_shape(vector["text"]) or ""} for vector in vectors
    ]


def test_every_mode_has_a_vector():
    assert set(MODES) == {vector["mode"] for vector in VECTORS["numbers"]}


def test_the_vectors_name_the_table_of_airlines_by_its_hash():
    assert sha256(AIRLINES_PATH.read_bytes()).hexdigest() == VECTORS["airlines_sha256"]
