"""One cell's name as given and family name."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index_builder.exports.person_names import split_name


@pytest.mark.parametrize(
    ("name", "parts"),
    [
        ("舒小满", ("小满", "舒")),
        ("欧阳小满", ("小满", "欧阳")),
        ("欧阳", ("阳", "欧")),
        ("舒", ("N/A", "舒")),
        ("SILVA/ANA MS", ("ANA", "SILVA")),
        ("Silva, Ana Maria", ("Ana Maria", "Silva")),
        ("Ana Maria Silva", ("Ana Maria", "Silva")),
        ("Silva", ("N/A", "Silva")),
        ("", ("N/A", "N/A")),
        ("买买提·艾力", ("N/A", "买买提·艾力")),
        ("=1+1", ("N/A", "1+1")),
    ],
)
def test_a_name_is_parted(name, parts):
    assert parts == split_name(name)


@given(st.text())
def test_both_parts_are_there_whatever_the_cell_holds_and_no_formula(name):
    for part in split_name(name):
        assert part
        assert part[0] not in "=+-@\t\r"
