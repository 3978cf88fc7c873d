"""A bucket in the browser: its number, its proof, the label in it."""

from datetime import date

import pytest

from exposure_index.crypto.keyed_hash import seal_entry
from exposure_index.identity.canonical import Identity
from exposure_index.label.model import Exposure, Label, Mode, Relation, Tier
from exposure_index.private.bucket import PrivateIndex
from exposure_index.private.bucket_files import bucket_path, write_buckets
from exposure_index.private.evaluation import PrivateKey
from exposure_index.private.outputs import bucket_number, entry_material, place

BUILD_ID = bytes(range(16))
KEY = PrivateKey.derive(1, bytes(range(32)))
LISTED = Identity("X00000017", "AAAILNSV")
UNLISTED = Identity("X00000025", "AAAILNSV")
OTHER_NAME = Identity("X00000017", "甲乙")
WRONG_NAME = Identity("X00000017", "BO")
UNTIL = date(2020, 2, 5)
TRAIN = Exposure(Mode.TRAIN, Tier.CLOSE, 3, Relation.SAME_ROW, date(2020, 1, 22), 8, "G1234", UNTIL)
COACH = Exposure(Mode.COACH, Tier.GENERAL, 200, Relation.CREW, date(2019, 1, 1), 255, "粤B00000")
LABEL = Label.of([TRAIN, COACH, COACH])
NAMELESS = Label.of([TRAIN._replace(observe_until=None)])
LABEL_OF_OTHER_NAME = Label.of([COACH])
EPOCH = date(1970, 1, 1)


def as_bytes(data):
    return {"hex": data.hex()}


NOBODY = as_bytes(KEY.output(b"nobody"))


def told(label):
    """Return a label as the browser tells it."""

    def days(day):
        return None if day is None else (day - EPOCH).days

    return {
        "exposures": [
            {
                "mode": each.mode.word,
                "tier": each.tier.word,
                "rule": each.rule,
                "relation": each.relation.word,
                "day": days(each.day),
                "observeUntil": days(each.observe_until),
                "carriage": each.carriage,
                "trip": each.trip,
            }
            for each in label.exposures
        ],
        "total": label.total,
    }


@pytest.fixture(scope="module")
def written(tmp_path_factory):
    build = tmp_path_factory.mktemp("build")
    placed = []
    for encoded, label in [
        (LISTED.encode(), LABEL),
        (OTHER_NAME.encode(), LABEL_OF_OTHER_NAME),
        (LISTED.encode_document(), NAMELESS),
        (Identity("X0000033", "ANA").encode(), LABEL),
    ]:
        material = entry_material(KEY.output(encoded), BUILD_ID)
        where = place(KEY.output(LISTED.encode_document()))
        placed.append(where + seal_entry(material, label.pack(), BUILD_ID))
    return build, write_buckets(build, BUILD_ID, 150_000, lambda: sorted(placed))


def manifest_of(index: PrivateIndex):
    return {
        "buildId": as_bytes(index.build_id),
        "log2Buckets": index.parameters.log2_buckets,
        "bucketEntries": index.parameters.bucket_entries,
        "root": as_bytes(index.root),
    }


def outputs_of(document, *names):
    """Return outputs as the browser holds them: of the document, and of it with each of two names.

    Nobody's output stands for a second name that was not given.
    """
    return {"document": as_bytes(document), "identities": [*map(as_bytes, names), NOBODY][:2]}


def question(written, *identities):
    """Return the arguments of a look into the bucket of a document with one name or two."""
    build, index = written
    document = KEY.output(identities[0].encode_document())
    outputs = outputs_of(document, *(KEY.output(each.encode()) for each in identities))
    number = bucket_number(place(document), index.parameters.log2_buckets)
    return bucket_path(build, number).read_bytes(), outputs, manifest_of(index), number


def test_the_bucket_is_that_of_the_builder(in_browser, written):
    for identity in (LISTED, UNLISTED):
        _, outputs, manifest, number = question(written, identity)
        (answer,) = in_browser([("bucketNumber", [outputs, manifest["log2Buckets"]])])
        assert number == answer["returned"]


