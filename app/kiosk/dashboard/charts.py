"""Charts of the dashboard: how high each bar is, so that a template draws it as SVG.

Their numbers stand beside them as a table: who does not see the bars misses nothing.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from app.kiosk.dashboard.counted_checkins import COME_IN, NOT_CHECKED, WAIT, CountedCheckin
from app.records.kiosks.checkin_counts import QuarterCount
from app.settings.local_days import LocalDays

HEIGHT = 100
COLUMN_WIDTH = 10
GAP = 2
LEAST_HEIGHT = 2  # a single person beside a thousand is drawn all the same
HOURS = 24


@dataclass(frozen=True, slots=True)
class Bar:
    """One part of a column: the series it is of, and its rectangle; y grows downwards."""

    series: str
    x: int
    y: int
    height: int


@dataclass(frozen=True, slots=True)
class ColumnChart:
    """Columns of stacked bars, COLUMN_WIDTH apart and HEIGHT high at most.

    highest: the number that the highest column stands for; rows: a label and a number of each
    series, for the table beside the chart.
    """

    width: int
    highest: int
    bars: tuple[Bar, ...]
    rows: tuple[tuple[object, tuple[int, ...]], ...]


def column_chart(labels: Sequence[object], series: Mapping[str, Sequence[int]]) -> ColumnChart:
    """Return a chart; series: a number for each label, stacked in the order of the mapping."""
    rows = tuple(
        (label, tuple(numbers[place] for numbers in series.values()))
        for place, label in enumerate(labels)
    )
    highest = max((sum(numbers) for _, numbers in rows), default=0)
    bars: list[Bar] = []
    for place, (_, numbers) in enumerate(rows):
        bottom = HEIGHT
        for name, number in zip(series, numbers, strict=True):
            height = max(LEAST_HEIGHT, number * HEIGHT // highest) if number else 0
            height = min(height, bottom)
            bottom -= height
            if height:
                bars.append(Bar(name, place * COLUMN_WIDTH + GAP // 2, bottom, height))
    return ColumnChart(len(labels) * COLUMN_WIDTH, highest, tuple(bars), rows)


def hours_chart(counted: Iterable[CountedCheckin], days: LocalDays) -> ColumnChart:
    """Return the chart of a day: check-ins in and out by the hour at which they were made."""
    came, went = [0] * HOURS, [0] * HOURS
    for one in counted:
        hour = days.moment(one.made_at).hour
        came[hour] += one.entered
        went[hour] += one.left
    return column_chart(range(HOURS), {"in": came, "out": went})


def days_chart(
    counts: Iterable[QuarterCount], days: LocalDays, last: date, number: int
) -> ColumnChart:
    """Return the chart of some days up to one: check-ins by the word of the kiosk."""
    labels = [last - timedelta(days=back) for back in range(number - 1, -1, -1)]
    series = {word: dict.fromkeys(labels, 0) for word in (COME_IN, WAIT, NOT_CHECKED)}
    for count in counts:
        day = days.day(count.begin)
        if day in series[count.word]:
            series[count.word][day] += count.number
    return column_chart(labels, {word: list(byday.values()) for word, byday in series.items()})
