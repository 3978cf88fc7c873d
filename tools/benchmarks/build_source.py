"""Writes a source directory of any size, and the same trips as normalised tables.

Invented throughout: document numbers carry region 99, which no resident number has, with a valid
check digit, and names are two characters drawn by number. A tenth of the cells is written in one of
the other ways that departments write them, so that the builder parses what it parses in earnest.
"""

from dataclasses import dataclass
from pathlib import Path

import duckdb

_DAYS = 60
_PEOPLE = 60_000_000
_TRAVELLED = 8
"""One case in so many was on a vehicle with a manifest: 11 contacts a case at 10 M legs, and 17 at
100 M, where the same people travel more. China counted 8.68 (the Guangzhou paper)."""
_DIRTY = 10  # one leg in so many is written untidily


@dataclass(frozen=True)
class Sizes:
    """How many legs of manifests and how many cases; memory as DuckDB writes it."""

    legs: int
    cases: int
    memory: str = "4GB"


@dataclass(frozen=True)
class _Mode:
    """Share of the legs, people a run and a carriage (0: none), letters of a row, the numbers."""

    name: str
    share: float
    aboard: int
    in_carriage: int
    letters: str
    prefix: str
    first_number: int


_MODES = (
    _Mode("train", 0.75, 600, 50, "ABCDF", "G", 1),
    _Mode("flight", 0.20, 180, 0, "ABCDEF", "CA", 1000),
    _Mode("coach", 0.05, 45, 0, "ABCD", "京A", 10000),
)


def write_source(folder: Path, sizes: Sizes) -> None:
    """Write legs.parquet, cases.csv, case_legs.csv and, under normalised/, what they mean.

    normalised/legs.parquet: service, run_date, carriage, seat_row, letter, id_number;
    case_legs.parquet the same with case_id.
    """
    normalised = folder / "normalised"
    normalised.mkdir(parents=True)
    with duckdb.connect() as engine:
        engine.execute(f"SET memory_limit = '{sizes.memory}'")
        engine.execute(f"SET temp_directory = '{folder / 'spill'}'")
        engine.execute("SET preserve_insertion_order = false")
        parts = " UNION ALL ".join(_legs_of(mode, sizes.legs) for mode in _MODES)
        engine.execute(f"CREATE VIEW plain AS {parts}")
        drawn = f"SELECT * FROM plain USING SAMPLE reservoir({sizes.cases} ROWS) REPEATABLE (7)"
        engine.execute(
            "CREATE TABLE cases AS SELECT row_number() OVER () AS case_no, "
            f"'C' || case_no AS case_id, * REPLACE ({_CASE_PERSON} AS person) FROM ({drawn})"
        )
        for query, path in (
            (f"SELECT {_NORMALISED} FROM plain", normalised / "legs.parquet"),
            (f"SELECT case_id, {_NORMALISED} {_TRIPS}", normalised / "case_legs.parquet"),
            (f"SELECT {_TRIP}, {_TRAVELLER} FROM plain", folder / "legs.parquet"),
            (f"SELECT case_id, {_TRIP} {_TRIPS}", folder / "case_legs.csv"),
            (f"SELECT case_id, {_CASE} FROM cases", folder / "cases.csv"),
        ):
            engine.execute(f"COPY ({query}) TO '{path}'")


def _legs_of(mode: _Mode, legs: int) -> str:
    """Return the query of one mode's legs: full vehicles, run after run, day after day."""
    runs_a_day = max(int(legs * mode.share) // mode.aboard // _DAYS, 1)
    cabin = mode.in_carriage or mode.aboard
    carriage = f"1 + (i % {mode.aboard}) // {mode.in_carriage}" if mode.in_carriage else "NULL"
    seats = len(mode.letters)
    return f"""
      SELECT '{mode.name}' AS mode,
        '{mode.prefix}' || ({mode.first_number} + (i // {mode.aboard}) % {runs_a_day}) AS number,
        DATE '2020-01-01'
          + CAST(least(i // {mode.aboard} // {runs_a_day}, {_DAYS - 1}) AS INTEGER) AS service_date,
        CAST({carriage} AS INTEGER) AS carriage,
        CAST(1 + (i % {cabin}) // {seats} AS INTEGER) AS seat_row,
        substr('{mode.letters}', CAST(1 + i % {seats} AS INTEGER), 1) AS letter,
        hash('{mode.name}', i) % {_PEOPLE} AS person, i
      FROM range({int(legs * mode.share)}) numbered(i)"""


# ISO 7064 MOD 11-2 over 990000 190 and eight digits: the fixed part leaves 1.
_WEIGHTED = " + ".join(
    f"{weight} * (person // {10**place} % 10)"
    for place, weight in zip(range(7, -1, -1), (3, 7, 9, 10, 5, 8, 4, 2), strict=True)
)
_ID_NUMBER = f"""
  '990000190' || lpad(CAST(person AS VARCHAR), 8, '0')
    || substr('10X98765432', CAST(1 + (1 + {_WEIGHTED}) % 11 AS INTEGER), 1) AS id_number"""
_CASE_PERSON = f"CASE WHEN case_no % {_TRAVELLED} = 0 THEN person ELSE {_PEOPLE} + case_no END"
_TRIPS = f"FROM cases WHERE case_no % {_TRAVELLED} = 0"
_NORMALISED = f"""
  mode || ' ' || number AS service, service_date AS run_date, carriage, seat_row, letter,
  {_ID_NUMBER}"""
_TRIP = f"""
  mode, CASE WHEN i % {_DIRTY} = 0 THEN lower(number) ELSE number END AS number,
  CAST(service_date AS VARCHAR) AS service_date,
  CASE WHEN i % {_DIRTY} = 1 THEN lpad(CAST(carriage AS VARCHAR), 2, '0') || '车厢'
    ELSE CAST(carriage AS VARCHAR) END AS carriage,
  CASE WHEN i % {_DIRTY} = 2 THEN '座位：' ELSE '' END || seat_row || letter AS seat,
  CASE WHEN mode = 'train' THEN CASE WHEN i % 3 = 0 THEN '济南西' ELSE '北京南' END END AS board,
  CASE WHEN mode = 'train' THEN '上海虹桥' END AS alight"""
_IDENTITY = f"""
  'resident' AS id_type, {_ID_NUMBER},
  chr(CAST(24352 + person % 400 AS INTEGER))
    || chr(CAST(19968 + person % 2000 AS INTEGER)) AS name"""
_TRAVELLER = f"'passenger' AS role, '' AS booking, {_IDENTITY}, 'Operator ' || (i % 7) AS operator"
_CASE = f"'confirmed' AS classification, service_date AS onset_date, {_IDENTITY}"
