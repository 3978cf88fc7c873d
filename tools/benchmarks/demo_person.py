"""One of the demo's invented people, for benchmarks that check somebody."""

import csv
from pathlib import Path

PEOPLE = Path(__file__).resolve().parent.parent.parent / "var" / "demo" / "people.csv"
FIELDS = ("id_type", "id_number", "name")


def demo_person(tier: str = "close") -> dict[str, str]:
    """Return the form's fields of the first of the demo who is listed with that tier."""
    with PEOPLE.open(encoding="utf-8", newline="") as rows:
        person = next(each for each in csv.DictReader(rows) if each["expected_tier"] == tier)
    return {name: person[name] for name in FIELDS}
