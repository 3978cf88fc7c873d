"""A clearance of one trip ends the exposures of that trip, and nothing else.

One build answers all: everybody was exposed twice, on a trip of their own kind and on one the day
before, and each test looks at one person's rows.
"""

import csv
from dataclasses import dataclass
from datetime import timedelta

import pytest

from index_builder.normalise.times import today
from index_builder.sources.reject_list import reject_list_path

DAY_BEFORE, DAY, NEXT_DAY = "2020-01-19", "2020-01-20", "2020-01-21"
DECIDED = "2020-02-05"
EARLIER = {"mode": "flight", "number": "MU567", "service_date": DAY_BEFORE}
FLIGHT = {"mode": "flight", "number": "CA1234", "service_date": DAY}
SAME_NUMBER = FLIGHT | {"number": "MU567"}
CODESHARE = FLIGHT | {"number": "HO1（CZ2）"}
LONG = FLIGHT | {"number": "ZH4751/CA8215/HU1234"}
SHIP = {"mode": "ship", "number": "Spirit of the Seas II", "service_date": DAY}
NIGHT = {"mode": "train", "number": "Z11/Z14", "service_date": DAY, "carriage": "8"}
NIGHT |= {"board_time": f"{DAY}T20:00", "alight_time": f"{NEXT_DAY}T08:00"}
MEAL = {"mode": "setting", "number": "meal at home with uncle", "service_date": DAY}
NOWHERE = {"mode": "setting", "number": "", "service_date": DAY}

TWO_NAMES = "under each of two names"
TAKEN_OFF = {
    TWO_NAMES: (FLIGHT, FLIGHT),
    "its flight": (FLIGHT, FLIGHT),
    "with the day of the decision": (FLIGHT, FLIGHT | {"cleared_on": DECIDED}),
    "by another document": (FLIGHT, FLIGHT | {"id_number": "Q0001", "name": ""}),
    "decided on the day of the trip": (FLIGHT, FLIGHT | {"cleared_on": DAY}),
    "the same number of another day": (SAME_NUMBER, SAME_NUMBER),
    "the first number": (FLIGHT | {"number": "CZ2"}, FLIGHT | {"number": "ＨＯ００１"}),
    "the other number": (CODESHARE, FLIGHT | {"number": "cz 2"}),
    "both numbers": (FLIGHT | {"number": "HO1"}, FLIGHT | {"number": "CZ2/HO1"}),
    "a flight as an answer cuts it": (LONG, FLIGHT | {"number": "ZH4751/CA8215/H"}),
    "a ship as an answer cuts it": (SHIP, SHIP | {"number": "SPIRITOFTHESEAS"}),
    "a ship by its name": (SHIP, SHIP | {"mode": "船"}),
    "a night train": (NIGHT, NIGHT | {"number": "Z14", "cleared_on": DAY}),
    "a setting": (MEAL, MEAL),
    "a setting as an answer cuts it": (MEAL, MEAL | {"number": "meal at home wi"}),
    "a setting without words": (NOWHERE, NOWHERE),
}
NOTHING_TAKEN_OFF = {
    "another number": {"number": "CA9999"},
    "another day": {"service_date": "2020-01-22"},
    "another mode": {"mode": "train"},
    "another person": {"id_number": "X0000099"},
    "no document": {"id_number": "N/A"},
    "another name": {"name": "Somebody Else"},
}
HALVES = {
    "no day": ("service_date", {"service_date": ""}),
    "no number": ("number", {"number": ""}),
    "no mode": ("mode", {"mode": ""}),
    "only a number": ("mode", {"mode": "", "service_date": ""}),
    "no such mode": ("mode", {"mode": "on foot"}),
    "no date": ("service_date", {"service_date": "soon"}),
    "a trip to come": ("service_date", {"service_date": f"{today() + timedelta(days=7)}"}),
    "decided before the trip": ("service_date", {"cleared_on": DAY_BEFORE}),
    "decided some day": ("cleared_on", {"cleared_on": "soon"}),
    "neither trip nor day": ("cleared_on", dict.fromkeys(("mode", "number", "service_date"), "")),
    "two services": ("number", {"number": "CA1234/MU567"}),
}
WHOLE = {
    "without any clearance": None,
    "without a trip": dict.fromkeys(FLIGHT, ""),
}
CASES = [*TAKEN_OFF, *NOTHING_TAKEN_OFF, *HALVES, *WHOLE]


