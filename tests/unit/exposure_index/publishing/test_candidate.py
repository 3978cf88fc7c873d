import json
from dataclasses import replace
from hashlib import sha256
from stat import S_IMODE

import pytest

from exposure_index import errors
from exposure_index.atomic_files import directory_in_use
from exposure_index.crypto import keys
from exposure_index.crypto.keyed_hash import plain_page_key
from exposure_index.files import plain_index
from exposure_index.label import model
from exposure_index.publishing import candidate, entry_sealing
from exposure_index.publishing.candidate import write_candidate
from exposure_index.publishing.publication import publish, republish


def test_a_candidate_is_whole_read_only_and_unsigned(site):
    build_id = site.candidate()
    build = site.out / build_id
    assert {"manifest.json", "plain.idx"} == {path.name for path in build.iterdir()}
    assert {0o444} == {S_IMODE(path.stat().st_mode) for path in build.iterdir()}
    assert {} == json.loads((build / "manifest.json").read_bytes())["signatures"]
    assert not (site.out / "current").exists()


def with_report(sample, name="report.json"):
    return replace(sample.facts(), documents=lambda build_id, entries: {name: b"%d" % entries})


def test_documents_lie_beside_the_index_and_their_checksums_are_signed(site, sample):
    build = site.out / site.publish_build(about=with_report(sample))
    signed = json.loads((build / "manifest.json").read_bytes())["files"]
    assert b"%d" % (len(sample.listed) + 2) == (build / "report.json").read_bytes()
    assert sha256((build / "report.json").read_bytes()).hexdigest() == signed["report.json"]


@pytest.mark.parametrize("change", ["changed", "gone"])
def test_a_document_that_is_not_the_one_verified_is_refused(site, sample, change):
    build_id = site.candidate(about=with_report(sample))
    report = site.out / build_id / "report.json"
    report.unlink()
    if change == "changed":
        report.write_bytes(b"0")
    with pytest.raises(errors.ChecksumRefused):
        publish(site.out, build_id, site.keys, now=sample.now)


def test_a_document_comes_back_with_its_build(site, sample):
    first = site.publish_build(about=with_report(sample))
    site.publish_build()
    republish(site.out, first, site.keys, sample.now)
    assert (site.out / "current" / "report.json").exists()
    site.open()


@pytest.mark.parametrize("name", ["plain.idx", "manifest.json", "../report.json", ".hidden"])
def test_a_document_cannot_take_the_place_of_another_file(site, sample, name):
    with pytest.raises((ValueError, errors.Malformed)):
        site.candidate(about=with_report(sample, name))
    assert [] == [p.name for p in site.out.glob("*") if p.name != ".lock"]


def test_every_build_has_another_id(site):
    assert site.candidate() != site.candidate()


def test_no_entry_shows_a_name_a_number_or_a_trip(site, sample):
    data = (site.out / site.candidate() / "plain.idx").read_bytes()
    for text in (sample.listed[0].document, sample.listed[0].name, "XX1234"):
        assert text.encode() not in data


def test_the_number_of_entries_is_the_peoples_and_two_canaries(site, sample):
    build_id = site.candidate()
    header = (site.out / build_id / "plain.idx").read_bytes()[:4096]
    page_key = plain_page_key(site.keys.bytes("root_plain"), bytes.fromhex(build_id))
    proof = plain_index.PageProof(page_key)
    assert len(sample.listed) + 2 == plain_index.Header.unpack(header, proof).count


def test_progress_is_told_at_the_end_at_least(site, sample):
    progress = []
    write_candidate(site.out, sample.entries(), sample.facts(), site.keys, progress.append)
    assert len(sample.listed) + 2 == progress[-1]


@pytest.mark.parametrize("fault", ["twice", "no tier", "no exposure", "no key", "source"])
def test_a_build_that_fails_leaves_nothing(site, sample, fault):
    identity = sample.listed[0].encode()

    def entries():
        yield from sample.entries()
        if fault == "twice":
            yield identity, sample.label()
        elif fault == "no tier":
            yield b"other", sample.label(tier=model.Tier.NONE)
        elif fault == "no exposure":
            yield b"other", model.Label((), 0)
        elif fault == "source":
            raise RuntimeError

    ring = keys.KeyRing.from_directory(None, {}) if fault == "no key" else site.keys
    with pytest.raises(
        (plain_index.EqualLocators, entry_sealing.UnlistedLabel, keys.KeyMissing, RuntimeError)
    ):
        write_candidate(site.out, entries(), sample.facts(), ring, None)
    assert [] == [p.name for p in site.out.glob("*") if p.name != ".lock"]


def test_what_a_killed_build_left_is_removed_and_a_living_one_is_not(site):
    dead, living = site.out / ".dead.partial", site.out / ".living.partial"
    (dead / "spill").mkdir(parents=True)
    living.mkdir()
    with directory_in_use(living):
        site.candidate()
    assert not dead.exists()
    assert living.exists()


def test_entries_that_spilled_give_the_same_index(site, sample, monkeypatch):
    whole = candidate.SortedEntries
    monkeypatch.setattr(
        candidate, "SortedEntries", lambda folder, **options: whole(folder, 800, **options)
    )
    site.publish_build()
    index = site.open()
    assert [1] * len(sample.listed) == [len(index.labels(p)) for p in sample.listed]
    assert {"manifest.json", "plain.idx"} == {p.name for p in (site.out / "current").iterdir()}
