import json
import os
from datetime import UTC, datetime, timedelta, timezone

import pytest

from exposure_index.errors import Malformed
from exposure_index.files.manifest import Manifest, size_class, utc_text


@pytest.fixture(scope="module")
def document(published_once) -> dict:
    return json.loads((published_once.out / "current" / "manifest.json").read_bytes())


def test_a_published_manifest_tells_what_it_should(document, sample):
    manifest = Manifest.from_document(document)
    assert "Test City" == manifest.authority
    assert 1 == manifest.seq
    assert "" == manifest.previous
    assert sample.now == manifest.built_at
    assert sample.now + timedelta(hours=48) == manifest.valid_until
    assert 150_000 == manifest.size_class
    assert ["plain.idx"] == list(manifest.files)
    assert "2020-02-10T08:00:00Z" == document["built_at"]


def test_unknown_fields_are_kept_and_signed(document):
    manifest = Manifest.from_document({**document, "later": {"field": 1}})
    assert {"field": 1} == manifest.document["later"]
    assert b"later" in manifest.signed_bytes()
    assert b"signatures" not in manifest.signed_bytes()


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("authority", ""),
        ("authority", 5),
        ("seq", 0),
        ("seq", True),
        ("seq", 2**53),
        ("build_id", "00" * 15),
        ("build_id", "AA" * 16),
        ("built_at", "2020-02-30T00:00:00Z"),
        ("valid_until", "2020-02-10T08:00:00+08:00"),
        ("oldest_source", "2020-2-1T8:0:0Z"),
        ("rules", []),
        ("coverage", {}),
        ("size_class", "150000"),
        ("identity", "00"),
        ("reading", "00"),
        ("key_id", "00" * 9),
        ("files", {"../plain.idx": "00" * 32}),
        ("files", {"plain.idx": "00"}),
        ("files", {"plain.idx": 1}),
        ("previous", "00"),
        ("signatures", {"xx": "00"}),
        ("signatures", None),
    ],
)
def test_another_shape_is_refused_and_the_field_named(document, field, value):
    with pytest.raises(Malformed, match=field):
        Manifest.from_document({**document, field: value})
    with pytest.raises(Malformed, match="earlier edition" if field == "reading" else field):
        Manifest.from_document({k: v for k, v in document.items() if k != field})


@pytest.mark.parametrize("names", ["measles", [7], ["a\nb"], [""], ["x" * 61], None])
def test_diseases_of_another_shape_are_refused(document, names):
    with pytest.raises(Malformed, match="unruled"):
        Manifest.from_document({**document, "unruled": names})


def test_diseases_that_are_left_out_are_named_and_none_need_be(document):
    both = [document, {**document, "unruled": ["measles", "麻风-x"]}]
    assert [(), ("measles", "麻风-x")] == [Manifest.from_document(each).unruled for each in both]


def test_a_manifest_expires_at_its_last_moment(document, sample):
    manifest = Manifest.from_document(document)
    assert not manifest.expired(sample.now + timedelta(hours=48, seconds=-1))
    assert manifest.expired(sample.now + timedelta(hours=48))


def test_a_rule_is_named_by_its_number_or_stays_a_number(document):
    manifest = Manifest.from_document(document)
    assert "nhc-2020-03" == manifest.rule_name(3)
    assert "77" == manifest.rule_name(77)


@pytest.mark.parametrize(
    ("entries", "bound"),
    [
        (0, 150_000),
        (150_000, 150_000),
        (150_001, 1_500_000),
        (15_000_001, 150_000_000),
        (10**9, 150_000_000),
    ],
)
def test_the_size_is_told_as_a_bound(entries, bound):
    assert bound == size_class(entries)


def test_times_are_told_in_utc():
    eight_east = timezone(timedelta(hours=8))
    assert "2020-02-10T00:00:00Z" == utc_text(datetime(2020, 2, 10, 8, tzinfo=eight_east))
    assert "2020-02-10T08:00:00Z" == utc_text(datetime(2020, 2, 10, 8, tzinfo=UTC))


@pytest.mark.parametrize(
    "value", ["\ud800", {"a": 2**60}, {"\udfff": 1}], ids=["value", "number", "name"]
)
def test_what_has_no_canonical_form_is_malformed(document, value):
    with pytest.raises(Malformed):
        Manifest.parse(json.dumps({**document, "later": value}).encode())


def test_what_is_nested_without_end_is_malformed(document):
    nested = '{"later":' + "[" * 5000 + "]" * 5000 + "," + json.dumps(document)[1:]
    with pytest.raises(Malformed):
        Manifest.parse(nested.encode())


def test_a_pipe_in_the_place_of_a_manifest_is_malformed(tmp_path):
    os.mkfifo(tmp_path / "manifest.json")
    with pytest.raises(Malformed):
        Manifest.load(tmp_path / "manifest.json")


def test_a_manifest_beyond_its_limit_is_malformed_and_not_read(tmp_path):
    file = tmp_path / "manifest.json"
    file.touch()
    os.truncate(file, 1 << 40)
    with pytest.raises(Malformed):
        Manifest.load(file)
