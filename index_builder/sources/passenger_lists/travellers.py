"""Reads name elements as travellers: documents, seats and bookings."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from index_builder.sources.passenger_lists.airline_messages import (
    GROUP,
    Message,
    NameElement,
    given_names,
)

_ASSOCIATED = re.compile(r"-[0-9]{1,2}(?P<names>[^-0-9/][^-0-9/]*/[^-]*)$")
_STATUS = r"(?:(?:HK|KK|HI|NN|TK)[0-9]{0,3}|[A-Z]{2}[0-9]{1,3})\b"
_SERVICE = re.compile(
    r"\.R/[0-9]?(?P<code>[A-Z]{3,4})\b ?"
    rf"(?:[A-Z0-9]{{2}} (?={_STATUS}))?(?:{_STATUS})?[ /]?(?P<text>.*)"
)
_ONE_SEAT = r"0*([1-9][0-9]?[A-HJ-L])"
_SEAT = re.compile(rf"(?<![A-Z0-9]){_ONE_SEAT}(?![A-Z])|(?<=[0-9][A-Z]){_ONE_SEAT}(?![A-Z])")
# what a seat stands behind: PEKCAN, PEKCAN0123Y20JAN
_TRIP = re.compile(r"\b[A-Z]{6}(?:[0-9]{1,4}[A-Z]?(?:[0-9]{1,2}[A-Z]{3})?)?\b")
_DOCUMENT_CODES = frozenset(("DOCS", "PSPT"))
_SEAT_CODES = frozenset(
    ("SEAT", "RQST", "NSST", "NSSA", "NSSB", "NSSW", "SMST", "SMSA", "SMSB", "SMSW")
)
_MARKETING = re.compile(
    r"\.M/(?P<airline>[A-Z][A-Z0-9]|[0-9][A-Z]) ?0*(?P<number>[0-9]{1,4})(?=[A-Z ]|$)"
)
_INFANT_NAME = re.compile(r"[^\s/0-9-]+/[^/0-9-]+")
_FOID_TYPES = {"PP": "passport", "NI": "resident", "DL": "other", "ID": "other"}
_NO_IDENTITIES = frozenset(("FF", "CC", "TN", "CN", "LC"))  # cards, tickets, bookings
_RESIDENT = re.compile(r"[0-9]{17}[0-9X]|[0-9]{15}")


@dataclass(frozen=True, slots=True)
class Document:
    """A document in the words of the data dictionary; name: as the document's remark has it."""

    id_type: str
    id_number: str
    name: str = ""
    infant: bool = False


@dataclass(slots=True)
class Traveller:
    """One passenger of a list.

    seats: several where the list leaves it open. strays: documents of somebody of the same
    element, and nobody knows whom. changed: an update has told of the passenger since.
    """

    line: int
    name: str
    alight: str
    cabin: str
    bookings: list[str] = field(default_factory=list)
    seats: list[str] = field(default_factory=list)
    documents: list[Document] = field(default_factory=list)
    infants: list[str] = field(default_factory=list)
    marketed_as: list[str] = field(default_factory=list)
    strays: list[Document] = field(default_factory=list)
    changed: bool = False

    @property
    def key(self) -> str:
        """The name as names of lists are compared."""
        return _compact(self.name)


def passengers(element: NameElement) -> int:
    """Return how many passengers an element stands for."""
    return max(element.count, len(given_names(element.names)))


def travellers_of(message: Message) -> Iterator[tuple[str, Traveller]]:
    """Yield (action, passenger) of a message.

    Elements of one group (`-E8`) have one booking, written with the first of them.
    """
    booked: dict[tuple[str, str], list[str]] = {}
    for element in message.elements:
        if group := GROUP.search(element.names):
            own = [text for remark in element.remarks if (text := _booking(remark))]
            if own:
                booked.setdefault((element.action, group[1]), own)
    for element in message.elements:
        group = GROUP.search(element.names)
        shared = booked.get((element.action, group[1]), []) if group else []
        for traveller in travellers(element, shared):
            yield element.action, traveller


def travellers(element: NameElement, shared: Sequence[str] = ()) -> list[Traveller]:
    """Return the passengers of an element, the nameless ones of a group with the name "".

    shared: bookings of the group, for an element that has none of its own.
    """
    surname = GROUP.sub("", element.names).split("/")[0]
    own = [text for remark in element.remarks if (text := _booking(remark))]
    named = [f"{surname.strip()}/{name}" for name in given_names(element.names)]
    named += [""] * max(element.count - len(named), 0)
    everyone = [
        Traveller(element.line, name, element.alight, element.cabin, [*(own or shared)])
        for name in named
    ]
    for remark in element.remarks:
        if everyone and (unread := _apply(remark, everyone)):
            element.unread.add(f"{unread} is not understood and passed over")
    return everyone


def _booking(remark: str) -> str:
    return remark.removeprefix(".L/").split("/")[0].strip() if remark.startswith(".L/") else ""


