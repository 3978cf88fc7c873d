"""Extra carriages: 加1 is a carriage of its own, however a list writes it."""

import pytest

from tests.scenarios.episodes import Episodes

episodes = Episodes()
WAYS_OF_WRITING = ("加1", "加01", "加1车厢", "加挂1车", "加１車廂")


@episodes
def extra_carriage(episode):
    episode.case()
    episode.case_leg(**episode.train, carriage="加1")
    for number, carriage in enumerate(WAYS_OF_WRITING):
        episode.aboard(f"P{number}", **episode.train, carriage=carriage)
    for document, carriage in (("Q1", "1"), ("Q2", "加2"), ("Q3", "201")):
        episode.aboard(document, **episode.train, carriage=carriage)
    episode.aboard("Q4", **episode.train, carriage="增1车")


@pytest.mark.parametrize("number", range(len(WAYS_OF_WRITING)))
def test_who_sat_in_the_extra_carriage_is_listed_with_it(answers_of, number):
    (trip,) = answers_of(extra_carriage).ask(f"P{number}").exposures
    assert ("close", "same_carriage", 201) == (trip.tier.word, trip.relation.word, trip.carriage)


@pytest.mark.parametrize("document", ["Q1", "Q2"])
def test_who_sat_in_another_carriage_is_not(answers_of, document):
    assert "not_found" == answers_of(extra_carriage)[document]


@pytest.mark.parametrize("document", ["Q3", "Q4"])
def test_a_carriage_that_cannot_be_read_or_that_no_train_has_widens(answers_of, document):
    (trip,) = answers_of(extra_carriage).ask(document).exposures
    assert ("close", "unknown", 0) == (trip.tier.word, trip.relation.word, trip.carriage)