@pytest.mark.parametrize("log2", [9, 12, 14, 17, 24])
def test_the_bucket_number_keeps_its_top_bits_at_every_size(in_browser, log2):
    outputs = outputs_of(KEY.output(b"anything"), bytes(64))
    (answer,) = in_browser([("bucketNumber", [outputs, log2])])
    assert bucket_number(place(KEY.output(b"anything")), log2) == answer["returned"]


def test_the_entries_of_name_and_document_are_opened(in_browser, written):
    data, outputs, manifest, _ = question(written, LISTED)
    (answer,) = in_browser([("labelsIn", [as_bytes(data), outputs, manifest])])
    assert [told(LABEL), told(NAMELESS)] == answer["returned"]


def test_an_entry_under_the_second_name_is_opened(in_browser, written):
    data, outputs, manifest, _ = question(written, WRONG_NAME, OTHER_NAME)
    (answer,) = in_browser([("labelsIn", [as_bytes(data), outputs, manifest])])
    assert [told(LABEL_OF_OTHER_NAME), told(NAMELESS)] == answer["returned"]


def test_entries_under_both_names_are_opened(in_browser, written):
    data, outputs, manifest, _ = question(written, LISTED, OTHER_NAME)
    (answer,) = in_browser([("labelsIn", [as_bytes(data), outputs, manifest])])
    assert [told(LABEL), told(LABEL_OF_OTHER_NAME), told(NAMELESS)] == answer["returned"]


def test_nobody_is_found_where_nobody_is_listed(in_browser, written):
    data, outputs, manifest, _ = question(written, UNLISTED)
    (answer,) = in_browser([("labelsIn", [as_bytes(data), outputs, manifest])])
    assert [] == answer["returned"]


def test_a_bucket_changed_anywhere_is_no_answer(in_browser, written):
    data, outputs, manifest, _ = question(written, LISTED)
    entries_end = len(data) - 32 * manifest["log2Buckets"]
    places = [0, 8, 24, 28, 32, 5_000, entries_end - 1, entries_end, len(data) - 1]
    changed = []
    for at in places:
        copy = bytearray(data)
        copy[at] ^= 0x10
        changed.append(bytes(copy))
    changed += [b"", data[:-32], data[:-1], data + bytes(32), data[80:]]
    calls = [("labelsIn", [as_bytes(each), outputs, manifest]) for each in changed]
    for field, value in [
        ("buildId", as_bytes(bytes(16))),
        ("root", as_bytes(bytes(32))),
        ("bucketEntries", manifest["bucketEntries"] - 16),
        ("log2Buckets", 10),
    ]:
        calls.append(("labelsIn", [as_bytes(data), outputs, {**manifest, field: value}]))
    other = question(written, UNLISTED)[0]
    calls.append(("labelsIn", [as_bytes(other), outputs, manifest]))
    assert {"CannotAnswer"} == {answer.get("thrown") for answer in in_browser(calls)}


@pytest.mark.parametrize(
    "content",
    [
        b"\x01" + bytes(47),  # a label of the first edition
        b"\x03" + bytes(47),
        b"\x02\x00" + b"\x01" * 46,
        b"\x02\x01" + b"\xff" * 46,
        b"\x02\x01\x13" + bytes(45),  # a tier too far
        b"\x02\x01\x81" + bytes(45),  # a mode too far
    ],
)
def test_an_entry_that_opens_to_no_label_is_no_answer(in_browser, tmp_path, content):
    output = KEY.output(LISTED.encode())
    entry = seal_entry(entry_material(output, BUILD_ID), content, BUILD_ID)
    where = place(KEY.output(LISTED.encode_document()))
    index = write_buckets(tmp_path, BUILD_ID, 150_000, lambda: [where + entry])
    data, outputs, manifest, _ = question((tmp_path, index), LISTED)
    (answer,) = in_browser([("labelsIn", [as_bytes(data), outputs, manifest])])
    assert "CannotAnswer" == answer.get("thrown")


def test_labels_are_read_as_the_service_reads_them(in_browser):
    extra = [TRAIN._replace(carriage=carriage) for carriage in (201, 254)]
    labels = [LABEL, NAMELESS, Label((), 0), Label.of([TRAIN] * 300), Label.of(extra)]
    answers = in_browser([("unpackedLabel", [as_bytes(label.pack())]) for label in labels])
    assert [told(label) for label in labels] == [answer["returned"] for answer in answers]
