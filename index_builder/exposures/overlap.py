"""Whether two legs of one run overlap: denied only on proof, by stops or by times of both."""

from functools import reduce
from operator import or_
from typing import Any

import ibis

# An ibis column has no useful static type: it is built from column names.
Column = Any


def left_before(pairs: ibis.Table, one: str, other: str) -> Column:
    """Whether one provably left before the other boarded, or at the very stop where they did.

    one, other: prefixes of their columns, "case_" or "".
    """
    last, first = pairs[f"{one}alight_last"], pairs[f"{other}board_first"]
    both_exact = pairs[f"{one}alight_exact"] & pairs[f"{other}board_exact"]
    same_name = pairs[f"{one}alight_stop"] == pairs[f"{other}board_stop"]
    one_timetable = (pairs.case_run == pairs.run).fill_null(False)
    by_order = ((last < first) | ((last == first) & both_exact & same_name)).fill_null(False)
    by_time = (pairs[f"{one}alight_at"] <= pairs[f"{other}board_at"]).fill_null(False)
    return (one_timetable & by_order) | by_time


def together_proved(pairs: ibis.Table) -> Column:
    """Whether stops or times of both are known well enough to prove the overlap."""
    by_order = (pairs.case_run == pairs.run).fill_null(False) & (
        (pairs.board_last < pairs.case_alight_first) & (pairs.case_board_last < pairs.alight_first)
    ).fill_null(False)
    by_time = (
        (pairs.board_at < pairs.case_alight_at) & (pairs.case_board_at < pairs.alight_at)
    ).fill_null(False)
    # Who got on, or off, at the same stop of one run was aboard together just after, or before.
    by_name = (pairs.case_board_stop == pairs.board_stop).fill_null(False) | (
        pairs.case_alight_stop == pairs.alight_stop
    ).fill_null(False)
    return by_order | by_time | by_name


def too_short(pairs: ibis.Table) -> Column:
    """Whether the two were provably together for less than the rule asks.

    However little is known, nobody was together with the case for longer than from the one's
    boarding to the other's, or their own, alighting.
    """
    ends, starts = (pairs.case_alight_at, pairs.alight_at), (pairs.case_board_at, pairs.board_at)
    short = [
        (end.epoch_seconds() - start.epoch_seconds() < pairs.minutes_min * 60).fill_null(False)
        for end in ends
        for start in starts
    ]
    return reduce(or_, short)
