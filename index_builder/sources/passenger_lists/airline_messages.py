"""Parses a file of airline messages into messages with their name elements.

Source: IATA Recommended Practice 1708 (PNL and ADL) and 1719b (PFS), as far as lists in use show
them; docs/data-dictionary.md says which part is read.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from exposure_index.identity.name_words import TITLES

_KIND = re.compile(r"(PNL|ADL|PFS)")
FLIGHT_LINE = re.compile(
    r"(?P<airline>[A-Z][A-Z0-9]|[0-9][A-Z]|[A-Z]{3}) ?0*(?P<number>[0-9]{1,4}[A-Z]?)/"
    r"(?P<day>[0-9]{1,2})(?P<month>[A-Z]{3})(?P<year>[0-9]{2}|[0-9]{4})? "
    r"(?P<board>[A-Z]{3})(?: PART ?(?P<part>[0-9]{1,2}))?"
)
_TOTAL = re.compile(
    r"- *(?P<alight>[A-Z]{3}) *(?P<count>[0-9]{1,3})? *(?P<cabin>[A-Z])?(?: *[ -]?PAD.*)?"
)
_NAME = re.compile(r"(?P<count>[0-9]{1,3})(?P<rest>[^0-9/.\s][^/]*(?:/.*)?)")
_REMARK = re.compile(r"\.[A-Z]{1,2}/")
# Behind a name or a remark, with a space before it or without.
_NEXT_ON_LINE = re.compile(r"\s+(?=\.[A-Z]{1,2}/)|(?=\.(?:[CILMNOR]|RN)/)")
GROUP = re.compile(r"-([A-Z]{1,2}[0-9]{1,3})$")
_NO_NAME = re.compile(r"[0-9]|\.[A-Z]{1,2}(?![A-Z])")
_CONFIGURATION = re.compile(r"(?:CFG|RBD|ANA)\b.*")
_LIKE_A_NAME = re.compile(r"[A-Z]{2,}/[A-Z]{2,}")
_CATEGORY = re.compile(r"(?P<word>[A-Z]{5})(?: ?[0-9]{1,3} ?[A-Z]?)*")
_ADDRESS = re.compile(r"(?:Q[A-Z] )?[A-Z0-9]{7}(?: [A-Z0-9]{7})*|\.[A-Z0-9]{7}(?:[ /].*)?")
_FRAME = re.compile(r"[\x01-\x03]*|ZCZC.*|NNNN|=[A-Z]+.*")
_PART_END = re.compile(r"ENDPART ?[0-9]{1,2}")
_ACTIONS = ("ADD", "DEL", "CHG")
NO_FLIGHT = "a list without a flight line"


@dataclass(slots=True)
class NameElement:
    """One name element with its remarks: a passenger, or several of one surname.

    line: where it stands. names: how many passengers, then surname and given names as written.
    action: ADD, DEL or CHG in an ADL, the category (NOSHO …) in a PFS, "" in a PNL. unread: what
    of its remarks was not understood.
    """

    line: int
    count: int
    names: str
    alight: str
    cabin: str
    action: str
    remarks: list[str] = field(default_factory=list)
    unread: set[str] = field(default_factory=set)


@dataclass(slots=True)
class Message:
    """One PNL, ADL or PFS, or one part of it.

    flight: the match of its flight line. totals: (destination, cabin) → passengers. final: ended
    by ENDPNL and the like, not by ENDPART; ended: by either.
    """

    kind: str
    line: int
    flight: re.Match[str]
    elements: list[NameElement] = field(default_factory=list)
    totals: dict[tuple[str, str], int] = field(default_factory=dict)
    faults: list[tuple[int, str]] = field(default_factory=list)
    final: bool = False
    ended: bool = False

    @property
    def part(self) -> int:
        """Which part of its list it is."""
        return int(self.flight["part"] or 1)


@dataclass
class _State:
    kind: str = ""  # of a message whose flight line comes next
    kind_line: int = 0
    message: Message | None = None
    element: NameElement | None = None
    alight: str = ""
    cabin: str = ""
    action: str = ""


def messages(lines: Iterable[tuple[int, str]], faults: list[tuple[int, str]]) -> Iterator[Message]:
    """Yield the messages of numbered lines; lines outside them that mean nothing go to `faults`.

    Each line is of a message, of the envelope around messages, or listed as a fault.
    """
    state = _State()
    for number, raw in lines:
        line = raw.strip().upper()
        if line:
            done, state = _step(state, number, line, faults)
            if done is not None:
                yield done
    if state.kind:
        faults.append((state.kind_line, NO_FLIGHT))
    if state.message is not None:
        yield state.message


def _step(
    state: _State, number: int, line: str, faults: list[tuple[int, str]]
) -> tuple[Message | None, _State]:
    """Read one line; return the message that it ends, if any, and what is being read now."""
    message = state.message
    if state.kind:
        flight = FLIGHT_LINE.fullmatch(line)
        if flight is None:
            faults.append((state.kind_line, NO_FLIGHT))
            return None, _State()
        return None, _State(message=Message(state.kind, state.kind_line, flight))
    if _KIND.fullmatch(line):
        return message, _State(kind=line, kind_line=number)
    if message is None:
        if not (_ADDRESS.fullmatch(line) or _FRAME.fullmatch(line)):
            faults.append((number, "outside any PNL, ADL or PFS"))
    elif _is_end(line, message):
        return message, _State()
    else:
        _read_line(state, message, number, line)
    return None, state


def _is_end(line: str, message: Message) -> bool:
    message.final = line == f"END{message.kind}"
    message.ended = message.final or _PART_END.fullmatch(line) is not None
    return message.ended


def _read_line(state: _State, message: Message, number: int, line: str) -> None:
    if line.startswith("-"):
        _read_destination(state, message, number, line)
    elif _REMARK.match(line):
        if state.element is None:
            message.faults.append((number, "a remark without a name before it"))
        else:
            _add_remarks(state.element, _NEXT_ON_LINE.split(line))
    elif message.kind == "ADL" and line in _ACTIONS:
        state.action, state.element = line, None
    elif message.kind == "PFS" and (category := _CATEGORY.fullmatch(line)):
        state.action, state.element = category["word"], None
    elif named := _NAME.match(line):
        first, *remarks = _NEXT_ON_LINE.split(named["rest"])
        state.element = NameElement(
            number, int(named["count"]), first.strip(), state.alight, state.cabin, state.action
        )
        _add_remarks(state.element, remarks)
        if message.kind == "ADL" and not state.action:
            message.faults.append((number, "a name before ADD, DEL or CHG is not read"))
        elif fault := _names_fault(state.element):
            message.faults.append((number, fault))
        else:
            message.elements.append(state.element)
    elif state.alight or (_LIKE_A_NAME.search(line) and not _CONFIGURATION.fullmatch(line)):
        message.faults.append((number, "not understood"))
    # Before the first destination: configuration, booking classes, seats left; nobody is named.


def _read_destination(state: _State, message: Message, number: int, line: str) -> None:
    """Note where those who follow go; where it is not understood, that it is not known."""
    state.alight, state.cabin, state.element = "", "", None
    if total := _TOTAL.fullmatch(line):
        state.alight, state.cabin = total["alight"], total["cabin"] or ""
        place = (state.alight, state.cabin)
        message.totals[place] = max(message.totals.get(place, 0), int(total["count"] or 0))
    else:
        message.faults.append((number, "not understood"))
    if message.kind != "ADL":
        state.action = ""


def given_names(names: str) -> list[str]:
    """Return the given names of an element, each with titles that stand apart: JOHN/MR."""
    found: list[str] = []
    for part in GROUP.sub("", names).split("/")[1:]:
        name = part.strip()
        if found and name in TITLES:
            found[-1] += name
        elif name:
            found.append(name)
    return found


def _names_fault(element: NameElement) -> str | None:
    """Return why the names of an element cannot be those that it counts, None where they can."""
    if _NO_NAME.search(GROUP.sub("", element.names)):
        return "not understood: more than a name stands where the name is"
    if len(given_names(element.names)) > element.count:
        return "more names than passengers counted"
    return None


def _add_remarks(element: NameElement, remarks: Iterable[str]) -> None:
    for remark in filter(None, remarks):
        if remark.startswith(".RN/") and element.remarks:
            element.remarks[-1] += remark.removeprefix(".RN/")
        else:
            element.remarks.append(remark)
