"""Finds the file of each table in a source directory, and the files that must not be missed."""

from pathlib import Path

from exposure_index.errors import ExitCode, ForeseenError
from index_builder.data_dictionary.table_definitions import NOTICES, TABLES
from index_builder.sources.passenger_lists.list_reader import FOLDER

_READ = frozenset({".csv", ".parquet", ".xlsx"})
_SPREADSHEETS = frozenset({".xls", ".xlsm", ".xlsb", ".ods"})
_ROW_BYTES_MIN = 10  # a packed row of a passenger list, where most people are called alike


class SourceRefused(ForeseenError, ValueError):
    """The source directory cannot be built from; the message names the file and what to do."""

    exit_code = ExitCode.BAD_INPUT


def table_files(directory: Path) -> dict[str, Path]:
    """Return the file of each table of the data dictionary that the directory holds, and NOTICES.

    Raises SourceRefused where it is missing, lacks a required table, has one twice, or has one
    in a form that is not read: an index built without it may find nobody.
    """
    if not directory.is_dir():
        message = f"{directory}: no such directory"
        raise SourceRefused(message)
    files: dict[str, Path] = {}
    for path in sorted(directory.iterdir()):
        name = _table_of(path)
        if name is None:
            continue
        _check_form(path, name)
        if name in files:
            message = f"{path.name} and {files[name].name}: the same table twice; remove one"
            raise SourceRefused(message)
        files[name] = path
    if "cases" not in files:
        message = (
            f"{directory}: the table cases is missing (cases.csv, cases.parquet or cases.xlsx)"
        )
        raise SourceRefused(message)
    lists = (directory / FOLDER).is_dir()
    if not lists and not files.keys() & {"legs", "contacts", NOTICES, "drivers", "replies"}:
        message = (
            f"{directory}: legs, contacts, {NOTICES} or {FOLDER} is needed beside cases: without "
            "them nobody can be listed"
        )
        raise SourceRefused(message)
    return files


def rows_within(directory: Path) -> int:
    """Return how many rows a directory may hold at most, judged by the bytes of its files."""
    files = (path for path in directory.rglob("*") if path.is_file())
    return sum(path.stat().st_size for path in files) // _ROW_BYTES_MIN


def other_files(directory: Path) -> list[str]:
    """Return a remark on each file that looks like a table and is not used."""
    remarks = []
    for path in sorted(directory.iterdir()):
        if not path.is_file() or _table_of(path) is not None:
            continue
        if path.suffix.lower() in _READ | _SPREADSHEETS:
            remarks.append(f"{path.name}: not a table of the data dictionary, not used")
    return remarks


def _table_of(path: Path) -> str | None:
    """Return the table that a name claims to be: legs.xlsx, legs.csv.gz and legs.2.csv too."""
    name = path.name.split(".")[0].strip().lower()
    return name if name in TABLES or name == NOTICES else None


def _check_form(path: Path, name: str) -> None:
    suffix = path.suffix.lower()
    if suffix in _READ and path.stem.lower() == name:
        if not path.is_file():
            kind = "a directory" if path.is_dir() else "no file"
            message = f"{path.name}: {kind}; the table must be one file"
            raise SourceRefused(message)
        return
    way_out = f"save it as CSV, Parquet or XLSX ({name}.csv, …), or take it away"
    if path.is_dir():
        message = f"{path.name}: a directory is not read as a table; {way_out}"
    elif suffix in _SPREADSHEETS:
        message = f"{path.name}: {suffix[1:].upper()} is not read by this version; {way_out}"
    else:
        message = f"{path.name}: not read, though named as the table {name}; {way_out}"
    raise SourceRefused(message)
