import json
from datetime import timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from exposure_index import errors
from exposure_index.crypto.canonical_json import canonical_bytes
from exposure_index.crypto.keys import KeyRing
from exposure_index.crypto.trust import Signer
from exposure_index.errors import IndexDamaged
from exposure_index.files.manifest import Manifest
from exposure_index.identity.canonical import Identity
from exposure_index.lookup import open_index
from exposure_index.lookup.canary import canary_identity
from exposure_index.lookup.open_index import OpenIndex
from exposure_index.publishing.publication import publish


def rewritten(site, **changes) -> None:
    """Change fields of the current manifest and sign them rightly."""
    file = site.out / "current" / "manifest.json"
    document = {**json.loads(file.read_bytes()), **changes, "signatures": {}}
    signer = Signer(site.keys.bytes("signing"))
    message = Manifest.from_document(document).signed_bytes()
    document["signatures"] = {signer.id: signer.signature(message)}
    file.unlink()
    file.write_bytes(canonical_bytes(document))


def test_who_is_listed_is_found_and_nobody_else(published_once, sample):
    index = published_once.open()
    assert [(sample.label(),)] * len(sample.listed) == [index.labels(p) for p in sample.listed]
    assert [()] * len(sample.unlisted) == [index.labels(p) for p in sample.unlisted]


def test_another_name_with_a_listed_number_is_not_found(published_once, sample):
    assert () == published_once.open().labels(Identity(sample.listed[0].document, "BBO"))


def test_a_document_entered_without_name_is_found_under_every_name(site, sample):
    nameless = Identity("XX9999999", "")
    site.publish_build([(nameless.encode_document(), sample.label())])
    assert (sample.label(),) == site.open().labels(Identity("XX9999999", "ANYNAM"))


def test_both_entries_of_a_person_are_given(site, sample):
    who, two = sample.person(1), sample.label(trip="XX2")
    site.publish_build([(who.encode(), sample.label()), (who.encode_document(), two)])
    assert (sample.label(), two) == site.open().labels(who)


def test_one_build_can_be_opened_by_its_own_directory(published_once, sample):
    build = (published_once.out / "current").resolve()
    index = OpenIndex.open(build, published_once.keys, published_once.trust, now=sample.now)
    assert build.name == index.manifest.build_id


def test_a_candidate_is_refused(site, sample):
    build_id = site.candidate()
    with pytest.raises(errors.SignatureRefused):
        OpenIndex.open(site.out / build_id, site.keys, site.trust, now=sample.now)
    with pytest.raises(errors.Malformed):
        site.open()


def test_an_index_is_refused_from_its_last_moment_on(published_once, sample):
    published_once.open(sample.now + timedelta(hours=47, minutes=59))
    with pytest.raises(errors.Expired):
        published_once.open(sample.now + timedelta(hours=48))


def test_a_lower_seq_than_seen_before_is_refused(published_once):
    published_once.open(minimum_seq=1)
    with pytest.raises(errors.RolledBack):
        published_once.open(minimum_seq=2)


def test_another_key_is_refused(copied, sample, tmp_path):
    other = sample.site_at(tmp_path / "other").keys
    with pytest.raises(errors.KeyRefused):
        OpenIndex.open(copied.out, other, copied.trust, now=sample.now)


def test_no_key_is_refused(copied, sample):
    none = KeyRing.from_directory(None, {})
    with pytest.raises(errors.KeyRefused, match="root_plain"):
        OpenIndex.open(copied.out, none, copied.trust, now=sample.now)


def test_another_signer_is_refused(copied, sample, tmp_path):
    other = sample.site_at(tmp_path / "other").trust
    with pytest.raises(errors.SignatureRefused):
        OpenIndex.open(copied.out, copied.keys, other, now=sample.now)


def test_other_identity_rules_are_refused(copied):
    rewritten(copied, identity="00" * 32)
    with pytest.raises(errors.IdentityTableRefused):
        copied.open()


def test_another_reading_of_trip_numbers_takes_trips_away_and_nobody(copied, sample):
    rewritten(copied, reading="00" * 32)
    index = copied.open()
    assert (False, None) == (index.reads_trips, index.trips)
    assert 1 == len(index.labels(sample.listed[0]))


def test_a_manifest_of_the_first_edition_is_refused_with_the_way_out(copied):
    file = copied.out / "current" / "manifest.json"
    document = json.loads(file.read_bytes())
    del document["reading"]
    write(file, canonical_bytes(document))
    with pytest.raises(errors.EarlierEdition, match="build the index again"):
        copied.open()


def test_a_signed_manifest_of_another_build_is_refused(copied):
    rewritten(copied, build_id="00" * 16)
    with pytest.raises(errors.Malformed):
        copied.open()


def test_a_signed_manifest_of_another_key_is_refused(copied):
    rewritten(copied, key_id="00" * 8)
    with pytest.raises(errors.KeyRefused):
        copied.open()


def test_a_signed_manifest_without_the_index_is_refused(copied):
    rewritten(copied, files={})
    with pytest.raises(errors.Malformed):
        copied.open()


