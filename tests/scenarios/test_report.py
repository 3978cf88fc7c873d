"""The report of a build: indicators by day and reporter, and nobody to be read out of it."""

import json
from hashlib import sha256

import pytest

from exposure_index.files.manifest import Manifest

COACHES = {"C1": ("粤A10001", 20), "C6": ("粤B10001", 8)}


def tell(story):
    """Five cases of each of two cities; one of each took a coach, on different days."""
    for number in range(1, 11):
        city, day = ("Guangzhou", "2020-01-20") if number < 6 else ("Foshan", "2020-01-22")
        story.case(f"C{number}", reported_by=city, onset_date=day)
    for case_id, (plate, people) in COACHES.items():
        day = "2020-01-20" if case_id == "C1" else "2020-01-22"
        trip = {"mode": "coach", "number": plate, "service_date": day}
        story.case_leg(case_id, **trip)
        for number in range(people):
            story.aboard(f"X{case_id}{number:05}", **trip)
    for number in range(6):
        story.row(
            "outcomes",
            id_type="other",
            id_number=f"XC1{number:05}",
            became_case_id=f"L{number}",
            # the last was a case before the trip and did not become one of it
            confirmed_on="2020-02-01" if number < 5 else "2020-01-02",
        )
    for number in range(5):
        cells = {"id_type": "other", "id_number": f"XC6{number:05}", "cleared_on": "2020-02-10"}
        story.row("cleared", **cells)


@pytest.fixture(scope="module")
def build(module_story):
    tell(module_story)
    module_story.answers()
    return (module_story.folder / "out-nhc-2020-03" / "current").resolve()


@pytest.fixture(scope="module")
def document(build):
    return json.loads((build / "report.json").read_text("utf-8"))


def test_the_report_is_signed_with_the_index(build):
    signed = Manifest.load(build / "manifest.json").files
    assert sha256((build / "report.json").read_bytes()).hexdigest() == signed["report.json"]


def test_contacts_count_each_once_also_after_their_observation(document):
    figures = document["key_figures"]
    assert (10, 28, 0, 23) == tuple(
        figures[name] for name in ("cases", "close", "general", "listed")
    )
    assert 5 == document["cleared"]


def test_the_tracking_coefficient_is_close_contacts_for_each_case(document):
    assert 2.8 == document["key_figures"]["tracking_coefficient"]
    assert {"Guangzhou": 4.0, "Foshan": 1.6} == {
        row["reported_by"]: row["tracking_coefficient"] for row in document["by_reporter"]
    }


def test_the_turn_positive_rate_is_the_share_who_became_cases_afterwards(document):
    assert {"Guangzhou": 0.25, "Foshan": 0.0} == {
        row["reported_by"]: row["turn_positive_rate"] for row in document["by_reporter"]
    }
    assert round(5 / 28, 4) == document["key_figures"]["turn_positive_rate"]


def test_indicators_are_told_by_the_day_of_the_cases(document):
    assert [("2020-01-20", 5, 20, 4.0), ("2020-01-22", 5, 8, 1.6)] == [
        (row["case_date"], row["cases"], row["close"], row["tracking_coefficient"])
        for row in document["by_case_day"]
    ]


def test_contacts_are_told_by_day_mode_and_rule(document):
    assert [("2020-01-20", 20), ("2020-01-22", 8)] == [
        (row["day"], row["close"]) for row in document["by_exposure_day"]
    ]
    assert [("nhc-2020-03", "coach", 28)] == [
        (row["rule"], row["mode"], row["close"]) for row in document["by_mode_and_rule"]
    ]


def test_tables_are_told_with_rows_used_and_rejected(document):
    legs = next(row for row in document["tables"] if row["table"] == "legs")
    counts = {"rows": 28, "used": 28, "duplicates": 0, "rejected": 0, "compared": 28}
    assert {"table": "legs", **counts} == legs


def test_contacts_who_are_cases_themselves_later_became_cases(story):
    story.case(reported_by="Guangzhou")
    story.case_leg(mode="coach", number="粤A10001")
    for number in range(10):
        story.aboard(f"X{number}", mode="coach", number="粤A10001")
    for number in range(6):  # the last one was ill before the trip
        day = "2020-02-01" if number < 5 else "2020-01-02"
        story.case(
            f"L{number}", id_number=f"X{number}", id_type="other", onset_date=day, isolated_at=day
        )
    story.answers()
    build = (story.folder / "out-nhc-2020-03" / "current").resolve()
    figures = json.loads((build / "report.json").read_text("utf-8"))["key_figures"]
    assert (10, 5, 0.5) == (
        figures["close"],
        figures["became_cases"],
        figures["turn_positive_rate"],
    )


def test_small_counts_of_people_are_left_out(story):
    story.case(reported_by="Guangzhou")
    story.case_leg(mode="coach", number="粤A10001")
    for number in range(3):
        story.aboard(f"P{number}", mode="coach", number="粤A10001")
    story.answers()
    build = (story.folder / "out-nhc-2020-03" / "current").resolve()
    document = json.loads((build / "report.json").read_text("utf-8"))
    figures = document["key_figures"]
    assert (None, None, None) == (figures["cases"], figures["close"], figures["listed"])
    assert None is figures["tracking_coefficient"]
    assert [["close"], ["close"]] == [
        document[part][0]["suppressed"] for part in ("by_exposure_day", "by_mode_and_rule")
    ]


def test_nothing_identifying_is_in_the_report(build):
    text = (build / "report.json").read_text("utf-8")
    for identifying in ("XC1", "XC6", "Traveller", "粤A10001", "C10"):
        assert identifying not in text
