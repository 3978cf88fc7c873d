"""Reads the hand-drawn vehicles of docs/contact-zones.md and writes them into a story."""

import re
from dataclasses import dataclass, field
from pathlib import Path

DOCUMENT = Path(__file__).parents[2] / "docs" / "contact-zones.md"
DAY = "2020-01-20"
TIERS = {"C": "close", "g": "general", ".": "not_found"}
NUMBERS = {
    "flight": "CA{}",
    "train": "K{}",
    "coach": "湘HD{:04}",
    "bus": "渝AD{:04}",
    "bus line": "{}路公交车",
    "taxi": "粤BD{:04}",
    "metro": "{}号线",
    "ship": "长江{}号",
}
_PHRASES = (
    (r"(crew|infant)", "role", r"\1"),
    (r"companion", "booking", "BK1"),
    (r"area (.+)", "carriage", r"\1"),
    (r"(?:carriage|cabin) not known", "carriage", ""),
    (r"(?:carriage|cabin) (.+)", "carriage", r"\1"),
    (r"seat not known", "seat", ""),
    (r"no seat", "seat", "无座"),
    (r"seat (.+)", "seat", r"\1"),
    (r"severe (.+)", "severe", r"\1"),
    (r"from (\d\d:\d\d)", "board_time", rf"{DAY}T\1"),
    (r"to (\d\d:\d\d)", "alight_time", rf"{DAY}T\1"),
    (r"from (.+)", "board", r"\1"),
    (r"to (.+)", "alight", r"\1"),
)


@dataclass
class Drawing:
    """One vehicle: the line of the document, cells of the case, and who was aboard.

    aboard: (cells of the dictionary, symbol drawn), the case's own places left out.
    """

    line: int
    mode: str
    layout: dict[str, str] = field(default_factory=dict)
    stops: list[str] = field(default_factory=list)
    case: dict[str, str] = field(default_factory=dict)
    case_places: list[dict[str, str]] = field(default_factory=list)
    aboard: list[tuple[dict[str, str], str]] = field(default_factory=list)

    def place(self, symbol: str, **cells: str) -> None:
        assert symbol in {"X", *TIERS}, f"line {self.line}: {symbol!r}"
        if symbol == "X":
            self.case_places.append(cells)
        else:
            self.aboard.append((cells, symbol))


def drawings() -> dict[str, list[Drawing]]:
    """Return the drawings of every rule set that a heading names."""
    by_name: dict[str, list[Drawing]] = {}
    names: list[str] = []
    lines = DOCUMENT.read_text("utf-8").splitlines()
    for number, line in enumerate(lines, 1):
        if line.startswith("## "):
            names = line[3:].split(", ")
        elif line == "```zones":
            end = lines.index("```", number)
            for name in names:
                by_name.setdefault(name, []).append(_drawing(number + 1, lines[number:end]))
    return by_name


def _drawing(line: int, text: list[str]) -> Drawing:
    drawing, carriage = _headed(line, text[0])
    rows: list[str] = []
    letters: list[str] = []
    for row in text[1:]:
        if re.fullmatch(r" +[A-Z]( +[A-Z])+", row):
            letters = row.split()
            if len(letters) > len(drawing.layout.get("seats", "").replace("-", "")):
                drawing.layout["seats"] = re.sub(" {2,}", "-", row.strip()).replace(" ", "")
        elif match := re.fullmatch(r" *(\d+) {2,}(.+)", row):
            rows.append(match[1])
            for letter, symbol in zip(letters, match[2].split(), strict=True):
                drawing.place(symbol, seat=match[1] + letter, **carriage)
        else:
            _draw_others(drawing, row)
    if rows:
        drawing.layout.setdefault("rows", ",".join(rows))
    return drawing


def _headed(line: int, head: str) -> tuple[Drawing, dict[str, str]]:
    """Read the first line: mode, layout, stops, and what is told of the case."""
    mode, *answers = (part.strip() for part in head.split(" | "))
    drawing = Drawing(line, mode)
    carriage = {}
    for part in answers:
        key, _, value = part.partition(" ")
        if key == "case:":
            drawing.case = _cells(value)
        elif key == "stops":
            drawing.stops = value.split(", ")
        elif key == "carriage":
            carriage = {"carriage": value}
        else:
            drawing.layout[key] = value
    return drawing, carriage


def _draw_others(drawing: Drawing, row: str) -> None:
    """Read a line that is no row of seats: a carriage, whoever was aboard, or one traveller."""
    if match := re.fullmatch(r"(?:carriage|cabin) (\S+): (.[^:]+)", row):
        _draw_carriage(drawing, match[1], match[2])
    elif row.startswith("aboard: "):
        for symbol in row.removeprefix("aboard: ").split():
            drawing.place(symbol)
    else:
        phrases, _, symbol = row.rpartition(": ")
        drawing.place(symbol, **_cells(phrases))


def _draw_carriage(drawing: Drawing, name: str, places: str) -> None:
    """`[C X] [. .]` are two units of two places, numbered on; without brackets no unit is told."""
    units: list[str] = []
    seat = 0
    for unit in re.findall(r"\[([^\]]*)\]", places) or [places]:
        first = seat + 1
        for symbol in unit.split():
            seat += 1
            drawing.place(symbol, carriage=name, seat=f"{seat}号")
        units.append(f"{first}-{seat}")
    if "[" in places and len(",".join(units)) > len(drawing.layout.get("units", "")):
        drawing.layout["units"] = ",".join(units)


def _cells(phrases: str) -> dict[str, str]:
    cells: dict[str, str] = {}
    for phrase in phrases.split(", "):
        for pattern, column, value in _PHRASES:
            if match := re.fullmatch(pattern, phrase):
                cells[column] = match.expand(value)
                break
        else:
            raise AssertionError(f"not a phrase of the drawings: {phrase}")
    return cells


def write(story, drawing: Drawing, number: int, disease: str) -> dict[str, str]:
    """Put the vehicle, its case and its travellers into a story; return the symbols by document."""
    vehicle = {"mode": drawing.mode.split()[0], "number": NUMBERS[drawing.mode].format(number)}
    case_id = f"C{number}"
    story.case(case_id, disease=disease)
    if drawing.layout:
        story.row("carriages", **vehicle, **drawing.layout)
    for sequence, stop in enumerate(drawing.stops, 1):
        name, clock = stop.split()
        cells = {"stop_seq": str(sequence), "stop": name, "departure": clock}
        story.row("timetable", **vehicle, **cells)
    for cells in drawing.case_places or [{}]:
        story.case_leg(case_id, **{**vehicle, "booking": "BK1", **cells, **drawing.case})
    expected = {}
    for place, (cells, symbol) in enumerate(drawing.aboard):
        document = f"D{number}N{place:03}"
        story.aboard(document, **{**vehicle, **cells})
        expected[document] = symbol
    return expected