def test_unknown_fields_are_tolerated(copied, sample):
    rewritten(copied, later={"field": "value"})
    assert 1 == len(copied.open().labels(sample.listed[0]))


def test_every_file_of_the_manifest_is_checked(copied):
    files = json.loads((copied.out / "current" / "manifest.json").read_bytes())["files"]
    rewritten(copied, files={**files, "more.json": "00" * 32})
    with pytest.raises(errors.ChecksumRefused, match="cannot be read"):
        copied.open()
    (copied.out / "current" / "more.json").write_text("{}")
    with pytest.raises(errors.ChecksumRefused, match="signed"):
        copied.open()


def test_a_lookup_that_misses_the_canary_is_refused(copied, monkeypatch):
    monkeypatch.setattr(open_index, "canary_identity", lambda _: Identity("NOBODY", "NOBODY"))
    with pytest.raises(errors.CanaryRefused):
        copied.open()


def test_the_canary_is_found_under_both_entries(published_once):
    index = published_once.open()
    assert index.canary_found()
    assert 2 == len(index.labels(canary_identity(index.manifest.build_id)))


@pytest.mark.parametrize("missing", ["manifest.json", "plain.idx"])
def test_a_missing_file_is_refused(copied, missing):
    (copied.out / "current" / missing).unlink()
    with pytest.raises(errors.Refused):
        copied.open()


def test_a_directory_without_index_is_refused(site, sample, tmp_path):
    for path in (tmp_path, tmp_path / "absent"):
        with pytest.raises(errors.Malformed):
            OpenIndex.open(path, site.keys, site.trust, now=sample.now)


def test_a_link_to_nothing_is_refused(copied):
    (copied.out / "current").unlink()
    (copied.out / "current").symlink_to("gone")
    with pytest.raises(errors.Malformed):
        copied.open()


def in_other_bytes(data: bytes, at: int, change: int) -> bytes:
    return data[:at] + bytes([data[at] ^ change]) + data[at + 1 :]


@settings(
    max_examples=250,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture],
)
@given(st.data())
def test_any_changed_cut_or_added_byte_is_refused_or_changes_no_answer(copied, sample, data):
    name = data.draw(st.sampled_from(["manifest.json", "plain.idx"]))
    file = (copied.out / "current").resolve() / name
    right = file.read_bytes()
    wrong = data.draw(
        st.builds(
            in_other_bytes, st.just(right), st.integers(0, len(right) - 1), st.integers(1, 255)
        )
        | st.integers(0, len(right) - 1).map(lambda length: right[:length])
        | st.binary(min_size=1, max_size=5000).map(lambda more: right + more)
    )
    try:
        write(file, wrong)
        index = copied.open()
    except errors.Refused:
        return
    finally:
        write(file, right)
    assert [(sample.label(),)] * len(sample.listed) == [index.labels(p) for p in sample.listed]


def write(file, data):
    file.unlink(missing_ok=True)
    file.write_bytes(data)


@settings(
    max_examples=100,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture],
)
@given(st.integers(0, 10**6), st.integers(1, 255))
def test_a_byte_changed_after_opening_is_damage_or_changes_no_answer(copied, sample, at, change):
    file = (copied.out / "current").resolve() / "plain.idx"
    right = file.read_bytes()
    at %= len(right)
    index = copied.open()
    file.chmod(0o644)
    with file.open("r+b") as disk:
        disk.seek(at)
        disk.write(bytes([right[at] ^ change]))
    try:
        for who in (*sample.listed, *sample.unlisted):
            expected = (sample.label(),) if who in sample.listed else ()
            try:
                assert expected == index.labels(who)
            except IndexDamaged:
                continue
    finally:
        index.close()
        write(file, right)


def test_a_damaged_canary_page_is_noticed_after_opening(copied):
    index = copied.open()
    file = (copied.out / "current").resolve() / "plain.idx"
    file.chmod(0o644)
    with file.open("r+b") as disk:
        for page in range(1, file.stat().st_size // 4096):
            disk.seek(page * 4096)
            disk.write(b"\0\0")
    assert not index.canary_found()


def test_a_closed_index_gives_no_answer(published_once, sample):
    index = published_once.open()
    index.close()
    with pytest.raises(IndexDamaged):
        index.labels(sample.listed[0])


def test_nothing_that_opens_shows_a_key(published_once):
    index = published_once.open()
    text = repr(index) + repr(vars(index))
    assert published_once.keys.bytes("root_plain").hex() not in text
    assert "_Opener(" not in text


def test_a_switch_during_opening_does_not_mix_two_builds(site, sample, monkeypatch):
    early = site.publish_build()
    late = site.candidate()
    monkeypatch.setattr(
        "exposure_index.lookup.open_index.open_build_files", _switch_first(site, late, sample)
    )
    assert early == site.open().manifest.build_id
    monkeypatch.undo()
    assert late == site.open().manifest.build_id


def _switch_first(site, late, sample):
    original, done = open_index.open_build_files, []

    def checked(build, manifest, page_key):
        if not done:
            done.append(True)
            publish(site.out, late, site.keys, now=sample.now)
        return original(build, manifest, page_key)

    return checked
