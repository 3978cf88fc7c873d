"""Where data lack: who is listed for it, and that each kind is counted."""

import pytest

TRAIN = {"mode": "train", "carriage": "3"}
FLIGHT = {"mode": "flight"}
LAID_OUT = {"rows": "1-40", "seats": "ABC-DEFG-HJK"}
SOFT = {"class": "soft_sleeper", "aircon": "yes"}


def document_on(number):
    """Return a document number for the traveller on a service: P, and the number in A–Z 0–9."""
    return "P" + "".join(c if c.isascii() else f"{ord(c):X}" for c in number)


def trip(story, number, mode, seats, **cells):
    """A case and one traveller on one service, in these two seats."""
    of_case, of_contact = seats
    leg = {**mode, "number": number}
    story.case_leg(**leg, seat=of_case)
    story.aboard(document_on(number), **{**leg, "seat": of_contact, **cells})


@pytest.fixture(scope="module")
def widening_counts(module_story):
    """One exposure by covid-19's rules for each thing that is not known, and what was counted."""
    story = module_story
    story.case()
    for number in ("CA1", "CA2", "CA3", "CA4"):
        story.row("carriages", **FLIGHT, number=number, **LAID_OUT)
    trip(story, "CA1", FLIGHT, ("20A", ""))
    trip(story, "CA2", FLIGHT, ("20A", ""), role="infant")
    trip(story, "CA3", FLIGHT, ("20A 30A", "31A"))
    trip(story, "CA4", FLIGHT, ("20A", "20A"), role="crew")
    trip(story, "CA5", FLIGHT, ("20A", "21A"))
    trip(story, "K1", TRAIN, ("1号下铺", "9号下铺"))
    story.row("carriages", **TRAIN, number="K1", **SOFT)
    trip(story, "K2", TRAIN, ("1号下铺", "无座"))
    story.row("carriages", **TRAIN, number="K2", **SOFT, units="1-4,5-8")
    trip(story, "K3", TRAIN, ("5A", "5B"), carriage="")
    story.row("carriages", **TRAIN, number="K3", aircon="yes", **{"class": "hard_seat"})
    trip(story, "K4", TRAIN, ("5A", "5B"))
    story.row("carriages", **TRAIN, number="K4", aircon="yes")
    trip(story, "K5", TRAIN, ("5A", "5B"))
    story.row("carriages", **TRAIN, number="K5", **{"class": "hard_seat"})
    trip(story, "湘HD43A0", {"mode": "coach"}, ("1A", "12A"))
    trip(story, "粤B12345", {"mode": "taxi"}, ("", ""))
    trip(story, "2号线", {"mode": "metro"}, ("", ""))
    answers = story.answers()
    missing = [
        row["number"]
        for row in story.tables["legs"]
        if answers[document_on(row["number"])] == "not_found"
    ]
    assert [] == missing
    return story.report.widenings


@pytest.mark.parametrize(
    ("kind", "expected", "services"),
    [
        ("overlap_assumed", 13, "all: no times and no stops"),
        ("seat_unknown", 3, "CA1, CA2, K2"),
        ("infant_without_seat", 1, "CA2"),
        ("several_places", 1, "CA3"),
        ("crew_area_unknown", 1, "CA4"),
        ("no_rows", 1, "CA5"),
        ("no_units", 1, "K1"),
        ("standing", 1, "K2"),
        ("carriage_unknown", 1, "K3"),
        ("class_unknown", 1, "K4"),
        ("aircon_unknown", 2, "K5 and the coach"),
        ("taxi_as_coach", 1, "the taxi"),
        ("line_without_vehicle", 1, "the metro"),
        ("no_seats", 0, "no zone by seats in this set"),
        ("violent_symptoms", 0, "none told"),
    ],
)
def test_each_widening_is_counted_under_its_name(widening_counts, kind, expected, services):
    assert expected == widening_counts[kind], services


def test_no_widening_goes_untested(widening_counts):
    assert 15 + len({"no_onset_date", "no_isolation_date"}) == len(widening_counts)


def test_a_row_without_a_layout_of_seats_counts_whole_and_is_counted(story):
    story.case()
    trip(story, "CA9", FLIGHT, ("20A", "20K"))
    assert "close" == story.answers("cdc-covid")["PCA9"]
    assert 1 == story.report.widenings["no_seats"]
