"""The chart of a list's states: how long each bar is, so that a template draws it as SVG.

Its numbers stand beside it as a table: who does not see the bars misses nothing.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from flask_babel import LazyString

from app.bulk.portal.observation import OVER
from app.bulk.portal.state_words import STATE_MEANINGS, STATE_WORDS, STATES

WIDTH = 1_000
LEAST_WIDTH = 6  # a state of one person in a million is drawn all the same


@dataclass(frozen=True, slots=True)
class ChartBar:
    """One state: its people, and where its bar stands in a chart WIDTH units wide."""

    state: str
    words: LazyString
    meaning: LazyString
    people: int
    start: int
    width: int


def state_chart(counts: Mapping[str, int]) -> list[ChartBar]:
    """Return a bar for each state, in the order of STATES; widths add up to WIDTH.

    All of them are 0 where there are no rows. Observation that is over has a bar where there is
    some.
    """
    states = [state for state in STATES if state != OVER or counts.get(OVER)]
    people = [counts.get(state, 0) for state in states]
    widths = bar_widths(people)
    starts = [sum(widths[:place]) for place in range(len(widths))]
    return [
        ChartBar(state, STATE_WORDS[state], STATE_MEANINGS[state], number, start, width)
        for state, number, start, width in zip(states, people, starts, widths, strict=True)
    ]


def bar_widths(numbers: list[int]) -> list[int]:
    """Return widths in proportion, at least LEAST_WIDTH where a number is not 0."""
    total = sum(numbers)
    if not total:
        return [0] * len(numbers)
    widths = [max(LEAST_WIDTH, number * WIDTH // total) if number else 0 for number in numbers]
    widths[widths.index(max(widths))] += WIDTH - sum(widths)  # the rest, to the widest
    return widths
