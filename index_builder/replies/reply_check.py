"""Checks one row of a returned worklist against the inquiry that it answers."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date

from exposure_index.identity.document import canonical_document, resident_number_fault
from exposure_index.identity.name import canonical_name
from exposure_index.identity.parsing import MAX_FIELD_CHARACTERS
from exposure_index.trip_text.dates import date as normal_date
from exposure_index.trip_text.dates import exposure_date
from index_builder.data_dictionary.tables import ROLES, TABLES
from index_builder.normalise.documents import document_kind, is_filler
from index_builder.normalise.times import moment
from index_builder.replies.inquiry_kinds import Kind
from index_builder.trips.shifts import shift

COLUMNS = TABLES["replies"].columns
_YES, _NO = frozenset({"yes", "y", "1", "是"}), frozenset({"", "no", "n", "0", "否"})
_OTHER = frozenset({"other", "其他"})


@dataclass(frozen=True, slots=True)
class ReplyFault:
    """Why a row is not taken: a column and a reason, never the cell."""

    column: str
    reason: str


@dataclass(frozen=True, slots=True)
class Asked:
    """What the ledger knows of the inquiry. subject empty: closed too long ago to be answered."""

    kind: Kind
    department: str
    subject: Mapping[str, str]


def checked_reply(
    cells: Mapping[str, str], asked: Asked, today: date
) -> dict[str, str] | list[ReplyFault] | None:
    """Return the row of `replies`, its faults, or None where the answer was left blank."""
    kind = asked.kind
    given = {name: cells.get(name, "").strip() for name in kind.wanted}
    word = cells.get("not_known", "").strip().lower()
    not_known = word in _YES
    if not any(given.values()) and not word:
        return None
    faults = [ReplyFault(name, reason) for name, reason in _faults(given, asked) if reason]
    if word not in _YES | _NO:
        faults.append(ReplyFault("not_known", "neither yes nor no"))
    if not_known and any(given.values()):
        faults.append(ReplyFault("not_known", "yes, beside an answer"))
    if not not_known:
        faults += [
            ReplyFault(names[0], "blank; needed for an answer")
            for names in kind.needed
            if not any(given[name] for name in names)
        ]
    answered_on = cells.get("answered_on", "").strip()
    if answered_on and normal_date(answered_on) is None:
        faults.append(ReplyFault("answered_on", "not a date"))
    if not asked.subject:
        faults.append(ReplyFault("inquiry_id", "closed too long ago, what it asked is forgotten"))
    if faults:
        return faults
    return _row(cells, asked, given, not_known=not_known, today=today)


def _row(
    cells: Mapping[str, str],
    asked: Asked,
    given: Mapping[str, str],
    *,
    not_known: bool,
    today: date,
) -> dict[str, str]:
    row = dict.fromkeys(COLUMNS, "")
    row |= {name: asked.subject.get(name, "") for name in asked.kind.asked}
    row |= {name: value for name, value in given.items() if value}
    row["inquiry_id"] = cells["inquiry_id"].strip()
    row["answered_by"] = cells.get("answered_by", "").strip() or asked.department
    told = normal_date(cells.get("answered_on", ""))
    row["answered_on"] = (told or today).isoformat()
    row["not_known"] = "yes" if not_known else ""
    if not not_known:
        row["id_type"] = row["id_type"] or _assumed_kind(asked, given)
    if asked.kind.name == "driver" and not not_known and not given["from_time"] + given["to_time"]:
        row["from_time"] = row["to_time"] = asked.subject.get("service_date", "")
    return row


def _faults(given: Mapping[str, str], asked: Asked) -> list[tuple[str, str | None]]:
    faults = [(name, check(given[name])) for name, check in _CHECKS.items() if given.get(name)]
    kind = given.get("id_type") or _assumed_kind(asked, given)
    if document_kind(kind) == "resident" and given.get("id_number"):
        fault = resident_number_fault(canonical_document(given["id_number"]))
        faults.append(("id_number", _RESIDENT_FAULTS[fault] if fault else None))
    if (
        given.get("from_time")
        and given.get("to_time")
        and shift(given["from_time"], given["to_time"])[0][0] is None
    ):
        faults.append(("to_time", "the shift ends before it starts"))
    return faults


def _assumed_kind(asked: Asked, given: Mapping[str, str]) -> str:
    """Return the kind of a document whose kind is left blank: that of the one asked about."""
    same = asked.kind.name == "number" or not given.get("id_number")
    return asked.subject.get("id_type", "") if same else ""


_RESIDENT_FAULTS = {
    "length": "a resident number of another length (another document: give its id_type)",
    "check_digit": "a resident number with a wrong check digit (another document: its id_type)",
}


def _document_fault(text: str) -> str | None:
    document = canonical_document(text)
    unusable = not document or is_filler(document) or len(text) > MAX_FIELD_CHARACTERS
    return "no document number" if unusable else None


def _kind_fault(text: str) -> str | None:
    unknown = document_kind(text) == "other" and text.lower() not in _OTHER
    return "not a known kind of document" if unknown else None


def _name_fault(text: str) -> str | None:
    usable = len(text) <= MAX_FIELD_CHARACTERS and canonical_name(text)
    return None if usable else "no name that anybody can type"


def _time_fault(text: str) -> str | None:
    return None if moment(text) or normal_date(text) else "not a time"


_CHECKS: Mapping[str, Callable[[str], str | None]] = {
    "id_type": _kind_fault,
    "id_number": _document_fault,
    "name": _name_fault,
    "service_date": lambda text: None if exposure_date(text) else "not a date from 2019 on",
    "board_time": _time_fault,
    "alight_time": _time_fault,
    "from_time": _time_fault,
    "to_time": _time_fault,
    "role": lambda text: None if text.lower() in ROLES else "not passenger, crew or infant",
}
