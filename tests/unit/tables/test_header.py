"""A header is told by place: its cells may be a person's."""

from hypothesis import given
from hypothesis import strategies as st

from tables.column_mapping import TableMapping
from tables.header import HeaderNaming, column_names, repeated_columns, unknown_columns


def test_a_repeated_value_that_is_no_column_is_told_by_place_alone():
    assert "columns 2 and 4" == repeated_columns(["flight", "甲某", "", "甲某", ""])
    assert "columns 1 and 2 and 3" == repeated_columns(["traveller 9"] * 3)


def test_a_repeated_column_of_the_dictionary_is_named():
    header = column_names(["Name", "seat", " name "])
    assert "columns 1 and 3 (name)" == repeated_columns(header, {"name", "seat"})
    assert "columns 1 and 3" == repeated_columns(header, {"seat"})


def test_unknown_columns_are_named_where_they_look_like_names_and_by_place_otherwise():
    header = ["mode", "shoe_size", "990102198001010011", "甲某", "x" * 40, ""]
    assert "shoe_size, columns 3-5" == unknown_columns(header, ["mode"])
    assert "column 1" == unknown_columns(["甲某"], [])
    assert "" == unknown_columns(["mode"], ["mode"])


@given(st.lists(st.text(max_size=12), max_size=8))
def test_naming_is_idempotent_and_keeps_every_heading_in_its_place(cells):
    naming = HeaderNaming(("mode", "number", "service_date", "seat", "id_number"), TableMapping())
    names = naming(cells)
    assert len(cells) == len(names)
    assert names == naming(names)