def who(case):
    number = f"X{CASES.index(case):07}"
    return {"id_type": "other", "id_number": number, "name": f"Traveller {case}"}


@dataclass
class Built:
    """What the build tells everybody, and its rejected rows of `cleared` by document."""

    answers: object
    report: object
    rejected: dict

    def days(self, case):
        result = self.answers.ask(who(case)["id_number"], who(case)["name"])
        return {exposure.service_date.isoformat() for exposure in result.exposures}


def rows_of(story):
    yield from ((case, own, cells) for case, (own, cells) in TAKEN_OFF.items())
    yield from ((case, FLIGHT, FLIGHT | cells) for case, cells in NOTHING_TAKEN_OFF.items())
    yield from ((case, FLIGHT, FLIGHT | cells) for case, (_, cells) in HALVES.items())
    yield from ((case, FLIGHT, cells) for case, cells in WHOLE.items())


@pytest.fixture(scope="module")
def built(module_story):
    story = module_story
    story.case()
    for trip in (EARLIER, CODESHARE):
        story.case_leg(**trip, seat="9A")
    for number in (who("by another document")["id_number"], "Q0001"):
        story.row("documents", person_key="k", id_type="other", id_number=number)
    for case, own, cells in rows_of(story):
        if own["mode"] == "setting":
            day, setting = own["service_date"], own["number"]
            story.row("contacts", case_id="C1", exposure_date=day, setting=setting, **who(case))
        else:
            story.case_leg(**own, seat="9A")
            story.row("legs", **who(case), **own, seat="9C")
        story.row("legs", **who(case), **EARLIER, seat="9C")
        if cells:
            named = {*who(case), *FLIGHT, "cleared_on"}
            trip = {name: cells[name] for name in cells if name in named}
            decided = DECIDED if case in WHOLE else ""
            row = {**who(case), "cleared_on": decided, **trip}
            story.row("cleared", **row)
            if case == TWO_NAMES:  # a correction is cleared under both; no list holds this one
                story.row("cleared", **row | {"name": "舒望"})
    for number in range(20 * len(HALVES)):  # one row of twenty may be rejected
        other = {"id_type": "other", "id_number": f"Y{number:07}", "name": ""}
        story.row("cleared", **other, cleared_on=DECIDED)
    answers = story.answers()
    rejects = reject_list_path(story.folder / "out-nhc-2020-03", story.report.build_id)
    with rejects.open(encoding="utf-8", newline="") as file:
        rejected = {
            story.tables["cleared"][int(row["row"]) - 2]["id_number"]: row
            for row in csv.DictReader(file)
            if row["table"] == "cleared"
        }
    return Built(answers, story.report, rejected)


@pytest.mark.parametrize("case", TAKEN_OFF)
def test_the_trip_that_it_names_is_taken_off_and_the_other_one_stays(built, case):
    assert {DAY_BEFORE} == built.days(case)
    assert who(case)["id_number"] not in built.rejected


@pytest.mark.parametrize("case", NOTHING_TAKEN_OFF)
def test_what_matches_no_exposure_of_the_person_takes_nothing_off_and_is_told(built, case):
    assert {DAY_BEFORE, DAY} == built.days(case)
    cells = {**who(case), **NOTHING_TAKEN_OFF[case]}
    answers = built.rejected[cells["id_number"]]
    assert "kept: this person was not exposed on that trip; not applied" == answers["reason"]


@pytest.mark.parametrize("case", HALVES)
def test_a_trip_named_by_halves_is_rejected_and_the_person_stays_listed(built, case):
    assert {DAY_BEFORE, DAY} == built.days(case)
    answers = built.rejected[who(case)["id_number"]]
    assert (HALVES[case][0], False) == (
        answers["column"],
        answers["reason"].startswith("kept"),
    )


def test_without_a_trip_every_exposure_up_to_the_day_ends(built):
    assert {DAY_BEFORE, DAY} == built.days("without any clearance")
    assert set() == built.days("without a trip")


def test_the_report_counts_what_was_ended_and_what_was_not_applied(built):
    report = built.report
    assert len(TAKEN_OFF) + 2 == report.cleared
    assert len(HALVES) == report.rejected["cleared"]
    assert [len(NOTHING_TAKEN_OFF)] == [
        count
        for table, column, _, count in report.warnings
        if (table, column) == ("cleared", "number")
    ]
