"""trips.idx: what was published, for which tickets, and whose manifests are held."""

from datetime import date

import pytest

from exposure_index.lookup.trip import NoTripList, Trip, look_up_trip
from exposure_index.trip_text.service_numbers import numbers
from index_builder.sources.source import SourceRefused

DAY, NEXT = date(2020, 1, 20), date(2020, 1, 21)
NOTICE = {"kind": "train", "date": DAY.isoformat(), "number": "Z11/Z14", "carriage": "10号车厢"}
CALLS = (("长沙", "20:00"), ("郑州", "26:00"), ("沈阳北", "38:00"))


def _a_case_with_a_manifest(story):
    story.case()
    story.case_leg(mode="flight", number="CA1234", seat="9A")
    story.aboard("P1", mode="train", number="Z11", carriage="10")


def _timetable(story, number):
    for sequence, (stop, time) in enumerate(CALLS, start=1):
        row = {"mode": "train", "number": number, "stop_seq": str(sequence), "stop": stop}
        story.row("timetable", **row, arrival=time, departure=time)


def _notice(story, number, **more):
    story.row("notices", **{**NOTICE, "number": number, **more})


@pytest.fixture(scope="module")
def built(module_story):
    """The report, the file and the index of one build with every kind of notice."""
    story = module_story
    _a_case_with_a_manifest(story)
    story.case_leg(mode="train", number="Z11/K999")
    _notice(story, "Z11/Z14")
    _notice(story, "ｚ14/Z11次")  # the same again
    _notice(story, "K95")
    story.aboard("P2", mode="train", number="K92/K95", carriage="10")
    story.aboard("P3", mode="train", number="K1/K4", carriage="10")
    for number in ("T1", "T3"):
        _timetable(story, number)
    _notice(story, "T1/T2", board="长沙", alight="沈阳北")
    _notice(story, "T3", board="郑州", alight="沈阳北")
    _notice(story, "T5", start=f"{DAY} 20:00", end=f"{NEXT} 10:00")
    times = {"start": f"{DAY} 23:00", "end": f"{NEXT} 01:00"}
    _notice(story, "CZ3013", kind="flight", carriage="", **times)
    said = {"note": "座位：01F", "board": "长沙站", "alight": "沈阳北", "start": f"{DAY} 20:00"}
    _notice(story, "T7", **said, **{"发布日期": "2020-01-25", "来源": "某某日报  第2版"})
    for number in range(40):
        _notice(story, f"G{number}")
    _notice(story, "不详")
    index = story.answers().index
    (build,) = story.folder.glob("out-*/current")
    return story, build.resolve(), index


@pytest.fixture
def ask(built):
    def ask(mode, number, day=DAY):
        return look_up_trip([built[2]], Trip(mode, numbers(mode, number), day))

    return ask


def _listed_days(ask, mode, number):
    days = (date(2020, 1, day) for day in range(18, 24))
    return [day.day for day in days if ask(mode, number, day).status == "listed"]


@pytest.mark.parametrize("typed", ["Z11", "z14", "Ｚ11次", "Z11/Z14", "Z14/Z11"])
def test_every_number_of_a_published_train_finds_it(ask, typed):
    found = ask("train", typed)
    (trip, authority), *more = found.listed
    assert ("listed", [], "Test authority") == (found.status, more, authority)
    assert ("Z11/Z14", "10", DAY) == (trip.number, trip.carriage, trip.service_date)
    assert {"Z11", "Z14"} == set(found.numbers)


def test_a_manifest_held_is_found_under_every_number_of_its_train(ask):
    assert ["manifest_held"] * 2 == [ask("train", number).status for number in ("K1", "K4")]
    assert "no_manifest" == ask("train", "K1", NEXT).status


def test_the_numbers_of_a_manifest_unite_what_was_published_under_one(ask):
    assert "listed" == ask("train", "K92").status


def test_a_trip_of_a_case_that_nobody_published_leaves_no_trace(built, ask):
    assert "no_manifest" == ask("flight", "CA1234").status
    assert b"CA1234" not in (built[1] / "trips.idx").read_bytes()


def test_what_only_cases_unite_is_not_told(ask):
    assert "no_manifest" == ask("train", "K999").status
    assert {"Z11", "Z14"} == set(ask("train", "Z11").numbers)


@pytest.mark.parametrize("number", ["T1", "T2"])
def test_a_ticket_of_the_next_day_for_the_same_night_train_finds_it(ask, number):
    assert [20, 21] == _listed_days(ask, "train", number)


def test_a_ticket_of_the_day_before_finds_a_case_who_boarded_after_midnight(ask):
    assert [19, 20] == _listed_days(ask, "train", "T3")


def test_without_a_timetable_the_day_of_alighting_counts(ask):
    assert [20, 21] == _listed_days(ask, "train", "T5")


def test_a_flight_that_lands_after_midnight_has_one_date(ask):
    assert [20] == _listed_days(ask, "flight", "cz 3013")


def test_what_the_notice_says_is_told_with_its_source(ask):
    ((trip, _),) = ask("train", "T7").listed
    assert ("1F", "长沙", "沈阳北") == (trip.seats, trip.board, trip.alight)
    assert ("2020-01-25", "某某日报 第2版") == (trip.published, trip.source)
    assert "2020-01-20T20:00" == trip.board_time


def test_the_services_published_for_a_day_are_told(built):
    assert ("CZ3013",) == built[2].trips.published_on(DAY, "flight")
    assert ("T1/T2", "T5") == built[2].trips.published_on(NEXT, "train")


def test_rows_of_notices_are_used_repeated_or_rejected(built):
    story, build, _ = built
    report = story.report
    assert (49, 1, 1) == tuple(
        table["notices"] for table in (report.rows, report.duplicates, report.rejected)
    )
    rejects = build.parent / "rejects" / f"{build.name}.csv"
    assert 'notices,50,number,"number_unknown' in rejects.read_text("utf-8")


def test_without_publications_nobody_is_told_that_there_is_no_case(story):
    _a_case_with_a_manifest(story)
    with pytest.raises(NoTripList):
        look_up_trip([story.answers().index], Trip("train", ("Z11",), DAY))


def test_too_many_unusable_notices_are_refused(story):
    _a_case_with_a_manifest(story)
    _notice(story, "不详")
    with pytest.raises(SourceRefused, match="more than 5%"):
        story.answers()


def test_a_file_of_notices_that_is_none_is_refused(story):
    _a_case_with_a_manifest(story)
    story.row("notices", colour="1")
    with pytest.raises(SourceRefused, match=r"notices\.csv: has no heading row"):
        story.answers()
