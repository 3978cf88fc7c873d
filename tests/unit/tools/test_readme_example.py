import csv
import json
import re
import subprocess
from pathlib import Path

from index_builder.demo.demo_files import write_demo

ROOT = Path(__file__).resolve().parents[3]
README = ROOT / "README.md"


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


def test_a_reader_with_own_data_serves_it_with_keys_that_sign_nothing():
    written = re.search(r"index-builder keygen keys --web (\S+)", README.read_text())
    served = re.search(r"GAUGE_KEYS_DIR=(\S+) \S*gauge serve", README.read_text())
    assert written[1] == served[1]


def test_what_a_reader_makes_is_never_committed():
    made = re.findall(r"(?<=[ =])(?:keys|web-keys|my-\w+)\b", README.read_text())
    folders = {*made, "my-index-casework", "keys-2", "web-keys-2"}
    files = [f"{folder}/signing" for folder in sorted(folders)]
    ignored = subprocess.run(
        ["git", "check-ignore", "--no-index", *files],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert {"keys", "web-keys", "my-tables", "my-index"} <= folders
    assert files == ignored.stdout.split()
