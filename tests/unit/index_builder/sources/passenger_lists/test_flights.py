"""Updates of a list: nobody is taken off who is not named for certain."""

from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tables.table_faults import TableUnreadable
from tests.unit.index_builder.sources.passenger_lists.conftest import (
    HEADER,
    LINES,
    SMITH,
    Lists,
    adl,
    pnl,
)


def test_additions_deletions_and_changes_are_applied(lists):
    update = adl(
        *("DEL", "1LI/SIMS .L/DEF456", "ADD", "1WU/QIMR .L/GHI789"),
        *("CHG", SMITH, ".R/SEAT HK1 40K"),
    )
    rows = lists(pnl("-CAN002Y", f"{SMITH} .R/SEAT HK1 12A", "1LI/SIMS .L/DEF456"), update)
    assert {"SMITH/JOHNMR": "40K", "WU/QIMR": ""} == {
        cells["name"]: cells["seat"] for _, cells in rows
    }
    totals = lists.read.totals
    assert (1, 1, 0) == (totals.deleted, totals.repeats, totals.doubts)


@pytest.mark.parametrize(
    ("others", "deletion"),
    [
        ((), "1SMITH/JOHNNYMR .L/ABC123"),
        ((), "1SMITH/JOHNMR .L/OTHER1"),
        (("1SMITH/JOHNMR .L/ABC123",), "1SMITH/JOHNMR .L/ABC123"),
        (("1SMITH/JOHNMR .L/DEF456",), "1SMITH/JOHNMR"),
        ((), "1SMITH"),
    ],
    ids=["another name", "another booking", "two alike", "booking not told", "no given name"],
)
def test_a_deletion_that_fits_nobody_for_certain_keeps_everyone_and_is_listed(
    lists, others, deletion
):
    assert 1 + len(others) == len(lists(pnl("-CAN002Y", SMITH, *others), adl("DEL", deletion)))
    assert 1 == lists.read.totals.doubts
    ((table, _, reason),) = lists.rejects.warnings
    assert ("passenger_lists", "takes off nobody for certain, everyone stays") == (table, reason)


def test_a_deletion_takes_one_of_a_party_and_leaves_the_rest(lists):
    both = pnl("-CAN002Y", "2SMITH/JOHNMR/JANEMRS .L/ABC123")
    assert ["SMITH/JANEMRS"] == lists.names(both, adl("DEL", "1SMITH/JOHNMR .L/ABC123"))


@pytest.mark.parametrize("order", [1, -1])
def test_whoever_any_update_adds_stays_whatever_the_order_of_updates(lists, order):
    updates = [adl("DEL", SMITH), adl("ADD", SMITH)][::order]
    assert ["SMITH/JOHNMR"] == lists.names(pnl("-CAN001Y", SMITH), *updates)


def test_of_two_changes_of_seat_both_are_possible(lists):
    changes = [adl("CHG", SMITH, f".R/SEAT HK1 {seat}") for seat in ("40K", "12A")]
    ((_, cells),) = lists(pnl("-CAN001Y", f"{SMITH} .R/SEAT HK1 1A"), *changes)
    assert "40K|12A" == cells["seat"]


def test_no_shows_are_taken_off_and_those_without_a_record_added(lists):
    final = (
        f"PFS\n{HEADER}\nCAN 001/003\n-CAN\nNOSHO 001Y\n1SMITH/JOHNMR\nOFFLK 1Y\n1LI/SIMS\n"
        "NOREC 001Y\n1WU/QIMR\nCHGCL 1Y\n1QIAN/YIMR\nENDPFS\n"
    )
    booked = pnl("-CAN003Y", SMITH, "1LI/SIMS", "1QIAN/YIMR")
    assert ["QIAN/YIMR", "WU/QIMR"] == lists.names(booked, final)
    assert 2 == lists.read.totals.not_aboard


def test_every_name_is_accounted_for(lists):
    final = f"PFS\n{HEADER}\n-CAN\nNOSHO 1Y\n1LI/SIMS\n1NOBODY/KNOWNMR\nENDPFS\n"
    update = adl("DEL", SMITH, "1X/Y", "ADD", "3TOUR/ANMR", "CHG", "1LI/SIMS")
    lists(pnl("-CAN002Y", SMITH, "1LI/SIMS"), update, final)
    totals = lists.read.totals
    taken_off = 2 * (totals.deleted + totals.not_aboard)
    assert totals.names == totals.aboard + totals.repeats + taken_off + totals.doubts
    assert (10, 3) == (totals.names, totals.aboard)


@given(st.lists(LINES, max_size=30), st.lists(LINES, max_size=30))
def test_any_lists_are_combined_or_refused_and_every_name_accounted_for(
    tmp_path_factory, first, second
):
    lists = Lists(tmp_path_factory.mktemp("lists"))
    with suppress(TableUnreadable):
        lists(*("\n".join(lines) for lines in (first, second)))
        totals = lists.read.totals
        taken_off = 2 * (totals.deleted + totals.not_aboard)
        assert totals.names == totals.aboard + totals.repeats + taken_off + totals.doubts
