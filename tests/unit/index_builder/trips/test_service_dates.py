from datetime import date
from types import SimpleNamespace

import ibis
import pytest

from index_builder.trips.service_dates import read_dates

NINTH = date(2020, 1, 9)


@pytest.fixture
def days_of():
    """Return the days of each cell, read from cells of legs and of case_legs."""

    def reading(legs, case_legs):
        work = SimpleNamespace(small=lambda _name, _schema, rows: rows)
        source = SimpleNamespace(get=lambda _name: ibis.memtable({"service_date": case_legs}))
        days = {}
        for text, day, place, fault in read_dates(work, source, ibis.memtable({"date_text": legs})):
            assert place == len(days.get(text, []))
            days.setdefault(text, []).append(day or fault)
        return days

    return reading


def test_each_day_of_a_cell_has_its_place(days_of):
    days = days_of(["2020-01-09"], ["2020-01-09", "2020年1月8日-9日"])
    assert {"2020-01-09": [NINTH], "2020年1月8日-9日": [date(2020, 1, 8), NINTH]} == days


def test_a_table_proves_the_order_of_its_own_dates_alone(days_of):
    days = days_of(["13/01/2020", "09/01/2020"], ["08/01/2020"])
    assert [[NINTH], ["ambiguous"]] == [days["09/01/2020"], days["08/01/2020"]]


@pytest.mark.parametrize("proof", ["01/13/2020", "02/03/2020"])
def test_a_cell_that_means_another_day_or_none_in_another_table_has_no_date(days_of, proof):
    days = days_of(["13/01/2020", "09/01/2020"], [proof, "09/01/2020"])
    assert ["ambiguous"] == days["09/01/2020"]


@pytest.mark.parametrize("cell", ["2018-12-31", "2018-12-31 - 2019-01-01", "未知", ""])
def test_a_day_that_no_index_can_hold_leaves_its_cell_without_any(days_of, cell):
    assert {cell: ["unreadable"]} == days_of([cell], [cell])
