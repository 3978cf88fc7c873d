"""Checks one row of a returned worklist against its inquiry."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date

from exposure_index.identity.document import number_fault
from exposure_index.identity.name import canonical_name
from exposure_index.identity.parsing import MAX_FIELD_CHARACTERS
from exposure_index.trip_text.dates import date as normal_date
from exposure_index.trip_text.dates import exposure_date
from index_builder.data_dictionary.table_definitions import ROLES, TABLES
from index_builder.normalise.times import moment
from index_builder.replies.inquiry_kinds import InquiryKind
from index_builder.trips.shifts import shift
from tables.document_cells import document_kind
from tables.document_numbers import document_numbers, documents_in

COLUMNS = TABLES["replies"].columns
_YES, _NO = frozenset({"yes", "y", "1", "是"}), frozenset({"", "no", "n", "0", "否"})
_OTHER = frozenset({"other", "其他"})


@dataclass(frozen=True, slots=True)
class ReplyFault:
    """Why a row is not accepted: a column and a reason, never the cell."""

    column: str
    reason: str


@dataclass(frozen=True, slots=True)
class InquiryFacts:
    """The inquiry that a row answers. subject empty: closed too long ago to be answered."""

    kind: InquiryKind
    department: str
    subject: Mapping[str, str]


def check_reply(
    cells: Mapping[str, str], inquiry: InquiryFacts, today: date
) -> dict[str, str] | list[ReplyFault] | None:
    """Check one row; return the row of `replies`, its faults, or None where it was left blank."""
    kind = inquiry.kind
    answer = {name: cells.get(name, "").strip() for name in kind.from_reply}
    word = cells.get("not_known", "").strip().lower()
    not_known = word in _YES
    if not any(answer.values()) and not word:
        return None
    faults = [ReplyFault(name, reason) for name, reason in _faults(answer, inquiry) if reason]
    if word not in _YES | _NO:
        faults.append(ReplyFault("not_known", "neither yes nor no"))
    if not_known and any(answer.values()):
        faults.append(ReplyFault("not_known", "yes, beside an answer"))
    if not not_known:
        faults += [
            ReplyFault(names[0], "blank; needed for an answer")
            for names in kind.required
            if not any(answer[name] for name in names)
        ]
    answered_on = cells.get("answered_on", "").strip()
    if answered_on and normal_date(answered_on) is None:
        faults.append(ReplyFault("answered_on", "not a date"))
    if not inquiry.subject:
        faults.append(ReplyFault("inquiry_id", "closed too long ago, what it asked is forgotten"))
    if faults:
        return faults
    return _row(cells, inquiry, answer, not_known=not_known, today=today)


def _row(
    cells: Mapping[str, str],
    inquiry: InquiryFacts,
    answer: Mapping[str, str],
    *,
    not_known: bool,
    today: date,
) -> dict[str, str]:
    row = dict.fromkeys(COLUMNS, "")
    row |= {name: inquiry.subject.get(name, "") for name in inquiry.kind.from_inquiry}
    row |= {name: value for name, value in answer.items() if value}
    row["inquiry_id"] = cells["inquiry_id"].strip()
    row["answered_by"] = cells.get("answered_by", "").strip() or inquiry.department
    answered_on_day = normal_date(cells.get("answered_on", ""))
    row["answered_on"] = (answered_on_day or today).isoformat()
    row["not_known"] = "yes" if not_known else ""
    if not not_known:
        row["id_type"] = row["id_type"] or _assumed_kind(inquiry, answer)
    if (
        inquiry.kind.name == "driver"
        and not not_known
        and not answer["from_time"] + answer["to_time"]
    ):
        row["from_time"] = row["to_time"] = inquiry.subject.get("service_date", "")
    return row


def _faults(answer: Mapping[str, str], inquiry: InquiryFacts) -> list[tuple[str, str | None]]:
    faults = [(name, check(answer[name])) for name, check in _CHECKS.items() if answer.get(name)]
    kind = document_kind(answer.get("id_type") or _assumed_kind(inquiry, answer))
    if answer.get("id_number"):
        documents = documents_in(answer["id_number"], kind) or ("",)
        found = [number_fault(document, kind) for document in documents]
        faults += [("id_number", _RESIDENT_FAULTS[fault]) for fault in found if fault]
    if (
        answer.get("from_time")
        and answer.get("to_time")
        and shift(answer["from_time"], answer["to_time"])[0][0] is None
    ):
        faults.append(("to_time", "the shift ends before it starts"))
    return faults


def _assumed_kind(inquiry: InquiryFacts, answer: Mapping[str, str]) -> str:
    """Return the kind of a document whose kind is left blank: that of the one asked about."""
    same = inquiry.kind.name == "number" or not answer.get("id_number")
    return inquiry.subject.get("id_type", "") if same else ""


_RESIDENT_FAULTS = {
    "length": "a resident number of another length (another document: give its id_type)",
    "check_digit": "a resident number with a wrong check digit (another document: its id_type)",
}


def _document_fault(text: str) -> str | None:
    return "no document number" if document_numbers(text).fault else None


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
