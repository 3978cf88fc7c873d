"""Coaches, buses, taxis, metro and ships under the Chinese rule sets; editions of the plan."""

import pytest

COACH = {"mode": "coach", "number": "湘HD43A0"}


def rows_aboard(story, vehicle, *rows):
    for row in rows:
        story.aboard(f"P{row}", **vehicle, seat=f"{row}A")
    story.aboard("PDRIVER", **vehicle, role="crew")


def test_everyone_aboard_a_sealed_coach_is_close(story):
    story.case()
    story.case_leg(**COACH, seat="1A")
    rows_aboard(story, COACH, 2, 12)
    answers = story.answers()
    assert ["close", "close", "close"] == [
        answers["P2"],
        answers["P12"],
        answers["PDRIVER"],
    ]
    assert "same_vehicle" == answers.relation("P12")


def test_a_ventilated_coach_lists_three_rows_and_the_crew(story):
    story.case()
    story.row("carriages", **COACH, aircon="no")
    story.case_leg(**COACH, seat="1A")
    rows_aboard(story, COACH, 4, 5)
    answers = story.answers()
    expected = ["close", "not_found", "close"]
    assert expected == [answers["P4"], answers["P5"], answers["PDRIVER"]]


def test_a_bus_with_its_plate_is_a_coach_and_a_line_lists_general_contacts(story):
    story.case()
    for document, number in (("P1", "渝A4D1F9"), ("P2", "巴东县1路公交车")):
        bus = {"mode": "bus", "number": number}
        story.case_leg(**bus)
        story.aboard(document, **bus)
    answers = story.answers()
    assert ("close", "general") == (answers["P1"], answers["P2"])


def test_a_plate_is_one_vehicle_whatever_each_table_calls_it(story):
    story.case()
    story.case_leg(mode="coach", number="鄂ALB-961")
    for document, mode, number in (
        ("P1", "bus", "鄂A•LB961"),
        ("P2", "taxi", "鄂ALB961"),
        ("P3", "bus", "鄂ALB962"),
    ):
        story.aboard(document, mode=mode, number=number)
    driver = {"id_type": "other", "id_number": "PDRIVER", "name": "Traveller PDRIVER"}
    story.row("drivers", plate="鄂A LB961", **driver)
    answers = story.answers()
    assert ["close", "close", "not_found"] == [answers["P1"], answers["P2"], answers["P3"]]
    assert ("close", 1) == (answers["PDRIVER"], len(answers.ask("PDRIVER").exposures))


def test_numbers_of_a_train_cut_short_join_whole_ones(story):
    story.case()
    for number, other in (("1461/4", "1464"), ("C6506/6507次", "C6507")):
        story.case_leg(mode="train", number=number, carriage="3", seat="5A")
        story.aboard(f"P{other}", mode="train", number=other, carriage="3", seat="5B")
    story.aboard("P4", mode="train", number="4", carriage="3", seat="5B")
    answers = story.answers()
    assert ["close", "close", "not_found"] == [
        answers["P1464"],
        answers["PC6507"],
        answers["P4"],
    ]


def test_on_a_line_whoever_rode_at_another_time_is_not_listed(story):
    metro = {"mode": "metro", "number": "2号线"}
    story.case()
    story.case_leg(**metro, board_time="2020-01-20T08:00", alight_time="2020-01-20T08:30")
    for document, board, alight in (("P1", "08:29", "09:00"), ("P2", "08:30", "09:00")):
        times = {"board_time": f"2020-01-20T{board}", "alight_time": f"2020-01-20T{alight}"}
        story.aboard(document, **metro, carriage="5", **times)
    story.aboard("P3", **metro)
    answers = story.answers()
    expected = ["general", "not_found", "general"]
    assert expected == [answers["P1"], answers["P2"], answers["P3"]]


def test_a_taxi_is_its_plate_and_without_one_nobody_is_listed_and_it_is_said(story):
    story.case()
    for document, number in (("P1", "粤B12345"), ("P2", "滴滴打车")):
        taxi = {"mode": "taxi", "number": number}
        story.case_leg(**taxi)
        story.aboard(document, **taxi)
    answers = story.answers()
    assert ("close", "not_found") == (answers["P1"], answers["P2"])
    assert any("1 trips of cases by taxi" in remark for remark in story.report.remarks)


def test_a_ship_lists_the_cabin_and_the_crew_serving_it(story):
    ship = {"mode": "ship", "number": "维多利亚凯珍号"}
    story.case()
    story.case_leg(**ship, carriage="305")
    story.aboard("P1", **ship, carriage="305")
    story.aboard("P2", **ship, carriage="306")
    story.aboard("PK1", **ship, role="crew", carriage="300-310")
    story.aboard("PK2", **ship, role="crew", carriage="401-410")
    answers = story.answers()
    expected = ["close", "not_found", "close", "not_found"]
    assert expected == [answers[who] for who in ("P1", "P2", "PK1", "PK2")]


@pytest.fixture(scope="module")
def editions(module_story):
    """A case with onset on 01-20: flights 0, 2, 3 and 4 days before it, and a soft sleeper."""
    story = module_story
    story.case()
    for before, day in ((0, "20"), (2, "18"), (3, "17"), (4, "16"), (5, "15")):
        flight = {"mode": "flight", "number": f"CA10{before}", "service_date": f"2020-01-{day}"}
        story.case_leg(**flight, seat="9A")
        story.aboard(f"P{before}", **flight, seat="12A")
    sleeper = {"mode": "train", "number": "K1", "carriage": "3"}
    story.row("carriages", **sleeper, units="1-4,5-8", **{"class": "soft_sleeper"})
    story.case_leg(**sleeper, seat="1号下铺")
    story.aboard("PSLEEPER", **sleeper, seat="5号下铺")
    return story


@pytest.mark.parametrize(
    ("rules", "expected"),
    [
        ("nhc-2020-01", ["general", "not_found", "not_found", "not_found", "not_found"]),
        ("nhc-2020-02", ["close", "close", "not_found", "not_found", "close"]),
        ("nhc-2020-03", ["close", "close", "not_found", "not_found", "not_found"]),
        ("nhc-2021-05", ["close", "close", "close", "not_found", "not_found"]),
        ("nhc-2022-06", ["close", "close", "not_found", "not_found", "not_found"]),
    ],
)
def test_each_edition_looks_back_and_draws_its_zones(editions, rules, expected):
    answers = editions.answers(rules)
    assert expected == [answers[who] for who in ("P0", "P2", "P4", "P5", "PSLEEPER")]


def test_the_ninth_edition_observes_ten_days(editions):
    trip = editions.answers("nhc-2022-06").ask("P0").exposures[0]
    assert "2020-01-30" == trip.observe_until.isoformat()
