"""An index published when the format was fixed is read, and written today byte for byte."""

from datetime import timedelta

import pytest

from exposure_index import errors
from exposure_index.identity.canonical import Identity
from exposure_index.lookup.check import look_up_exposures
from exposure_index.lookup.open_index import OpenIndex
from exposure_index.publishing.verification import verify


def files(folder):
    return {
        str(path.relative_to(folder)): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file() and path.name != ".lock"
    }


@pytest.fixture(scope="module")
def opened(frozen, frozen_index, frozen_keys):
    keys, trust = frozen_keys
    return OpenIndex.open(frozen_index, keys, trust, now=frozen.NOW)


def test_the_frozen_index_passes_every_check(frozen_index, frozen_keys):
    assert "plain.idx: 121 entries, every page checked" in verify(frozen_index, *frozen_keys)


def test_everyone_in_the_frozen_index_is_found(frozen, opened):
    assert [(frozen.LABEL,)] * len(frozen.LISTED) == [opened.labels(p) for p in frozen.LISTED]
    assert (frozen.LABEL,) == opened.labels(Identity(frozen.NAMELESS.document, "ANYNAM"))
    assert () == opened.labels(Identity("XX8000000", "AAAILNSV"))


def test_the_frozen_index_answers_as_it_did(frozen, opened):
    answered = look_up_exposures([opened], frozen.LISTED[0])
    told = [
        (trip.tier.word, trip.mode.word, trip.number, str(trip.service_date), trip.relation.word)
        for trip in answered.exposures
    ]
    assert [
        ("close", "flight", "XX1234", "2020-02-01", "neighbouring"),
        ("general", "train", "豫K1234", "2020-02-03", "same_vehicle"),
    ] == told
    assert {"nhc-2020-03"} == {trip.rule for trip in answered.exposures}
    assert ["2020-02-15", "2020-02-17"] == [str(trip.observe_until) for trip in answered.exposures]


def test_the_same_build_is_written_today_byte_for_byte(frozen, frozen_index, frozen_keys, tmp_path):
    frozen.make_index(tmp_path / "out", frozen_keys[0])
    assert files(frozen_index) == files(tmp_path / "out")


def test_the_frozen_index_expires(frozen, frozen_index, frozen_keys):
    keys, trust = frozen_keys
    with pytest.raises(errors.Expired):
        OpenIndex.open(frozen_index, keys, trust, now=frozen.NOW + timedelta(hours=48))
