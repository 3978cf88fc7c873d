"""A generated source directory: every table and mode, and the dirt that departments deliver."""

import csv
import random
from dataclasses import dataclass, field
from datetime import date, timedelta
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

FIRST_DAY = date(2020, 1, 10)
DAYS = 10
PEOPLE = 1500
CASES = 240
LEGS = 5000
LONG = 100
TRAIN_STOPS = ("北京西", "石家庄", "郑州东", "武汉", "武昌", "长沙南", "广州南", "深圳北")
TRAINS = ("G79", "Z11/Z14", "K599", "D7801", "T145")
SERVICES = {
    "train": ("G79", "Z11/Z14", "Z14", "k599次", "K599", "D7801", "T145", "G 79"),
    "flight": ("CZ3101", "ZH4751（CA8215）", "CA8215", "MU 2501", "HU7081"),
    "metro": ("1号线", "２号线"),
    "coach": ("粤A12345", "鄂A·B2345"),
    "bus": ("10路", "粤B88888"),
    "taxi": ("粤A·T5678", "粤AT5678"),
    "ship": ("椰香公主", "Star Pisces"),
}
BLANKS = ("", " ", "\t", "\v", "\f ", "-", "不详")
EDGES = ("", "", "", " ", "\t", "\f", "\v", "　")
NAMES = (
    "王小明",
    "李　雷",
    "欧阳娜娜",
    "ÖZ, ANNA",
    "Anna Oez",
    "MÜLLER/HANS MR",
    "Nguyễn Văn A",
    "陈﨑",
    "f. vaf",
    "𠮷田",
    "O'Brien",
    "",
)


