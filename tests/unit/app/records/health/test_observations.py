from dataclasses import replace
from datetime import date

import pytest

from app.records.health.observations import (
    Observation,
    add_observation,
    link_digest,
    observation_of_id,
    observation_of_link,
    observations_of,
    purge_observations,
    renew_link,
    set_closed,
)

MINE = Observation("0a" * 16, 1, "林晓岚", "0b" * 16, b"person", 1_000, date(2020, 2, 17))
OTHERS = replace(MINE, id="0c" * 16, organisation=2, roster="", person=None)


@pytest.fixture
def kept(records):
    with records.writing() as connection:
        add_observation(connection, records.cipher, MINE, link_digest(records.cipher, "mine"))
        add_observation(connection, records.cipher, OTHERS, link_digest(records.cipher, "other"))
    return records


def by_link(records, token):
    with records.reading() as connection:
        return observation_of_link(connection, records.cipher, link_digest(records.cipher, token))


def test_an_organisation_has_its_own_observations_alone(kept):
    with kept.reading() as connection:
        assert [MINE] == observations_of(connection, kept.cipher, 1)
        assert OTHERS == observation_of_id(connection, kept.cipher, 2, OTHERS.id)
        assert observation_of_id(connection, kept.cipher, 1, OTHERS.id) is None


def test_a_link_leads_to_its_observation(kept):
    assert (MINE, None) == (by_link(kept, "mine"), by_link(kept, "guess"))


def test_a_new_link_ends_the_old_one(kept):
    with kept.writing() as connection:
        assert renew_link(connection, 1, MINE.id, link_digest(kept.cipher, "new"))
    assert (None, MINE) == (by_link(kept, "mine"), by_link(kept, "new"))


def test_another_organisation_changes_nothing(kept):
    with kept.writing() as connection:
        assert not renew_link(connection, 1, OTHERS.id, b"new")
        assert not set_closed(connection, 1, OTHERS.id, 5)
    assert OTHERS == by_link(kept, "other")


def test_an_observation_is_closed_and_opened_again(kept):
    with kept.writing() as connection:
        set_closed(connection, 1, MINE.id, 5)
    assert 5 == by_link(kept, "mine").closed_at
    with kept.writing() as connection:
        set_closed(connection, 1, MINE.id, None)
    assert MINE == by_link(kept, "mine")


@pytest.mark.parametrize(
    ("closed_at", "day", "before_ms", "deleted"),
    [
        (None, date(2020, 2, 17), 9_000, 0),
        (None, date(2020, 2, 18), 0, 1),
        (5_000, date(2020, 2, 1), 5_000, 0),
        (5_000, date(2020, 2, 1), 5_001, 1),
    ],
)
def test_what_ended_or_was_closed_long_ago_is_deleted(kept, closed_at, day, before_ms, deleted):
    with kept.writing() as connection:
        set_closed(connection, 1, MINE.id, closed_at)
        assert deleted == purge_observations(connection, 1, day, before_ms)
    assert OTHERS == by_link(kept, "other")
