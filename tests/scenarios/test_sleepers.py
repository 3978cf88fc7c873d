"""Sleepers: compartments and bays, as the carriage is described."""

from tests.scenarios.episodes import Episodes

episodes = Episodes()

UNITS = "1-4,5-8,9-12,13-16"
DESCRIPTIONS = {
    "soft sleeper": {"class": "soft_sleeper", "aircon": "yes", "units": UNITS},
    "hard sleeper": {"class": "hard_sleeper", "aircon": "yes", "units": UNITS},
    "without air conditioning": {"class": "hard_sleeper", "aircon": "no", "units": UNITS},
    "without units": {"class": "soft_sleeper", "aircon": "yes"},
    "of the date": {"service_date": "2020-01-20", "class": "soft_sleeper", "units": UNITS},
}

unknown_class = Episodes()


@unknown_class.of_each("of unknown class")
@episodes.of_each(*DESCRIPTIONS)
def sleeper(episode, description):
    """A case in berth 6 of carriage 12, and travellers in berths 1 to 16 and in carriage 11."""
    train = {**episode.train, "carriage": "12"}
    episode.case()
    episode.case_leg(**train, seat="6号下铺")
    if description == "of the date":
        episode.row("carriages", **train, **{"class": "hard_seat"})
    if description in DESCRIPTIONS:
        episode.row("carriages", **train, **DESCRIPTIONS[description])
    for berth in (1, 5, 8, 9, 12, 13):
        episode.aboard(f"P{berth}", **train, seat=f"{berth}号上铺")
    episode.aboard("PUNKNOWN", **train, seat="")
    episode.aboard("P11", **episode.train, carriage="11", seat="6号下铺")


def tiers_of(answers):
    return {document: answers[f"P{document}"] for document in (1, 5, 8, 9, 12, 13, "UNKNOWN", 11)}


def test_soft_sleeper_lists_the_compartment_only(answers_of):
    tiers = tiers_of(answers_of(sleeper, "soft sleeper"))
    assert {5, 8, "UNKNOWN"} == {who for who, tier in tiers.items() if tier == "close"}


def test_hard_sleeper_with_air_conditioning_lists_the_carriage(answers_of):
    tiers = tiers_of(answers_of(sleeper, "hard sleeper"))
    assert {11} == {who for who, tier in tiers.items() if tier == "not_found"}


def test_an_ordinary_carriage_lists_the_bay_and_its_neighbours(answers_of):
    tiers = tiers_of(answers_of(sleeper, "without air conditioning"))
    assert {13, 11} == {who for who, tier in tiers.items() if tier == "not_found"}


def test_without_units_a_compartment_is_the_whole_carriage(answers_of):
    tiers = tiers_of(answers_of(sleeper, "without units"))
    assert {11} == {who for who, tier in tiers.items() if tier == "not_found"}


def test_a_carriage_of_unknown_class_is_hard_seat_with_air_conditioning(story):
    answers_of = unknown_class.answers(story)
    tiers = tiers_of(answers_of(sleeper, "of unknown class"))
    assert {11} == {who for who, tier in tiers.items() if tier == "not_found"}
    assert 7 == answers_of.report.widenings["class_unknown"]


def test_a_description_of_the_date_goes_before_one_of_all_dates(answers_of):
    assert "not_found" == tiers_of(answers_of(sleeper, "of the date"))[9]
