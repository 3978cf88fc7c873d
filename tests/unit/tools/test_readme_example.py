import csv
import json
import re
from pathlib import Path

from index_builder.demo.demo_files import write_demo

README = Path(__file__).resolve().parents[3] / "README.md"


def test_the_person_of_the_readme_is_a_listed_person_of_the_demo(tmp_path):
    example = json.loads(re.search(r"curl --json '(.*?)'", README.read_text())[1])
    write_demo(tmp_path / "source")
    with (tmp_path / "source" / "people.csv").open(encoding="utf-8", newline="") as lines:
        people = {
            (row["id_type"], row["id_number"], row["name"]): row["expected_status"]
            for row in csv.DictReader(lines)
        }
    assert "exposed" == people[example["id_type"], example["id_number"], example["name"]]
