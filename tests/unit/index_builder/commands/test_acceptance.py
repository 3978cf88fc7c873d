"""Nothing that changes much is published before somebody says that they have seen it."""

import json
import re
from hashlib import sha256

import pytest

from exposure_index.errors import ExitCode
from index_builder.comparison.acceptance import large_changes


def keep(source, people):
    """Cut the manifest after so many people."""
    file = source / "legs.csv"
    lines = file.read_text("utf-8").splitlines(keepends=True)
    file.write_text("".join(lines[: people + 1]), "utf-8")


def build_id(output):
    return re.search("[0-9a-f]{32}", output)[0]


def test_a_large_drop_is_refused_until_it_is_accepted(build, run, source, keys, out):
    before = (out / "current").readlink()
    keep(source, 20)
    done = build("--publish")
    assert ExitCode.REFUSED == done.exit_code
    assert "20 people would be listed, 40 are now (-50%; limit 20%)" in done.stderr
    assert "index-builder diff" in done.stderr
    assert "listed     20 people" in done.stdout
    assert before == (out / "current").readlink()
    candidate = build_id(done.stdout)
    assert ExitCode.REFUSED == run("publish", out, candidate, "--keys", keys).exit_code
    assert before == (out / "current").readlink()
    assert 0 == run("publish", out, candidate, "--keys", keys, "--accept-change").exit_code
    assert candidate == (out / "current").readlink().name


def test_a_large_growth_is_refused_and_a_wider_limit_lets_it_pass(build, source, out):
    assert out
    with (source / "legs.csv").open("a", encoding="utf-8") as file:
        file.writelines(
            f"flight,CA1234,2020-01-20,30C,other,Q100{n},Anna New {n},Air\n" for n in range(20)
        )
    assert "60 people would be listed, 40 are now (+50%" in build("--publish").stderr
    assert 0 == build("--publish", "--change-max", "50%").exit_code


def test_other_people_in_the_place_of_as_many_are_refused(build, run, source, keys, out, tmp_path):
    file = source / "legs.csv"
    file.write_text(file.read_text("utf-8").replace(",P", ",Q"), "utf-8")
    done = build("--publish")
    assert ExitCode.REFUSED == done.exit_code
    words = (
        "40 of the 40 people listed now would no longer be, without a clearance (100%; limit 20%)"
    )
    assert words in done.stderr
    order = ("publish", out, build_id(done.stdout), "--keys", keys)
    assert ExitCode.REFUSED == run(*order).exit_code
    assert 0 == run(*order, "--casework", tmp_path / "nothing").exit_code


def test_another_authority_is_refused_until_it_is_accepted(build, out):
    assert out
    done = build("--publish", "--authority", "乙")
    assert ExitCode.REFUSED == done.exit_code
    assert "the index would be by “乙”, it is by “Contact Gauge” now (--authority)" in done.stderr
    assert 0 == build("--publish", "--authority", "乙", "--accept-change").exit_code


def test_the_name_of_the_service_is_not_that_of_the_index(build, monkeypatch, tmp_path):
    monkeypatch.setenv("GAUGE_AUTHORITY_NAME", '{"zh-Hans": "甲", "en": "A"}')
    build("--publish")
    manifest = json.loads((tmp_path / "out" / "current" / "manifest.json").read_text("utf-8"))
    assert "Contact Gauge" == manifest["authority"]


def test_whoever_was_cleared_is_no_reason_to_refuse(build, source, out):
    assert out
    rows = "".join(f"other,P0000{n},2020-02-10\n" for n in range(1, 8))
    (source / "cleared.csv").write_text(f"id_type,id_number,cleared_on\n{rows}", "utf-8")
    assert 0 == build("--publish").exit_code


def test_an_operator_that_vanished_is_refused(build, source, out):
    assert out
    file = source / "legs.csv"
    file.write_text(file.read_text("utf-8").replace(",Air\n", ",Wings\n"), "utf-8")
    assert "no manifests of flight by Air any more" in build("--publish").stderr


def test_a_table_that_vanished_is_refused(build, source):
    (source / "contacts.csv").write_text(
        "exposure_date,id_number,name\n2020-01-20,P00001,Someone\n"
    )
    build("--publish")
    (source / "contacts.csv").unlink()
    assert "table contacts is gone" in build("--publish").stderr


@pytest.mark.parametrize("percent", ["much", "-5%", "", "20 percent"])
def test_a_limit_that_is_no_percentage_is_a_usage_error(build, percent):
    assert 2 == build("--change-max", percent).exit_code


@pytest.fixture
def reports(fake_build):
    def make(then, now):
        return fake_build("old", then), fake_build("new", now)

    return make


@pytest.fixture
def fake_build(out, tmp_path):
    """Return a build directory whose signed report tells a number of people listed."""

    def make(name, listed, unruled=()):
        folder = tmp_path / name
        folder.mkdir()
        report = json.loads((out / "current" / "report.json").read_text("utf-8"))
        report["key_figures"]["listed"] = listed
        report["unruled"] = [{"disease": disease, "cases": None} for disease in unruled]
        data = json.dumps(report).encode()
        (folder / "report.json").write_bytes(data)
        manifest = json.loads((out / "current" / "manifest.json").read_text("utf-8"))
        manifest["files"]["report.json"] = sha256(data).hexdigest()
        (folder / "manifest.json").write_text(json.dumps(manifest))
        return folder

    return make


@pytest.mark.parametrize(
    ("then", "now", "refused"),
    [
        (1000, 1200, False),
        (1000, 1201, True),
        (1000, 800, False),
        (1000, 799, True),
        (6, 2, False),
        (10, None, True),
        (None, 5, False),
        (None, 9, True),
        (0, None, False),
        (0, 5, True),
        (None, None, False),
        (5, 0, True),
    ],
)
def test_a_change_counts_from_five_people_and_past_the_share(reports, then, now, refused):
    assert refused == bool(large_changes(*reports(then, now)))


def test_a_report_that_is_not_the_one_signed_cannot_be_compared(reports):
    old, new = reports(100, 100)
    (old / "report.json").write_text("{}")
    assert [f"build {old.name} has no report to compare"] == large_changes(old, new)


def test_a_disease_that_is_newly_left_out_is_refused(fake_build):
    old, new = fake_build("old", 100, ["mpox"]), fake_build("new", 100, ["measles", "mpox"])
    (sentence,) = large_changes(old, new)
    assert "cases of measles are left out" in sentence
    assert [] == large_changes(new, old)
