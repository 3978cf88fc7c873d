import json
import shutil
from datetime import timedelta
from hashlib import sha256
from pathlib import Path

import pytest

from exposure_index import errors
from exposure_index.crypto.keys import KeyRing
from exposure_index.files.manifest import Manifest
from exposure_index.publishing.publication import publish, republish

LATER = timedelta(hours=10)


def second_signer(site) -> KeyRing:
    return KeyRing.from_directory(site.keys.directory / "signer_2", {})


def chain(site) -> list[dict]:
    return [json.loads(path.read_bytes()) for path in sorted((site.out / "manifests").iterdir())]


@pytest.fixture
def two_signers(tmp_path, sample):
    return sample.site_at(tmp_path, signers=2)


def test_one_signature_of_one_switches(site, sample):
    build_id = site.candidate()
    outcome = publish(site.out, build_id, site.keys, now=sample.now)
    assert (True, 1, 1, 1) == (
        outcome.switched,
        outcome.signatures,
        outcome.threshold,
        outcome.seq,
    )
    assert Path(build_id) == (site.out / "current").readlink()
    assert build_id == site.open().manifest.build_id


def test_every_manifest_names_the_one_before(site):
    site.publish_build()
    site.publish_build()
    site.publish_build()
    files = sorted((site.out / "manifests").iterdir())
    assert ["00000001.json", "00000002.json", "00000003.json"] == [file.name for file in files]
    hashes = [sha256(file.read_bytes()).hexdigest() for file in files]
    assert ["", *hashes[:-1]] == [manifest["previous"] for manifest in chain(site)]
    assert [1, 2, 3] == [manifest["seq"] for manifest in chain(site)]


def test_two_signers_must_both_sign(two_signers, sample):
    build_id = two_signers.candidate()
    first = publish(two_signers.out, build_id, two_signers.keys, now=sample.now)
    assert (False, 1, 2) == (first.switched, first.signatures, first.threshold)
    assert not (two_signers.out / "current").exists()
    second = publish(two_signers.out, build_id, second_signer(two_signers), now=sample.now)
    assert (True, 2) == (second.switched, second.signatures)
    assert build_id == two_signers.open().manifest.build_id


def test_the_same_signer_twice_is_no_second_signature(two_signers, sample):
    build_id = two_signers.candidate()
    publish(two_signers.out, build_id, two_signers.keys, now=sample.now)
    again = publish(two_signers.out, build_id, two_signers.keys, now=sample.now)
    assert (False, 1) == (again.switched, again.signatures)


def test_an_unsigned_candidate_is_chained_to_what_was_published_meanwhile(site, sample):
    early = site.candidate()
    site.publish_build()
    outcome = publish(site.out, early, site.keys, now=sample.now)
    assert (True, 2) == (outcome.switched, outcome.seq)
    assert early == site.open().manifest.build_id


def test_a_signed_candidate_overtaken_by_another_build_is_refused(two_signers, sample):
    early, late = two_signers.candidate(), two_signers.candidate()
    publish(two_signers.out, early, two_signers.keys, now=sample.now)
    for keys in (two_signers.keys, second_signer(two_signers)):
        publish(two_signers.out, late, keys, now=sample.now)
    with pytest.raises(errors.RolledBack):
        publish(two_signers.out, early, second_signer(two_signers), now=sample.now)
    assert late == two_signers.open().manifest.build_id


def test_publishing_twice_changes_nothing(site, sample):
    build_id = site.publish_build()
    again = publish(site.out, build_id, site.keys, now=sample.now)
    assert (True, 1) == (again.switched, again.seq)
    assert 1 == len(chain(site))


def test_publishing_an_earlier_build_is_refused(site, sample):
    early, late = site.publish_build(), site.publish_build()
    with pytest.raises(errors.RolledBack):
        publish(site.out, early, site.keys, now=sample.now)
    assert late == site.open().manifest.build_id


def test_an_expired_candidate_is_refused(site, sample):
    build_id = site.candidate()
    with pytest.raises(errors.Expired):
        publish(site.out, build_id, site.keys, now=sample.now + timedelta(hours=48))


@pytest.mark.parametrize("build_id", ["00" * 16, "../out", "", "current", "*"])
def test_what_is_no_build_is_refused(site, sample, build_id):
    site.publish_build()
    with pytest.raises(errors.Malformed):
        publish(site.out, build_id, site.keys, now=sample.now)


