"""The row for the table `cleared` that one decided request leads to: of a trip, or up to a day."""

import re
from datetime import date

from exposure_index.identity.name import canonical_name
from exposure_index.identity.parsing import InvalidIdentity, parse_document
from exposure_index.trip_text.dates import date as normal_date
from exposure_index.trip_text.modes import SETTING, exposure_mode
from exposure_index.trip_text.service_numbers import numbers
from index_builder.corrections.request_table import NAME_LATIN, TRIP, TableRefused
from index_builder.normalise.times import today

OBSERVATION_ENDED = "cleared"
"""What a request says whose sender was aboard and is well: for it alone a day is the answer."""
ROUNDED = re.compile(r"[0-9](?:[.,][0-9]+)?E\+?[0-9]+", re.IGNORECASE)
CHANGED = "not as the form took it; a spreadsheet rounds long numbers, unless it reads them as text"


def clearance(row: dict[str, str], where: str, *, whole: bool) -> dict[str, str]:
    """Return the row for `cleared`: of one trip, or up to a day. Raises TableRefused."""
    _require_identity(row, where)
    trip = {name: row.get(name, "").strip() for name in TRIP}
    day = row["cleared_on"].strip()
    if not any(trip.values()):
        if not whole:
            raise TableRefused(
                f"{where}, mode: name the trip that is taken off (mode, number, service_date). A "
                "day alone would hide every other exposure of this person; see --whole-person"
            )
        return {**row, **trip, "cleared_on": _day(day, f"{where}, cleared_on").isoformat()}
    if day:
        raise TableRefused(f"{where}, cleared_on: leave it blank where a trip is named")
    mode = exposure_mode(trip["mode"])
    if mode is None:
        raise TableRefused(f"{where}, mode: not a mode of transport")
    if mode != SETTING and not numbers(mode, trip["number"]):
        raise TableRefused(f"{where}, number: blank or unknown")
    trip |= {
        "mode": mode,
        "service_date": f"{_day(trip['service_date'], f'{where}, service_date')}",
    }
    # Blank, so that whatever reads the row without its trip rejects it and clears nobody.
    return {**row, **trip, "cleared_on": ""}


def _day(text: str, where: str) -> date:
    """Return a day, also as a spreadsheet may have saved it. Raises TableRefused."""
    day = normal_date(text) if text else None
    if day is None:
        raise TableRefused(f"{where}: write the day as 2020-02-05")
    if day > today():
        raise TableRefused(f"{where}: after today; later exposures would be hidden too")
    return day


def _require_identity(row: dict[str, str], where: str) -> None:
    """Refuse a number that no form takes, or a row without a name or with a filler for one.

    They were changed since. The one would clear nobody, the other everybody of that number.
    """
    names = {column: row[column].strip() for column in ("name", NAME_LATIN)}
    if not any(names.values()):
        raise TableRefused(f"{where}, name: blank; it would clear everybody of that number")
    for column, name in names.items():
        if name and not canonical_name(name):
            raise TableRefused(f"{where}, {column}: names nobody")
    number = row["id_number"].removeprefix("'")
    try:
        parse_document(row["id_type"], number)
    except InvalidIdentity as error:
        raise TableRefused(f"{where}, {error.field}: {CHANGED}") from None
    if ROUNDED.fullmatch(number):
        raise TableRefused(f"{where}, id_number: {CHANGED}")
