"""Labels: whoever has one exposure is told what grouping and ranking it would tell."""

from datetime import date
from itertools import product

import pytest

from exposure_index.label.codec import DAY_ZERO
from index_builder.people.contact_labels import labels_of_one, listed_people, person_exposures
from index_builder.runtime.workspace import Workspace

COLUMNS = {
    **dict.fromkeys(("person", "mode", "trip", "carriage"), "string"),
    **dict.fromkeys(("rule", "tier", "relation", "observation_days"), "int16"),
    **dict.fromkeys(("day", "end_date"), "date"),
    **dict.fromkeys(("id_type", "document", "name"), "string"),
}
DOCUMENT = ("id_type", "document", "name")
BOARDED, LEFT = date(2020, 1, 20), date(2020, 1, 21)


def exposure(person, carriage, tier, relation, observation_days):
    return (
        *(person, "train", "G1", carriage),
        *(1, tier, relation, observation_days),
        *(BOARDED, LEFT),
        *("passport", f"DOC{person}", "王小明"),
    )


@pytest.fixture
def work(tmp_path):
    with Workspace(tmp_path) as workspace:
        yield workspace


def ranked(work, rows):
    return work.keep("ranked", person_exposures(rows))


def in_order(table):
    return sorted(table.to_pyarrow().to_pylist(), key=lambda row: row["person"])


def test_an_exposure_alone_is_told_as_one_that_two_cases_share(work):
    kinds = product(("03", "", None), (1, 2), (0, 4), (0, 14))
    rows = [exposure(f"P{number:02}", *kind) for number, kind in enumerate(kinds)]
    alone, twice = (work.small(f"told_{n}", COLUMNS, rows * n) for n in (1, 2))
    told = in_order(labels_of_one(alone))
    documents = alone.select("person", *DOCUMENT)
    grouped = listed_people(work, ranked(work, twice), documents, alone.limit(0))
    assert in_order(grouped.plain) == told
    assert labels_of_one(alone).schema() == grouped.plain.select(*told[0]).schema()
    assert len(rows) == len(told) == grouped.count
    assert {"03", None} == {row["carriage_0"] for row in told}
    assert {(date(2020, 2, 4) - DAY_ZERO).days, None} == {row["until_0"] for row in told}
    both = listed_people(work, ranked(work, twice.limit(0)), documents.limit(0), alone)
    assert told == in_order(both.plain)
    assert len(rows) == both.count


def test_whoever_was_on_two_trips_keeps_both(work):
    first = exposure("P1", "03", 1, 0, 14)
    second = (*first[:2], "G2", *first[3:])
    told = in_order(person_exposures(work.small("told", COLUMNS, [first, second])))
    assert {("G1", 2), ("G2", 2)} == {(row["trip"], row["total"]) for row in told}
