"""No file that is named as a table is passed over in silence."""

import pytest

from index_builder.sources.directory import SourceRefused, other_files, rows_within, table_files


@pytest.fixture
def source(tmp_path):
    for name in ("cases.csv", "legs.parquet"):
        (tmp_path / name).touch()
    return tmp_path


def test_as_many_rows_are_expected_as_the_bytes_of_all_files_may_hold(source):
    (source / "passenger_lists").mkdir()
    (source / "passenger_lists" / "one.csv").write_text("name,seat\n" * 4)
    (source / "legs.parquet").write_bytes(bytes(60))
    assert 10 == rows_within(source)
    assert 0 == rows_within(source / "none")


def test_tables_are_found_in_capitals_too(source):
    (source / "STOPS.CSV").touch()
    assert {"cases", "legs", "stops"} == set(table_files(source))


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("case_legs.xls", "case_legs.xls: XLS is not read by this version; save it as CSV"),
        ("legs.ODS", "ODS is not read"),
        ("contacts.xlsm", "XLSM is not read"),
        ("legs.XLSX", "legs.parquet and legs.XLSX: the same table twice; remove one"),
        ("legs.csv.gz", "legs.csv.gz: not read, though named as the table legs"),
        ("legs.2.csv", "though named as the table legs"),
        ("legs .csv", "though named as the table legs"),
        ("documents.tsv", "though named as the table documents"),
        ("cleared", "though named as the table cleared"),
    ],
)
def test_a_table_in_another_form_is_refused_with_the_way_out(source, name, words):
    (source / name).touch()
    with pytest.raises(SourceRefused) as refused:
        table_files(source)
    assert words in str(refused.value)


@pytest.mark.parametrize("name", ["case_legs.csv", "stops.parquet", "contacts"])
def test_a_directory_is_no_table(source, name):
    (source / name).mkdir()
    with pytest.raises(SourceRefused, match=f"{name}: a directory"):
        table_files(source)


def test_a_link_to_nowhere_is_refused(source):
    (source / "stops.csv").symlink_to(source / "gone.csv")
    with pytest.raises(SourceRefused, match=r"stops\.csv: no file"):
        table_files(source)


def test_other_files_are_remarked_where_they_may_be_tables(source):
    for name in ("weather.csv", "list.xlsx", "notices.csv", "readme.md"):
        (source / name).touch()
    assert {"cases", "legs", "notices"} == set(table_files(source))
    assert [
        "list.xlsx: not a table of the data dictionary, not used",
        "weather.csv: not a table of the data dictionary, not used",
    ] == other_files(source)
