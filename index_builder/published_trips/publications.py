"""The published trips of the table `notices`, each once."""

from dataclasses import dataclass
from datetime import datetime

from exposure_index.files.published_trip import PublishedTrip
from exposure_index.trip_text.dates import FIRST_EXPOSURE_DATE, LAST_EXPOSURE_DATE
from index_builder.data_dictionary.table_definitions import NOTICES
from index_builder.notices.decoding import NoticesUnreadable
from index_builder.notices.notice_reader import trips_of
from index_builder.notices.notice_rejects import NOT_A_TRIP
from index_builder.notices.notice_rows import notice_rows
from index_builder.notices.notice_trips import NoticeTrip
from index_builder.sources.reject_list import RejectList
from index_builder.sources.source import Source, SourceRefused, check_rejected
from tables.column_mapping import MAPPING_FILE
from tables.text_encodings.encodings import EncodingRefused


@dataclass(frozen=True, slots=True)
class Publications:
    """The trips of a notices file, each once, with its numbers.

    rows = used + duplicates + rejected; delivered: whether there is such a file at all.
    """

    trips: tuple[tuple[tuple[str, ...], PublishedTrip], ...] = ()
    rows: int = 0
    duplicates: int = 0
    delivered: bool = False


def read_publications(source: Source, rejects: RejectList) -> Publications:
    """Read the table `notices`; its unusable rows go to the rejects, what else it holds to remarks.

    Raises SourceRefused where the file cannot be read, or over 5 % of its rows cannot be used; rows
    that name a place and no trip do not count for that.
    """
    file = source.notices
    if file is None:
        return Publications()
    try:
        rows = notice_rows(file, source.notice_mapping)
    except NoticesUnreadable as error:
        message = f"{file.name}: {error.reason}. {error.advice}"
        if isinstance(error.__cause__, EncodingRefused):
            message += f' Or write encoding = "NAME" under [{NOTICES}] in {MAPPING_FILE}.'
        raise SourceRefused(message) from error
    source.remarks.extend(rows.remarks)
    trips = []
    duplicates = places = 0
    for row in trips_of(rows):
        for heading, reason in row.warnings:
            rejects.warn(NOTICES, row.number, heading, reason)
        if row.doubt:
            rejects.warn(NOTICES, row.number, *row.doubt)
        if row.reject:
            places += row.reject.code == NOT_A_TRIP
            rejects.reject(NOTICES, row.number, row.reject.column, row.reject.sentence)
        elif row.trip and not FIRST_EXPOSURE_DATE <= row.trip.service_date <= LAST_EXPOSURE_DATE:
            rejects.reject(NOTICES, row.number, "service_date", "before 2019 or after 2099")
        elif row.trip and row.duplicate_of is None:
            trips.append((row.trip.numbers, _published(row.trip)))
        else:
            duplicates += 1
    check_rejected(file.name, rejects, NOTICES, len(rows.rows), no_faults=places)
    if rows.columns.unread:
        unread = ", ".join(rows.columns.unread)
        source.remarks.append(f"{file.name}: columns not read: {unread}")
    return Publications(tuple(trips), len(rows.rows), duplicates, delivered=True)


def _published(trip: NoticeTrip) -> PublishedTrip:
    return PublishedTrip(
        mode=trip.mode,
        number="/".join(trip.numbers),
        service_date=trip.service_date,
        carriage="/".join(trip.carriages),
        seats=trip.seats,
        board=trip.board,
        alight=trip.alight,
        board_time=_iso(trip.board_time),
        alight_time=_iso(trip.alight_time),
        published=trip.published.isoformat() if trip.published else "",
        source=trip.source,
    )


def _iso(moment: datetime | None) -> str:
    return moment.isoformat(timespec="minutes") if moment else ""
