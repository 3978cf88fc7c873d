"""Every decision is in the list of decisions, under its number and its title."""

import re
from pathlib import Path

DECISIONS = Path(__file__).resolve().parents[3] / "docs" / "decisions"


def test_the_list_of_decisions_has_each_by_its_title():
    files = sorted(DECISIONS.glob("[0-9]*.md"))
    titles = [file.read_text("utf-8").partition("\n")[0].removeprefix("# ") for file in files]
    expected = [
        f"{number}. [{title}]({file.name})"
        for file, (number, title) in zip(
            files, [each.split(". ", 1) for each in titles], strict=True
        )
    ]
    text = (DECISIONS / "README.md").read_text("utf-8")
    assert expected == re.findall(r"^\d+\. \[.*$", text, re.MULTILINE)


def test_each_decision_has_the_number_of_its_file():
    numbers = [
        (int(file.name[:4]), int(file.read_text("utf-8").removeprefix("# ").partition(".")[0]))
        for file in sorted(DECISIONS.glob("[0-9]*.md"))
    ]
    assert [] == [pair for pair in numbers if pair[0] != pair[1]]
    assert list(range(1, len(numbers) + 1)) == [number for number, _ in numbers]
