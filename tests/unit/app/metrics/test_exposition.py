"""What a scrape tells of readiness: each thing that is wrong under its own name."""

import pytest

from app.indexes.readiness import Readiness
from app.metrics.exposition import GaugeCollector
from app.metrics.shared_counts import SharedCounts
from exposure_index.lookup.result import Missing

STATE = Readiness(
    ready=True,
    complete=False,
    reasons=("canary", "damaged"),
    records_faults=("records_unwritable",),
    missing=(Missing("乙", "damaged"),),
)


@pytest.fixture
def scraped():
    collector = GaugeCollector(SharedCounts(1), lambda: (), lambda: STATE)
    return {
        family.name: {tuple(sample.labels.values()): sample.value for sample in family.samples}
        for family in collector.collect()
    }


def test_an_authority_that_is_missing_is_told_by_name_with_the_reason(scraped):
    assert {("乙", "damaged"): 1} == scraped["gauge_authority_missing"]


def test_faults_of_indexes_and_of_records_are_told_apart(scraped):
    assert {("canary",): 1, ("damaged",): 1} == scraped["gauge_index_fault"]
    assert {("records_unwritable",): 1} == scraped["gauge_records_fault"]


def test_a_service_that_answers_incompletely_is_ready_and_not_complete(scraped):
    assert [{(): 1}, {(): 0}] == [scraped["gauge_ready"], scraped["gauge_complete"]]
