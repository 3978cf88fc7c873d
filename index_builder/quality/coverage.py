"""Coverage of the passenger lists: by mode and carrier, first and last date, missing days."""

from collections.abc import Mapping
from datetime import date, datetime, timedelta
from typing import Any

from index_builder.trips.trip_tables import TripTables

GAPS_MAX = 60


def coverage_of(
    trips: TripTables, oldest: datetime, unread: Mapping[tuple[str, str], int]
) -> list[dict[str, Any]]:
    """Return a row for each mode and operator: first and last date, legs, days without any leg.

    `unread` of a row: how many of its rows list nobody; a carrier of which nothing could be read
    has no dates. unread: as unread_rows returns it. oldest: the time that the passenger lists speak
    of, for the answer's "data up to". Replies are no passenger lists: nobody says that they are
    whole.
    """
    cells = trips.carrier_cells
    if cells is None:
        return [_unread_row(carrier, count) for carrier, count in sorted(unread.items())]
    named = cells.inner_join(trips.services.modes, "mode_text").inner_join(trips.dates, "date_text")
    named = named.filter(named["mode"].notnull() & named["date"].notnull())
    by_day = (
        named.group_by(["mode", "operator", "date"])
        .agg(legs=(named["day_place"] == 0).ifelse(named["legs"], 0).sum())  # a row counts once
        .order_by(["mode", "operator", "date"])
        .to_pyarrow()
        .to_pylist()
    )
    grouped: dict[tuple[str, str], dict[date, int]] = {}
    for row in by_day:
        grouped.setdefault((row["mode"], row["operator"]), {})[row["date"]] = row["legs"]
    rows = [
        {
            "mode": mode,
            "operator": operator,
            "from": min(days).isoformat(),
            "to": max(days).isoformat(),
            "legs": sum(days.values()),
            "gaps": [day.isoformat() for day in _gaps(days)],
            "unread": unread.get((mode, operator), 0),
            "oldest_source": oldest.strftime("%Y-%m-%dT%H:%M:%SZ"),
        }
        for (mode, operator), days in sorted(grouped.items())
    ]
    others = sorted(unread.keys() - grouped.keys())
    return rows + [_unread_row(carrier, unread[carrier]) for carrier in others]


def _unread_row(carrier: tuple[str, str], count: int) -> dict[str, Any]:
    mode, operator = carrier
    return {"mode": mode, "operator": operator, "legs": 0, "gaps": [], "unread": count}


def _gaps(days: dict[date, int]) -> list[date]:
    """Return the first GAPS_MAX dates between the first and the last that have no leg."""
    gaps: list[date] = []
    day = min(days)
    while day < max(days) and len(gaps) < GAPS_MAX:
        if day not in days:
            gaps.append(day)
        day += timedelta(days=1)
    return gaps