@dataclass
class GeneratedSource:
    """Rows of every table, drawn from one seed; `write` puts them into a folder."""

    dice: random.Random
    tables: dict[str, list[dict[str, str]]] = field(default_factory=dict)

    def row(self, table: str, **cells: str) -> None:
        self.tables.setdefault(table, []).append(cells)

    def one(self, *choices: str) -> str:
        return self.dice.choice(choices)

    def seldom(self, text: str, other: str, share: float = 0.1) -> str:
        return other if self.dice.random() < share else text

    def day(self) -> date:
        return FIRST_DAY + timedelta(days=self.dice.randrange(DAYS))

    def day_text(self, day: date) -> str:
        forms = ("%Y-%m-%d", "%Y-%m-%d", "%Y/%m/%d", "%Y%m%d", "%Y年%m月%d日")
        return self.seldom(day.strftime(self.one(*forms)), self.one("", "soon"), 0.01)

    def edged(self, text: str) -> str:
        return self.one(*EDGES) + text + self.one(*EDGES) if self.dice.random() < 0.1 else text

    def identity(self, number: int) -> dict[str, str]:
        kind, document = (
            ("passport", f"X{number:07}")
            if number % 3
            else ("resident", f"990000{1950 + number % 50}0101{number % 1000:03}{number % 10}")
        )
        written = self.one(
            document,
            document,
            document,
            document.lower(),
            f" {document[:4]} {document[4:]}",
            "".join(chr(ord(c) + 0xFEE0) for c in document),
        )
        name = NAMES[number % len(NAMES)]
        return {
            "id_type": self.seldom(kind, self.one("", "other", "护照")),
            "id_number": self.seldom(written, self.one("", "N/A", "000000", "X" * 300), 0.03),
            "name": self.seldom(
                f"{name}{number % 7 if name else ''}", self.one("", name, "é" * 200)
            ),
        }

    def aboard(self, mode: str, day: date) -> dict[str, str]:
        letter, row = self.dice.choice("ABCDEF"), self.dice.randrange(1, 19)
        seat = self.one(
            f"{row}{letter}",
            f"{row:02}排{letter}座",
            f"{row}{letter}/{row + 1}{letter}",
            f"{row}号下铺",
            "无座",
            self.one(*BLANKS),
        )
        carriage = self.one("1", "08", "8号车厢", "8", "加1", self.one(*BLANKS), str(row))
        board, alight = self.dice.sample(TRAIN_STOPS, 2)
        hour, hours = self.dice.randrange(24), self.dice.randrange(1, 30)
        ends = day + timedelta(days=(hour + hours) // 24)
        times = {
            "board_time": f"{day}T{hour:02}:{self.dice.randrange(60):02}",
            "alight_time": f"{ends}T{(hour + hours) % 24:02}:{self.dice.randrange(60):02}",
        }
        if self.dice.random() < 0.6:
            times = dict.fromkeys(times, self.one("", "00:00:00", "later"))
        return {
            "mode": self.edged(self.one(mode, mode, mode.upper())),
            "number": self.edged(self.one(*SERVICES[mode])),
            "service_date": self.day_text(day),
            "carriage": self.edged(carriage) if mode != "flight" else "",
            "seat": self.edged(seat),
            "board": self.seldom(board, self.one("武汉站", "", "火星")),
            "alight": self.seldom(alight, ""),
            "role": self.seldom("", self.one("crew", "Crew", "infant", "chef", "passenger"), 0.15),
            "booking": self.one("", "abc12", "ABC12", f"B{self.dice.randrange(40)}"),
            **times,
        }

    def write(self, folder: Path) -> Path:
        folder.mkdir()
        for leg in self.tables["case_legs"]:  # a table without the fault: sums of no rows
            leg["role"] = "" if leg["role"] == "chef" else leg["role"]
        for name, rows in self.tables.items():
            columns = list(dict.fromkeys(column for row in rows for column in row))
            if name in {"legs", "documents"}:  # read by the engine from the file itself
                data = {c: [row.get(c) or None for row in rows] for c in columns}
                pq.write_table(pa.table(data), folder / f"{name}.parquet", row_group_size=700)
                continue
            with (folder / f"{name}.csv").open("w", newline="", encoding="utf-8") as file:
                writer = csv.DictWriter(file, columns, restval="")
                writer.writeheader()
                writer.writerows(rows)
        return folder


def _vehicles(source: GeneratedSource) -> None:
    for number in TRAINS:
        minutes = source.dice.randrange(300, 1300)
        for order, stop in enumerate(TRAIN_STOPS):
            minutes += source.dice.randrange(20, 260)
            clock = f"{minutes // 60:02}:{minutes % 60:02}"
            source.row(
                "timetable",
                mode="train",
                number=number,
                stop_seq=str(order),
                stop=stop,
                arrival=clock,
                departure=source.seldom(clock, ""),
            )
    for stop, city in (("武汉", "武汉"), ("武昌", "武汉"), ("北京西", "北京"), ("广州南", "广州")):
        source.row("stops", stop=stop, city=city)
    for mode, numbers in SERVICES.items():
        for number in numbers:
            for carriage in ("", "8", "加1"):
                source.row(
                    "carriages",
                    mode=mode,
                    number=number,
                    carriage=carriage,
                    service_date=source.seldom("", source.day().isoformat(), 0.3),
                    **{"class": source.one("硬座", "soft_sleeper", "seat", "hard_sleeper", "")},
                    aircon=source.one("yes", "no", ""),
                    rows=source.one("1-12,14-20", "", "1-20"),
                    units=source.one("1-4,5-8,9-12", ""),
                    seats=source.one("ABC-DEF", "AB-CD", ""),
                )


def _cases(source: GeneratedSource) -> None:
    for number in range(CASES):
        onset, day = source.day(), source.day()
        source.row(
            "cases",
            case_id=f"C{number}",
            disease=source.one("", "COVID-19", "measles", "tuberculosis"),
            classification=source.one("confirmed", "asymptomatic", "suspected", "maybe"),
            onset_date=source.seldom(onset.isoformat(), source.one("", "?")),
            specimen_date=source.seldom((onset + timedelta(days=2)).isoformat(), ""),
            isolated_at=source.seldom(
                (onset + timedelta(days=source.dice.randrange(9))).isoformat(), ""
            ),
            reported_by=source.one("广州", "Wuhan CDC", ""),
            **source.identity(number * 3),
        )
        for _ in range(source.dice.randrange(3)):
            source.row(
                "case_legs",
                case_id=f"C{number}",
                severe=source.seldom("", "yes"),
                **source.aboard(source.one(*SERVICES), day),
            )


def _people(source: GeneratedSource) -> None:
    for _ in range(LEGS):
        mode = source.one("train", "train", "flight", *SERVICES)
        person = source.identity(source.dice.randrange(PEOPLE))
        source.row(
            "legs",
            **source.aboard(mode, source.day()),
            **person,
            operator=source.one("", "CZ", "铁路"),
        )
    for number in range(120):
        for other in (number, number + source.dice.randrange(1, PEOPLE - 200)):
            source.row("documents", person_key=f"K{number}", **source.identity(other))
    for number in range(60):
        source.row(
            "contacts",
            case_id=f"C{number * 5}",
            exposure_date=source.day().isoformat(),
            setting=source.one("meal", "家", "", "a\tb"),
            **source.identity(number * 7),
        )
    for number in range(150):
        cleared = (FIRST_DAY + timedelta(days=source.dice.randrange(20))).isoformat()
        source.row("cleared", cleared_on=cleared, reason="", **source.identity(number * 4))
    for leg in source.dice.sample(source.tables["legs"], 400):
        named = ("mode", "number", "service_date", "id_type", "id_number", "name")
        trip = {name: leg[name] for name in named}
        source.row("cleared", cleared_on=str(FIRST_DAY + timedelta(days=40)), reason="", **trip)
    for number in range(40):
        day = source.day()
        source.row(
            "drivers",
            plate=source.one(*SERVICES["taxi"], *SERVICES["coach"], "粤B88888"),
            from_time=source.seldom(f"{day}T08:00", ""),
            to_time=source.seldom(f"{day}T20:00", ""),
            **source.identity(number * 11),
        )
    for number in range(20):
        source.row(
            "outcomes",
            became_case_id=f"C{number}",
            confirmed_on=source.day().isoformat(),
            **source.identity(number * 3),
        )


@dataclass
class Generated:
    """A source directory, and a list of everybody aboard to ask about."""

    folder: Path
    people: Path


@pytest.fixture(scope="module")
def generated(tmp_path_factory) -> Generated:
    source = GeneratedSource(random.Random(2020))  # noqa: S311 - the same source at every run
    _vehicles(source)
    _cases(source)
    _people(source)
    place = tmp_path_factory.mktemp("generated")
    people = place / "people.csv"
    with people.open("w", newline="", encoding="utf-8") as file:
        writer = csv.writer(file)
        writer.writerow(["id_type", "id_number", "name"])
        for row in source.tables["legs"]:
            if len(row["id_number"]) < LONG:
                writer.writerow(["passport", row["id_number"], row["name"]])
    return Generated(source.write(place / "source"), people)
