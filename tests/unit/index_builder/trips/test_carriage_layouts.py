import pytest

from index_builder.trips.carriage_layouts import LayoutCells, read_layout


def layout(**cells):
    blank = dict.fromkeys(("carriage_class", "aircon", "rows", "units", "seats"), "")
    return read_layout(LayoutCells(**{**blank, **cells}))


@pytest.mark.parametrize(
    ("column", "cell"),
    [
        ("rows", "1-12,14-31 大约"),
        ("units", "1-4,5-8…"),
        ("seats", "ABC-DF 靠窗"),
        ("seats", "3+2"),
    ],
)
def test_a_description_understood_in_part_is_none_and_is_a_fault(column, cell):
    read = layout(**{column: cell})
    assert (column,) == read.faults
    assert () == read.rows == read.units == read.columns


def test_a_description_has_rows_bays_and_seats_in_their_order():
    read = layout(rows="1–3,14", units="1-4, 5-8", seats="ABC-DF")
    assert ((1, 2, 3, 14), ((1, 4), (5, 8)), tuple("ABCDF"), ()) == (
        read.rows,
        read.units,
        read.columns,
        read.faults,
    )