def test_a_stranger_cannot_sign(site, sample, tmp_path):
    build_id = site.candidate()
    other = sample.site_at(tmp_path / "other")
    folder = tmp_path / "mixed"
    folder.mkdir()
    for name, source in (("root_plain", site), ("trust.json", site), ("signing", other)):
        (folder / name).write_bytes((source.keys.directory / name).read_bytes())
    with pytest.raises(errors.SignatureRefused):
        publish(site.out, build_id, KeyRing.from_directory(folder, {}), now=sample.now)
    assert not (site.out / "current").exists()


def test_without_the_signing_key_nothing_is_published(site, sample, tmp_path):
    (tmp_path / "few").mkdir()
    (tmp_path / "few" / "trust.json").write_bytes((site.keys.directory / "trust.json").read_bytes())
    few, build_id = KeyRing.from_directory(tmp_path / "few", {}), site.candidate()
    with pytest.raises(errors.KeyRefused, match="signing"):
        publish(site.out, build_id, few, now=sample.now)


@pytest.mark.parametrize("name", ["plain.idx", "manifest.json"])
def test_a_damaged_candidate_is_not_signed(site, sample, name):
    build_id = site.candidate()
    file = site.out / build_id / name
    data = bytearray(file.read_bytes())
    data[len(data) // 2] ^= 1
    file.unlink()
    file.write_bytes(data)
    with pytest.raises(errors.Refused):
        publish(site.out, build_id, site.keys, now=sample.now)
    assert not (site.out / "current").exists()


def test_republishing_goes_back_under_a_higher_seq_and_its_own_age(site, sample):
    early, _ = site.publish_build(), site.publish_build()
    old = chain(site)[0]
    outcome = republish(site.out, early, site.keys, sample.now + LATER)
    manifest = site.open(minimum_seq=3).manifest
    assert (True, 3) == (outcome.switched, outcome.seq)
    assert early == manifest.build_id
    assert sample.now + LATER + timedelta(hours=48) == manifest.valid_until
    for name in ("built_at", "oldest_source", "files", "rules", "coverage"):
        assert old[name] == manifest.document[name]
    assert not (site.out / early / "manifest.next.json").exists()


def test_an_expired_build_can_be_republished(site, sample):
    build_id = site.publish_build()
    later = sample.now + timedelta(days=30)
    republish(site.out, build_id, site.keys, later)
    assert 2 == site.open(later).manifest.seq


def test_republishing_gathers_signatures_beside_the_old_manifest(two_signers, sample):
    builds = []
    for _ in range(2):
        builds.append(two_signers.candidate())
        for keys in (two_signers.keys, second_signer(two_signers)):
            publish(two_signers.out, builds[-1], keys, now=sample.now)
    early, late = builds
    first = republish(two_signers.out, early, two_signers.keys, sample.now + LATER)
    assert (False, 1, 3) == (first.switched, first.signatures, first.seq)
    assert late == two_signers.open().manifest.build_id
    later = sample.now + LATER + timedelta(minutes=5)
    second = republish(two_signers.out, early, second_signer(two_signers), later)
    assert (True, 2, 3) == (second.switched, second.signatures, second.seq)
    assert early == two_signers.open().manifest.build_id


def test_a_half_signed_republication_is_begun_anew_after_another_build(two_signers, sample):
    signers = two_signers.keys, second_signer(two_signers)
    early = two_signers.candidate()
    for keys in signers:
        publish(two_signers.out, early, keys, now=sample.now)
    republish(two_signers.out, early, two_signers.keys, sample.now)
    late = two_signers.candidate()
    for keys in signers:
        publish(two_signers.out, late, keys, now=sample.now)
    outcome = republish(two_signers.out, early, signers[1], sample.now)
    assert (False, 1, 3) == (outcome.switched, outcome.signatures, outcome.seq)


def test_a_candidate_cannot_be_republished(site, sample):
    with pytest.raises(errors.SignatureRefused):
        republish(site.out, site.candidate(), site.keys, sample.now)


def test_a_link_to_a_build_that_is_gone_does_not_keep_the_next_from_being_published(site, sample):
    build = site.out / site.publish_build()
    shutil.rmtree(build)
    compared = []
    build_id = site.candidate()
    publish(
        site.out, build_id, site.keys, now=sample.now, approve=lambda *both: compared.append(both)
    )
    assert build_id == (site.out / "current").readlink().name
    assert [] == compared


def test_a_candidate_that_is_not_approved_stays_unsigned(site, sample):
    before = site.publish_build()
    build_id = site.candidate()

    def refuse(current, candidate):
        assert (site.out / before, site.out / build_id) == (current, candidate)
        raise errors.Refused("too much")

    with pytest.raises(errors.Refused, match="too much"):
        publish(site.out, build_id, site.keys, now=sample.now, approve=refuse)
    assert before == (site.out / "current").readlink().name
    assert {} == Manifest.load(site.out / build_id / "manifest.json").signatures
