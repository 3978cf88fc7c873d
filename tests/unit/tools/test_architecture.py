"""docs/architecture.md names every room; a room that nobody can look up is not found."""

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[3]
TEXT = (ROOT / "docs" / "architecture.md").read_text("utf-8")
PACKAGES = ("exposure_index", "tables", "index_builder", "app")


def rooms():
    return [
        (package, place.name + ("/" if place.is_dir() else ""))
        for package in PACKAGES[:1] + PACKAGES[2:]
        for place in sorted((ROOT / package).iterdir())
        if (place / "__init__.py").is_file() or (place.suffix == ".py" and place.stem[0] != "_")
    ]


def section(package):
    """The rows of one package's rooms."""
    text = TEXT.partition(f"### `{package}`")[2]
    return text.partition("\n#")[0]


@pytest.mark.parametrize(("package", "room"), rooms())
def test_every_room_is_described(package, room):
    assert f"`{room}`" in section(package)


@pytest.mark.parametrize("package", PACKAGES)
def test_no_room_is_described_that_is_gone(package):
    cells = re.findall(r"^\| ([^|]+) \|", section(package), re.MULTILINE)
    names = re.findall(r"`([a-z0-9_]+(?:/|\.py))`", " ".join(cells))
    assert [] == [name for name in names if not (ROOT / package / name).exists()]


@pytest.mark.parametrize(
    "path",
    sorted(
        set(
            re.findall(
                r"`((?:app|exposure_index|tables|index_builder|tools|tests)/[\w/.]+?)/?`", TEXT
            )
        )
    ),
)
def test_every_path_leads_somewhere(path):
    assert (ROOT / path).exists() or (ROOT / f"{path}.py").is_file()


@pytest.mark.parametrize("package", [*PACKAGES, "tools", "loadtests"])
def test_every_folder_of_unit_tests_mirrors_one_of_the_source(package):
    unit = ROOT / "tests" / "unit"
    folders = {test.parent.relative_to(unit) for test in (unit / package).rglob("test_*.py")}
    assert folders, package
    assert [] == sorted(str(folder) for folder in folders if not (ROOT / folder).is_dir())
