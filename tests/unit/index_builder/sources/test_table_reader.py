"""What is trimmed cheaply is what the engine itself would trim."""

import ibis
import pytest

from index_builder.sources.table_reader import without_blanks

CELLS = (
    "",
    " ",
    "\t\v\f\r\n",
    "a",
    "a b",
    "张 三",
    "　张三　",
    "\x00a\x00",
    "a\x1f",
    "\x1fa",
    "!a!",
)


@pytest.mark.parametrize("blank", ["", " ", "\t", "\n", "\r", "\v", "\f", "\v \t"])
def test_every_blank_at_an_end_goes_and_nothing_else(blank):
    texts = [blank + cell + end for cell in CELLS for end in ("", blank, blank + blank)]
    cells = ibis.memtable({"cell": texts})
    expected = cells.select(cell=cells.cell.strip()).to_pyarrow()["cell"].to_pylist()
    assert (
        expected == cells.select(cell=without_blanks(cells.cell)).to_pyarrow()["cell"].to_pylist()
    )


def test_what_is_not_there_stays_away():
    cells = ibis.memtable({"cell": [None, "a"]}, schema={"cell": "string"})
    assert [None, "a"] == cells.select(c=without_blanks(cells.cell)).to_pyarrow()["c"].to_pylist()
