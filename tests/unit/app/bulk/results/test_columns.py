from app.bulk.results.columns import ADDED_COLUMNS, own_cells, result_columns


def test_own_columns_come_first_as_they_are():
    assert ("姓名", "证件号码", *ADDED_COLUMNS) == result_columns(["姓名", "证件号码"])


def test_a_column_of_an_earlier_result_never_bears_the_name_of_a_new_one():
    assert ("ＳＴＡＴＵＳ_own", "Tier_own") == result_columns(["ＳＴＡＴＵＳ", "Tier "])[:2]


def test_a_result_of_a_result_of_a_result_still_has_each_name_once():
    twice = result_columns(result_columns(result_columns(["name"])))
    assert len(twice) == len(set(twice)) == 1 + 3 * len(ADDED_COLUMNS)
    assert ADDED_COLUMNS == twice[-len(ADDED_COLUMNS) :]


def test_blank_and_repeated_names_are_told_apart():
    assert ("name", "column_2", "name_2", "Name_3") == result_columns(
        ["name", " ", "name", "Name"]
    )[:4]


def test_rows_are_as_wide_as_the_names(row_of):
    assert ("a", "b", "") == own_cells(row_of(("a", "b")), 3)
    assert ("a",) == own_cells(row_of(("a", "b")), 1)