def _apply(remark: str, everyone: Sequence[Traveller]) -> str | None:
    """Add what a remark says to those whom it is about; return what of it is not understood."""
    if marketed := _MARKETING.match(remark):
        for traveller in everyone:
            traveller.marketed_as.append(marketed["airline"] + marketed["number"])
        return None
    service = _SERVICE.match(remark)
    if service is None:
        return "a remark" if remark.startswith((".R/", ".M/")) else None
    code, text = service["code"], service["text"]
    associated = _ASSOCIATED.search(text)
    if associated:
        text = text[: associated.start()]
    whose = _whose(associated["names"] if associated else "", everyone)
    if code in _SEAT_CODES:
        seats = _seats(text)
        # Several seats for several people, and nobody knows whose is which: each may have each.
        for traveller in whose:
            traveller.seats += seats or ()
        return "a seat" if seats is None else None
    if code in ("INFT", "INF"):
        name = _INFANT_NAME.search(text)
        whose[0].infants.append(name[0].strip() if name else "")
        return None if name else "the name of an infant"
    document = _document(code, text)
    if document:
        _with_document(document, whose)
    elif code in _DOCUMENT_CODES or (code == "FOID" and text[:2] not in _NO_IDENTITIES):
        return "a document"
    return None


def _seats(text: str) -> list[str] | None:
    """Return every seat of a remark, None where something else stands there that may be one."""
    rest = _TRIP.sub(" ", text)
    seats = [first or second for first, second in _SEAT.findall(rest)]
    return None if re.search("[0-9]", _SEAT.sub(" ", rest)) else seats


def _whose(associated: str, everyone: Sequence[Traveller]) -> list[Traveller]:
    """Return the travellers that a remark names, else everyone of the element."""
    key = _compact(associated)
    named = [traveller for traveller in everyone if key and traveller.key.startswith(key)]
    exact = [traveller for traveller in named if traveller.key == key]
    return exact or named or list(everyone)


def _with_document(document: Document, whose: Sequence[Traveller]) -> None:
    """Add a document to its owner, where one passenger alone can be it."""
    key = _compact(document.name)
    owners = [one for one in whose if key and one.key.startswith(key)]
    if len(whose) == 1:
        whose[0].documents.append(document)
    elif len(owners) == 1:
        owners[0].documents.append(document)
    else:
        whose[0].strays.append(document)


def _document(code: str, text: str) -> Document | None:
    fields = [part.strip() for part in text.split("/")]
    if code == "DOCS":
        return _docs(fields)
    if code == "PSPT":
        number, _, _, surname, given_names, *_ = [*fields, "", "", "", "", ""]
        name = f"{surname}/{given_names}" if surname and given_names else ""
        return Document("passport", number, name) if number else None
    if code == "FOID" and fields[0][:2] in _FOID_TYPES and fields[0][2:]:
        id_type, number = _FOID_TYPES[fields[0][:2]], fields[0][2:].strip()
        if id_type == "resident" and not _RESIDENT.fullmatch(number):
            id_type = "other"
        return Document(id_type, number)
    return None


def _docs(fields: Sequence[str]) -> Document | None:
    """type, issuer, number, nationality, birth, sex, expiry, surname, given name."""
    kind, issuer, number, _, _, sex, _, surname, given_names, *_ = [*fields, *[""] * 9]
    if not number:
        return None
    id_type = "passport" if kind.startswith("P") else "other"
    if issuer in ("CHN", "CN") and id_type == "other" and _RESIDENT.fullmatch(number):
        id_type = "resident"
    name = f"{surname}/{given_names}" if surname and given_names else ""
    return Document(id_type, number, name, infant=sex in ("MI", "FI"))


def rows_of(traveller: Traveller) -> Iterator[tuple[str, str, str, str]]:
    """Yield role, id_type, id_number and name of each row that a traveller becomes.

    One for each document, under the list's name, and under the document's own where it has
    another; one without a document where there is none. Infants and strays are rows of their own.
    """
    own = [document for document in traveller.documents if not document.infant]
    yielded: dict[tuple[str, str, str, str], None] = {}
    for document in own:
        names = [traveller.name]
        if document.name and not traveller.key.startswith(_compact(document.name)):
            names.append(document.name)
        for name in names:
            yielded["passenger", document.id_type, document.id_number, name] = None
    if not own:
        yielded["passenger", "", "", traveller.name] = None
    for document in traveller.strays:
        yielded["passenger", document.id_type, document.id_number, document.name] = None
    of_infants = [document for document in traveller.documents if document.infant]
    for document in of_infants:
        name = document.name or next(iter(traveller.infants), "")
        yielded["infant", document.id_type, document.id_number, name] = None
    for name in traveller.infants[len(of_infants) :]:
        yielded["infant", "", "", name] = None
    yield from yielded


def _compact(name: str) -> str:
    return re.sub(r"\s+", "", name)
