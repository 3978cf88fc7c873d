"""Names in Han with a word glued to them, turned round, or with a character in two parts."""

import pytest

from exposure_index.identity.name import fold_han
from tables.people_csv import PersonRow
from tables.staff_lists.staff_list import row_claims
from tests.fixtures.staff_sources import resident

NUMBER = resident(1)


def found(name, id_type="resident", number=NUMBER):
    claims, doubt = row_claims(PersonRow(id_type, number, name))
    return {name for claim in claims for name in claim.names}, doubt


@pytest.mark.parametrize(
    ("cell", "name"),
    [
        *(("诗诺周", "周诗诺"), ("诺周", "周诺"), ("诗诺欧阳", "欧阳诗诺"), ("诺欧阳", "欧阳诺")),
        *(
            ("周诺大", "周诺"),
            ("周诺甲", "周诺"),
            ("周诺一", "周诺"),
            ("周诺弟", "周诺"),
            ("高周诺", "周诺"),
        ),
        *(("母周诺", "周诺"), ("班周诺", "周诺"), ("欧阳诺甲", "欧阳诺"), ("周诗若诺", "周诗诺")),
        *(
            ("周王月", "周玥"),
            ("朱金容", "朱镕"),
            ("周吉吉", "周喆"),
            ("周羽中", "周翀"),
            ("周日方", "周昉"),
        ),
        *(("王梓王月", "王梓玥"), ("周诗言若", "周诗诺"), ("欧阳王月", "欧阳玥")),
    ],
)
def test_a_name_is_looked_up_in_each_way_that_its_pieces_may_be_read(cell, name):
    names, doubt = found(cell)
    assert ({fold_han(cell), fold_han(name)} <= names, doubt) == (True, "")


@pytest.mark.parametrize("cell", ["周诺母", "周诺父", "周诺媳", "周诺嫂", "欧阳诺母", "周诺婿"])
def test_a_relative_of_somebody_is_a_doubt(cell):
    assert "name_unclear" == found(cell)[1]


@pytest.mark.parametrize(
    "cell",
    [
        "周诗讠若",
        "周诗讠",
        "朱钅容",
        "朱釒容",
        "周礻韦",
        "周艹凡",
        "周诗匚",
        "周诗丶",
        "周诗口",
        "周诗囗",
    ],
)
def test_a_part_of_a_character_is_a_doubt(cell):
    assert "name_unclear" == found(cell)[1]


@pytest.mark.parametrize("cell", ["欧阳娜娜", "司马相如", "周子儿", "王小二", "李子大", "诸葛亮"])
def test_a_whole_name_leaves_no_doubt(cell):
    names, doubt = found(cell)
    assert (cell in names, doubt) == (True, "")
