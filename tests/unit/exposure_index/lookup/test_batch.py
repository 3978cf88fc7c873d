"""Many identities at a time are answered as one by one."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from exposure_index.crypto.keys import KeyRing
from exposure_index.errors import IndexDamaged
from exposure_index.files.index_directory import build_directory
from exposure_index.files.manifest import MANIFEST_FILE, Manifest
from exposure_index.identity.canonical import Identity, IdentityClaim, claim_encodings
from exposure_index.label.codec import DAY_ZERO, LabelNumbers
from exposure_index.label.model import Exposure, Label, Mode, Relation, Tier
from exposure_index.lookup.batch import BuildDamaged, look_up_encoded
from exposure_index.lookup.canary import canary_identity
from exposure_index.lookup.check import NoIndex, look_up_exposures
from exposure_index.lookup.open_index import OpenIndex
from tests.fixtures.deployments import new_deployment

PEOPLE = 400
DOCUMENT_ALONE = 7


def label(number, authority=0):
    """Different labels: one or two exposures, close and general, observed and not."""

    def exposure(tier, days):
        day = DAY_ZERO.replace(year=2020) + (days % 40) * (DAY_ZERO.replace(day=2) - DAY_ZERO)
        until = day.replace(month=day.month + 1, day=1) if number % 3 else None
        return Exposure(Mode.TRAIN, tier, 3, Relation.SAME_CARRIAGE, day, 8, f"G{days}", until)

    tiers = (Tier.CLOSE, Tier.GENERAL) if (number + authority) % 2 else (Tier.GENERAL, Tier.CLOSE)
    return Label.of(
        [exposure(tier, number + at) for at, tier in enumerate(tiers)][: 1 + number % 2]
    )


def entries_of(authority):
    listed = [number for number in range(PEOPLE) if number % (2 + authority) == 0]
    for number in listed:
        identity = Identity(f"E99{number:05}", f"NM{number}")
        alone = number % DOCUMENT_ALONE == 0
        encoded = identity.encode_document() if alone else identity.encode()
        yield encoded, label(number, authority)


@pytest.fixture(scope="module")
def indexes(tmp_path_factory):
    """Two authorities, several pages each, some people in both."""
    root = tmp_path_factory.mktemp("batch")
    opened = []
    for authority, name in enumerate(("甲市", "乙市")):
        deployment = new_deployment(root / name, name)
        deployment.publish(entries=list(entries_of(authority)))
        keys = KeyRing.from_directory(deployment.web_keys)
        build = build_directory(deployment.index)
        opened.append(OpenIndex.open_unsigned(build, Manifest.load(build / MANIFEST_FILE), keys))
    return opened


claims = st.builds(
    IdentityClaim,
    st.integers(0, PEOPLE + 50).map("E99{:05}".format),
    st.lists(
        st.integers(0, PEOPLE + 50).map("NM{}".format), min_size=1, max_size=2, unique=True
    ).map(tuple),
)
people = st.one_of(
    claims, st.integers(0, PEOPLE + 50).map(lambda n: IdentityClaim(f"E99{n:05}", (f"NM{n}",)))
)


def look_up_many(indexes, identities):
    """Return what is listed of each, None where nothing is."""
    encoded, owners = [], []
    for place, each in enumerate(identities):
        one = claim_encodings(each.document, each.names)
        assert [*each.encode_names(), each.encode_document()] == one
        encoded += one
        owners += [place] * len(one)
    worst = look_up_encoded(indexes, encoded, owners)
    return [worst.get(place) for place in range(len(identities))]


def one_by_one(indexes, identity):
    result = look_up_exposures(indexes, identity)
    if not result.listed:
        return None
    until = [each.observe_until for each in result.exposures if each.observe_until]
    return result.exposures[0].tier, max(until, default=None)


def in_words(found):
    if found is None:
        return None
    day = found.observe_until and DAY_ZERO.toordinal() + found.observe_until
    return Tier(found.tier), type(DAY_ZERO).fromordinal(day) if day else None


@settings(max_examples=60)
@given(identities=st.lists(people, max_size=60), number=st.integers(1, 2))
def test_many_are_answered_as_one_by_one(indexes, identities, number):
    some = indexes[:number]
    expected = [one_by_one(some, each) for each in identities]
    assert expected == [in_words(each) for each in look_up_many(some, identities)]


def test_everybody_listed_is_found_at_once(indexes):
    identities = [IdentityClaim(f"E99{n:05}", (f"NM{n}",)) for n in range(PEOPLE)]
    expected = [one_by_one(indexes, each) for each in identities]
    assert expected == [in_words(each) for each in look_up_many(indexes, identities)]
    assert PEOPLE // 2 < sum(each is not None for each in expected)


def test_the_canary_is_found_as_one_by_one(indexes):
    one = canary_identity(indexes[0].manifest.build_id)
    canary = IdentityClaim(one.document, (one.name,))
    found = look_up_many(indexes[:1], [canary])
    assert (Tier.NONE, None) == in_words(found[0])
    assert "exposed" == look_up_exposures(indexes[:1], canary).status


def test_nobody_is_answered_about_without_an_index():
    with pytest.raises(NoIndex):
        look_up_many([], [IdentityClaim("E9900000", ("NM",))])


@pytest.mark.parametrize("offset", [0, 17, 3_999, 4_010, 4_095])
def test_a_damaged_page_leaves_nobody_answered(indexes, tmp_path, offset):
    deployment = new_deployment(tmp_path / "own", "丙市")
    deployment.publish(entries=list(entries_of(0)))
    keys = KeyRing.from_directory(deployment.web_keys)
    build = build_directory(deployment.index)
    index = OpenIndex.open_unsigned(build, Manifest.load(build / MANIFEST_FILE), keys)
    file = build / "plain.idx"
    file.chmod(0o600)
    content = bytearray(file.read_bytes())
    for page in range(1, len(content) // 4_096):
        content[page * 4_096 + offset] ^= 1
    file.write_bytes(content)
    with pytest.raises(BuildDamaged) as caught:
        look_up_many([indexes[0], index], [IdentityClaim("E9900000", ("NM",))])
    assert index.manifest.build_id == caught.value.build_id
    with pytest.raises(IndexDamaged):
        index.find_labels([b"\x02\x00\x01X"])


def test_labels_are_those_that_the_entries_hold(indexes):
    encoded = [encoded for encoded, _ in entries_of(0)]
    found = dict(indexes[0].find_labels([b"\x02\x00\x01X", *encoded]))
    assert {
        at: LabelNumbers.unpack(one.pack()) for at, (_, one) in enumerate(entries_of(0), 1)
    } == found
