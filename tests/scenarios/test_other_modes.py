"""Coaches, buses, taxis, metro and ships under the Chinese rule sets; editions of the plan."""

import pytest

from tests.scenarios.episodes import Episodes

COACH = {"mode": "coach", "number": "湘HD43A0"}
VENTILATED = {"mode": "coach", "number": "湘HD43A1"}

episodes = Episodes()


def rows_aboard(story, vehicle, *rows):
    for row in rows:
        story.aboard(f"P{row}", **vehicle, seat=f"{row}A")
    story.aboard("PDRIVER", **vehicle, role="crew")


@episodes
def sealed_coach(episode):
    episode.case()
    episode.case_leg(**COACH, seat="1A")
    rows_aboard(episode, COACH, 2, 12)


def test_everyone_aboard_a_sealed_coach_is_close(answers_of):
    answers = answers_of(sealed_coach)
    assert ["close", "close", "close"] == [
        answers["P2"],
        answers["P12"],
        answers["PDRIVER"],
    ]
    assert "same_vehicle" == answers.relation("P12")


@episodes
def ventilated_coach(episode):
    episode.case()
    episode.row("carriages", **VENTILATED, aircon="no")
    episode.case_leg(**VENTILATED, seat="1A")
    rows_aboard(episode, VENTILATED, 4, 5)


def test_a_ventilated_coach_lists_three_rows_and_the_crew(answers_of):
    answers = answers_of(ventilated_coach)
    expected = ["close", "not_found", "close"]
    assert expected == [answers["P4"], answers["P5"], answers["PDRIVER"]]


@episodes
def buses(episode):
    episode.case()
    for document, number in (("P1", "渝A4D1F9"), ("P2", "巴东县1路公交车")):
        bus = {"mode": "bus", "number": number}
        episode.case_leg(**bus)
        episode.aboard(document, **bus)


def test_a_bus_with_its_plate_is_a_coach_and_a_line_lists_general_contacts(answers_of):
    answers = answers_of(buses)
    assert ("close", "general") == (answers["P1"], answers["P2"])


@episodes
def one_plate(episode):
    episode.case()
    episode.case_leg(mode="coach", number="鄂ALB-961")
    for document, mode, number in (
        ("P1", "bus", "鄂A•LB961"),
        ("P2", "taxi", "鄂ALB961"),
        ("P3", "bus", "鄂ALB962"),
    ):
        episode.aboard(document, mode=mode, number=number)
    document = episode.document("PDRIVER")
    driver = {"id_type": "other", "id_number": document, "name": f"Traveller {document}"}
    episode.row("drivers", plate="鄂A LB961", **driver)


def test_a_plate_is_one_vehicle_whatever_each_table_calls_it(answers_of):
    answers = answers_of(one_plate)
    assert ["close", "close", "not_found"] == [answers["P1"], answers["P2"], answers["P3"]]
    assert ("close", 1) == (answers["PDRIVER"], len(answers.ask("PDRIVER").exposures))


@episodes
def numbers_cut_short(episode):
    episode.case()
    for number, other in (("1461/4", "1464"), ("C6506/6507次", "C6507")):
        episode.case_leg(mode="train", number=number, carriage="3", seat="5A")
        episode.aboard(f"P{other}", mode="train", number=other, carriage="3", seat="5B")
    episode.aboard("P4", mode="train", number="4", carriage="3", seat="5B")


def test_numbers_of_a_train_cut_short_join_whole_ones(answers_of):
    answers = answers_of(numbers_cut_short)
    assert ["close", "close", "not_found"] == [
        answers["P1464"],
        answers["PC6507"],
        answers["P4"],
    ]


