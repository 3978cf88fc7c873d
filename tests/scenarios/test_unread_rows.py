"""Rows that list nobody are told as a gap of their carrier, in manifest and summary."""

import pytest

from index_builder.commands.summary import summary_lines

FLIGHT = {"mode": "flight", "number": "CA1234", "operator": "Air One"}
TRAIN = {"mode": "train", "number": "G1", "operator": "Railway"}


@pytest.fixture(scope="module")
def built(module_story):
    """A case on one flight and one train; 9 of 200 rows without a usable date or number."""
    story = module_story
    story.case()
    story.case_leg(**FLIGHT, seat="9A")
    story.case_leg(**TRAIN, carriage="3", seat="1A")
    for place in range(150):
        story.aboard(f"P{place}", **FLIGHT, seat=f"{place % 40 + 1}C")
    for place in range(41):
        story.aboard(f"Q{place}", **TRAIN, carriage="5")
    for place in range(5):
        story.aboard(f"R{place}", **FLIGHT | {"service_date": "20 Jan?"}, seat="9C")
    story.aboard("R5", **FLIGHT | {"number": "不详"}, seat="9C")
    story.aboard("R6", **TRAIN | {"service_date": "soon"}, carriage="3")
    story.aboard("R7", **FLIGHT | {"operator": "Air Two", "service_date": "soon"})
    story.aboard("R8", mode="balloon", number="B1")
    for document in ("N/A", "旅客", "N/A"):
        story.aboard(document, **FLIGHT, seat="9D")
    story.aboard("N/A", **TRAIN, carriage="5")  # met nobody: it could list nobody either
    story.aboard("N/A", **TRAIN, carriage="3")
    return story, story.answers()


def test_each_carrier_has_the_rows_that_list_nobody(built):
    coverage = built[1].index.manifest.coverage
    assert {
        ("flight", "Air One"): 9,
        ("train", "Railway"): "1-4",
        ("flight", "Air Two"): "1-4",
        ("", ""): "1-4",
    } == {(row["mode"], row["operator"]): row["unread"] for row in coverage}


def test_a_carrier_of_which_nothing_could_be_read_has_no_dates(built):
    (row,) = (row for row in built[1].index.manifest.coverage if row["operator"] == "Air Two")
    assert {"mode": "flight", "operator": "Air Two", "legs": 0, "gaps": [], "unread": "1-4"} == row


def test_the_summary_names_the_carriers(built):
    lines = list(summary_lines(built[0].report))
    assert "UNREAD     9 rows of flight Air One list nobody, every answer says so" in lines
    assert (
        "UNREAD     1-4 rows of mode not known (not named) list nobody, every answer says so"
        in lines
    )


def test_carriers_of_one_flight_have_their_own_days_and_legs(story):
    flight = {"mode": "flight", "number": "CA1234"}
    story.case()
    story.case_leg(**flight, seat="9A")
    for day, carrier in (
        ("2020-01-20", "Air One"),
        ("2020-01-20", " Air Two"),
        ("2020-01-22", "Air Two"),
    ):
        for place in range(7):
            story.aboard(f"P{day[-2:]}{place}", **flight, service_date=day, operator=carrier)
    coverage = story.answers().index.manifest.coverage
    assert {
        "Air One": ("2020-01-20", "2020-01-20", 7, []),
        "Air Two": ("2020-01-20", "2020-01-22", 14, ["2020-01-21"]),
    } == {row["operator"]: (row["from"], row["to"], row["legs"], row["gaps"]) for row in coverage}
