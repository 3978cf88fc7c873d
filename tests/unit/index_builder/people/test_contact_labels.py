"""Labels: whoever has one exposure is told what grouping and ranking it would tell."""

from datetime import date
from itertools import product

import pytest

from index_builder.people.contact_labels import person_exposures
from index_builder.runtime.workspace import Workspace

COLUMNS = {
    **dict.fromkeys(("person", "mode", "trip", "carriage"), "string"),
    **dict.fromkeys(("rule", "tier", "relation", "observation_days"), "int16"),
    **dict.fromkeys(("day", "end_date"), "date"),
}
BOARDED, LEFT = date(2020, 1, 20), date(2020, 1, 21)


def exposure(person, carriage, tier, relation, observation_days):
    return (
        *(person, "train", "G1", carriage),
        *(1, tier, relation, observation_days),
        *(BOARDED, LEFT),
    )


@pytest.fixture
def told(tmp_path):
    with Workspace(tmp_path) as work:

        def exposures_of(rows):
            table = person_exposures(work.small("told_exposures", COLUMNS, rows)).to_pyarrow()
            return sorted(table.to_pylist(), key=lambda row: row["person"])

        yield exposures_of


def test_an_exposure_alone_is_told_as_one_that_two_cases_share(told):
    kinds = product(("03", "", None), (1, 2), (0, 4), (0, 14))
    rows = [exposure(f"P{number:02}", *kind) for number, kind in enumerate(kinds)]
    alone = told(rows)
    assert told(rows * 2) == alone
    assert len(rows) == len(alone)
    assert {"03", None} == {row["carriage"] for row in alone}
    assert {date(2020, 2, 4), None} == {row["until"] for row in alone}


def test_whoever_was_on_two_trips_keeps_both(told):
    first = exposure("P1", "03", 1, 0, 14)
    second = (*first[:2], "G2", *first[3:])
    assert {("G1", 2), ("G2", 2)} == {(row["trip"], row["total"]) for row in told([first, second])}