@episodes
def metro_at_times(episode):
    metro = {"mode": "metro", "number": "2号线"}
    episode.case()
    episode.case_leg(**metro, board_time="2020-01-20T08:00", alight_time="2020-01-20T08:30")
    for document, board, alight in (("P1", "08:29", "09:00"), ("P2", "08:30", "09:00")):
        times = {"board_time": f"2020-01-20T{board}", "alight_time": f"2020-01-20T{alight}"}
        episode.aboard(document, **metro, carriage="5", **times)
    episode.aboard("P3", **metro)


def test_on_a_line_whoever_rode_at_another_time_is_not_listed(answers_of):
    answers = answers_of(metro_at_times)
    expected = ["general", "not_found", "general"]
    assert expected == [answers["P1"], answers["P2"], answers["P3"]]


@episodes
def taxis(episode):
    episode.case()
    for document, number in (("P1", "粤B12345"), ("P2", "滴滴打车")):
        taxi = {"mode": "taxi", "number": number}
        episode.case_leg(**taxi)
        episode.aboard(document, **taxi)


def test_a_taxi_is_its_plate_and_without_one_nobody_is_listed_and_it_is_said(answers_of):
    answers = answers_of(taxis)
    assert ("close", "not_found") == (answers["P1"], answers["P2"])
    assert any("1 trips of cases by taxi" in remark for remark in answers_of.report.remarks)


@episodes
def ship_with_cabins(episode):
    ship = {"mode": "ship", "number": "维多利亚凯珍号"}
    episode.case()
    episode.case_leg(**ship, carriage="305")
    episode.aboard("P1", **ship, carriage="305")
    episode.aboard("P2", **ship, carriage="306")
    episode.aboard("PK1", **ship, role="crew", carriage="300-310")
    episode.aboard("PK2", **ship, role="crew", carriage="401-410")


def test_a_ship_lists_the_cabin_and_the_crew_serving_it(answers_of):
    answers = answers_of(ship_with_cabins)
    expected = ["close", "not_found", "close", "not_found"]
    assert expected == [answers[who] for who in ("P1", "P2", "PK1", "PK2")]


EDITIONS = {
    "nhc-2020-01": ["general", "not_found", "not_found", "not_found", "not_found"],
    "nhc-2020-02": ["close", "close", "not_found", "not_found", "close"],
    "nhc-2020-03": ["close", "close", "not_found", "not_found", "not_found"],
    "nhc-2021-05": ["close", "close", "close", "not_found", "not_found"],
    "nhc-2022-06": ["close", "close", "not_found", "not_found", "not_found"],
}


@episodes.of_each(*EDITIONS)
def edition(episode, rules):
    """A case with onset on 01-20: flights 0, 2, 3, 4 and 5 days before it, and a soft sleeper."""
    episode.rules = rules
    episode.case()
    days = {0: ("CA", "20"), 2: ("MU", "18"), 3: ("CZ", "17"), 4: ("HU", "16"), 5: ("ZH", "15")}
    for before, (carrier, day) in days.items():
        number = f"{carrier}{episode.number}"
        flight = {"mode": "flight", "number": number, "service_date": f"2020-01-{day}"}
        episode.case_leg(**flight, seat="9A")
        episode.aboard(f"P{before}", **flight, seat="12A")
    sleeper = {**episode.train, "carriage": "3"}
    episode.row("carriages", **sleeper, units="1-4,5-8", **{"class": "soft_sleeper"})
    episode.case_leg(**sleeper, seat="1号下铺")
    episode.aboard("PSLEEPER", **sleeper, seat="5号下铺")


@pytest.mark.parametrize(("rules", "expected"), EDITIONS.items())
def test_each_edition_looks_back_and_draws_its_zones(answers_of, rules, expected):
    answers = answers_of(edition, rules)
    assert expected == [answers[who] for who in ("P0", "P2", "P4", "P5", "PSLEEPER")]


def test_the_ninth_edition_observes_ten_days(answers_of):
    trip = answers_of(edition, "nhc-2022-06").ask("P0").exposures[0]
    assert "2020-01-30" == trip.observe_until.isoformat()
