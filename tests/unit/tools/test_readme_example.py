import csv
import json
import re
from pathlib import Path

from index_builder.demo.demo_files import write_demo

README = Path(__file__).resolve().parents[3] / "README.md"


def test_the_people_of_the_readme_are_listed_people_of_the_demo(tmp_path):
    examples = [json.loads(text) for text in re.findall(r"curl --json '(.*?)'", README.read_text())]
    write_demo(tmp_path / "source")
    with (tmp_path / "source" / "people.csv").open(encoding="utf-8", newline="") as lines:
        people = {
            (row["id_type"], row["id_number"], row["name"].upper()): row["expected_status"]
            for row in csv.DictReader(lines)
        }
    assert ["exposed", "exposed"] == [
        people[one["id_type"], one["id_number"], one.get("name_latin", one["name"])]
        for one in examples
    ]
