"""A build with a private check, asked as a client asks."""

import shutil
from dataclasses import replace

import pytest

from exposure_index.crypto.keyed_hash import ENTRY_BYTES
from exposure_index.errors import CanaryRefused, ChecksumRefused, KeyRefused, Malformed
from exposure_index.files.manifest import MANIFEST_FILE, Manifest
from exposure_index.lookup.canary import canary_identity
from exposure_index.private.bucket_files import bucket_path
from exposure_index.private.client import BlindedIdentity
from exposure_index.private.evaluation import LocalEvaluator, private_keys
from exposure_index.private.open_buckets import OpenBuckets
from exposure_index.publishing.candidate import write_candidate
from exposure_index.publishing.publication import publish, republish
from exposure_index.publishing.verification import verify


@pytest.fixture(scope="module")
def private_site(sample, tmp_path_factory):
    site = sample.site_at(tmp_path_factory.mktemp("private"))
    facts = replace(sample.facts(), private=True)
    entries = [*sample.entries(), (sample.person(900).encode_document(), sample.label())]
    build_id = write_candidate(site.out, entries, facts, site.keys, None)
    publish(site.out, build_id, site.keys, now=sample.now)
    return site


def buckets_of(site) -> OpenBuckets | None:
    build = (site.out / "current").resolve()
    return OpenBuckets.of(build, Manifest.load(build / MANIFEST_FILE))


@pytest.fixture(scope="module")
def buckets(private_site) -> OpenBuckets:
    buckets = buckets_of(private_site)
    assert buckets is not None
    return buckets


@pytest.fixture(scope="module")
def private_labels(private_site, buckets):
    evaluator = LocalEvaluator(private_keys(private_site.keys))
    facts = buckets.manifest.private

    def ask(identity):
        blinded = BlindedIdentity.blind(identity, facts.key_id)
        outputs = blinded.finalize(evaluator.evaluate(blinded.request), facts.public_key)
        data = bucket_path(buckets.build, outputs.bucket(buckets.index)).read_bytes()
        return outputs.labels(buckets.index, data)

    return ask


def test_everybody_listed_is_found_as_by_the_plain_check(private_labels, private_site, sample):
    plain = private_site.open()
    for person in [*sample.listed, sample.person(900)]:
        assert plain.labels(person) == private_labels(person) != ()


def test_nobody_else_is_found(private_labels, sample):
    assert [()] * 30 == [private_labels(person) for person in sample.unlisted[:30]]


def test_a_document_alone_is_found_under_any_name(private_labels, sample):
    assert 1 == len(private_labels(replace(sample.person(900), name="SOMEBODYELSE")))


def test_the_canary_is_found_by_name_and_by_document(private_labels, buckets):
    assert 2 == len(private_labels(canary_identity(buckets.manifest.build_id)))


def test_the_manifest_tells_the_parameters_and_no_file_of_the_buckets(buckets):
    field = buckets.manifest.document["private"]
    assert {"key_id", "public_key", "log2_buckets", "bucket_entries", "root"} == set(field)
    assert (9, 512) == (field["log2_buckets"], len(list(buckets.build.glob("b/*"))))
    assert {"plain.idx"} == set(buckets.manifest.files)


def test_no_locator_of_the_plain_index_stands_in_a_bucket(buckets):
    plain = (buckets.build / "plain.idx").read_bytes()
    bucket = bucket_path(buckets.build, 0).read_bytes()
    locators = [bucket[at : at + 16] for at in range(32, buckets.index.content_bytes, ENTRY_BYTES)]
    assert [] == [each for each in locators if each in plain]


def test_verify_tells_the_private_check(private_site):
    lines = verify(private_site.out, private_site.keys, private_site.trust)
    assert "private check: 512 buckets, every one proven, canary found" in lines
    unkeyed = verify(private_site.out, None, None)
    assert any("its key was not checked" in line for line in unkeyed)


@pytest.fixture
def damaged(private_site, tmp_path):
    shutil.copytree(private_site.out, tmp_path / "out", symlinks=True)
    return replace(private_site, out=tmp_path / "out")


def test_a_changed_bucket_is_refused_before_signing(damaged, sample):
    build = (damaged.out / "current").resolve()
    path = bucket_path(build, 3)
    data = bytearray(path.read_bytes())
    data[100] ^= 1
    path.unlink()
    path.write_bytes(data)
    with pytest.raises(ChecksumRefused, match="bucket 00000003: path"):
        republish(damaged.out, build.name, damaged.keys, sample.now)


@pytest.mark.parametrize("fault", ["missing", "short"])
def test_a_bucket_missing_or_cut_is_noticed_on_opening(damaged, fault):
    path = bucket_path((damaged.out / "current").resolve(), 511)
    data = path.read_bytes()
    path.unlink()
    if fault == "short":
        path.write_bytes(data[:-1])
    with pytest.raises(ChecksumRefused, match="bucket 000001ff"):
        buckets_of(damaged)


def test_another_private_key_is_refused(buckets, site):
    with pytest.raises(KeyRefused):
        buckets.require_canary(LocalEvaluator(private_keys(site.keys)))


def test_the_buckets_of_another_build_do_not_pass(private_site, buckets, sample):
    facts = replace(sample.facts(), private=True)
    other = write_candidate(private_site.out, sample.entries(), facts, private_site.keys, None)
    stranger = replace(buckets, build=private_site.out / other)
    with pytest.raises(CanaryRefused):
        stranger.require_canary(LocalEvaluator(private_keys(private_site.keys)))


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("key_id", "00"),
        ("public_key", "zz" * 32),
        ("log2_buckets", 8),
        ("log2_buckets", 33),
        ("bucket_entries", 0),
        ("root", None),
    ],
)
def test_a_manifest_with_other_parameters_is_malformed(buckets, name, value):
    document = dict(buckets.manifest.document)
    document["private"] = {**document["private"], name: value}
    with pytest.raises(Malformed):
        Manifest.from_document(document)


def test_a_build_without_a_private_check_has_no_buckets(published_once):
    assert buckets_of(published_once) is None
