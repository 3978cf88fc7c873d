import csv

import pytest

from index_builder.notices import NoticeOptions, read_notices

HEADINGS = "id,kind,date,start,end,number,carriage,note,board,alight"


def rows_of(path):
    with path.open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))


@pytest.fixture
def read(tmp_path):
    """Write a notices file, read it, and return (outcome, trips, rejects)."""

    def reading(text, headings=HEADINGS, encoding="utf-8", published=None):
        file, out = tmp_path / "notices.csv", tmp_path / "trips.csv"
        file.write_bytes(f"{headings}\n{text}\n".encode(encoding))
        outcome = read_notices(file, out, options=NoticeOptions(published))
        return outcome, rows_of(out), rows_of(tmp_path / "trips.csv.rejects.csv")

    return reading
