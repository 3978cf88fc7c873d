"""Drivers of taxis, buses and coaches: aboard with the cases they carried, or cases themselves."""

import pytest

from tests.scenarios.episodes import Episodes

DAY = "2020-01-20"
NEXT_DAY = "2020-01-21"
TAXI, NIGHT_TAXI, BUS, COACH = "粤A12345", "粤C11111", "粤B54321", "粤D22222"

episodes = Episodes()


def drives(story, plate, document, start="", end=""):
    name = f"Traveller {document}"
    cells = {"plate": plate, "from_time": start, "to_time": end}
    story.row("drivers", **cells, id_type="other", id_number=document, name=name)


@pytest.fixture(scope="module")
def answers(module_story):
    story = module_story
    story.case()
    story.case_leg(mode="taxi", number=TAXI, board_time=f"{DAY}T19:00", alight_time=f"{DAY}T19:30")
    story.case_leg(mode="bus", number=BUS)
    story.case_leg(
        mode="coach",
        number=COACH,
        board_time=f"{DAY}T23:00",
        alight_time=f"{NEXT_DAY}T05:00",
    )
    drives(story, "粤Ａ·12345", "NIGHT", f"{DAY}T18:00", f"{NEXT_DAY}T06:00")
    drives(story, "粤A 12345", "DAYTIME", f"{DAY}T06:00", f"{DAY}T18:00")
    drives(story, TAXI, "MONTHS", "2019-10-01")
    drives(story, TAXI, "WHENEVER")
    drives(story, TAXI, "ONEDATE", f"{DAY}T18:30", f"{DAY}T02:00")
    drives(story, TAXI, "SLIP", NEXT_DAY, "2020-01-19")
    drives(story, TAXI, "BEFORE", "2019-10-01", "2020-01-19T23:00")
    drives(story, TAXI, "AFTER", f"{NEXT_DAY}T01:00")
    drives(story, "粤A99999", "OTHERS", DAY, DAY)
    drives(story, BUS, "BUSDRIVER", DAY, DAY)
    drives(story, COACH, "SECOND", f"{NEXT_DAY}T02:00", f"{NEXT_DAY}T08:00")
    drives(story, COACH, "THIRD", f"{NEXT_DAY}T05:30", f"{NEXT_DAY}T08:00")
    drives(story, TAXI, "", DAY, DAY)
    # The driver C2 is known to the taxi company by another document than to the hospital.
    story.case("C2", id_type="other", id_number="K001", name="Traveller K1")
    for document in ("K001", "K002"):
        story.row("documents", person_key="K", id_type="other", id_number=document, name="K")
    drives(story, NIGHT_TAXI, "k-002", f"{DAY}T20:00", f"{NEXT_DAY}T06:00")
    drives(story, NIGHT_TAXI, "K002", "2020-01-27", "2020-03-31")
    drives(story, NIGHT_TAXI, "MATE", "2020-01-01", "2020-03-31")
    rides = {
        "EARLY": (DAY, f"{DAY}T19:00", f"{DAY}T19:40"),
        "EVENING": (DAY, f"{DAY}T21:00", f"{DAY}T21:20"),
        "MIDNIGHT": (DAY, f"{DAY}T23:50", f"{NEXT_DAY}T00:20"),
        "MORNING": (NEXT_DAY, f"{NEXT_DAY}T05:00", f"{NEXT_DAY}T05:20"),
        "NOON": (NEXT_DAY, f"{NEXT_DAY}T12:00", f"{NEXT_DAY}T12:20"),
        "UNTIMED": (NEXT_DAY, "", ""),
        "SECONDSHIFT": ("2020-01-28", "", ""),
        "ISOLATED": ("2020-01-29", "", ""),
    }
    for document, (day, start, end) in rides.items():
        times = {"service_date": day, "board_time": start, "alight_time": end}
        story.aboard(document, mode="taxi", number=NIGHT_TAXI, **times)
    return story.answers()


@pytest.mark.parametrize(
    "document", ["NIGHT", "MONTHS", "WHENEVER", "ONEDATE", "SLIP", "BUSDRIVER", "SECOND"]
)
def test_a_driver_who_may_have_driven_the_case_is_close(answers, document):
    assert "close" == answers[document]


def test_a_driver_is_told_as_crew(answers):
    assert "crew" == answers.relation("NIGHT")


@pytest.mark.parametrize("document", ["DAYTIME", "BEFORE", "AFTER", "OTHERS", "THIRD"])
def test_a_driver_who_provably_had_another_shift_is_not_listed(answers, document):
    assert "not_found" == answers[document]


@pytest.mark.parametrize(
    "document", ["EVENING", "MIDNIGHT", "MORNING", "UNTIMED", "SECONDSHIFT", "MATE"]
)
def test_whoever_rode_with_a_driver_who_is_a_case_is_close(answers, document):
    assert "close" == answers[document]


@pytest.mark.parametrize("document", ["EARLY", "NOON", "ISOLATED"])
def test_a_ride_outside_the_shifts_of_the_case_is_not_listed(answers, document):
    assert "not_found" == answers[document]


def test_shifts_that_mean_nothing_are_kept_and_counted(answers, module_story):
    warnings = {(table, column): n for table, column, _, n in module_story.report.warnings}
    assert 1 == warnings["drivers", "to_time"]
    assert 1 == warnings["drivers", "id_number"]


PLATELESS = {"without one": {}, "not known": {"plate": "不详"}}


@episodes.of_each(*PLATELESS)
def driver_without_plate(episode, which):
    episode.case()
    episode.case_leg(mode="taxi", number=TAXI)
    for _ in range(30):
        drives(episode, TAXI, episode.document("X"))
    episode.row("drivers", id_number=episode.document("Y"), **PLATELESS[which])


def test_a_driver_without_plate_is_rejected_with_the_row(answers_of):
    assert ("drivers", "plate", "blank or unknown", len(PLATELESS)) in answers_of.report.reasons


BETWEEN = {"at a stop": [("Beta", "26:00")], "on the way": []}


@episodes.of_each(*BETWEEN)
def night_coach(episode, between):
    plate = f"粤D2{episode.number}"
    coach = {"mode": "coach", "number": plate}
    episode.case()
    calls = [("Alpha", "20:00"), *BETWEEN[between], ("C", "32:00")]
    for sequence, (stop, time) in enumerate(calls):
        episode.row("timetable", **coach, stop_seq=str(sequence), stop=stop, departure=time)
    episode.case_leg(**coach, board="Alpha", alight="C")
    first, second, later = map(episode.document, ("FIRST", "SECOND", "LATER"))
    drives(episode, plate, first, f"{DAY}T19:00", f"{NEXT_DAY}T02:00")
    drives(episode, plate, second, f"{NEXT_DAY}T02:00", f"{NEXT_DAY}T08:00")
    drives(episode, plate, later, "2020-01-22T02:00", "2020-01-22T08:00")


@pytest.mark.parametrize("between", BETWEEN)
def test_the_second_driver_of_a_night_coach_with_a_timetable_is_close(answers_of, between):
    answers = answers_of(night_coach, between)
    assert ("close", "close", "not_found") == tuple(
        answers[d] for d in ("FIRST", "SECOND", "LATER")
    )
