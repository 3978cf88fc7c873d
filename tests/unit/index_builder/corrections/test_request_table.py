import pytest

from index_builder.corrections.decisions import settle
from index_builder.corrections.request_table import (
    TableRefused,
    private_new_file,
    read_table,
    safe_cell,
)


def test_a_table_that_could_not_be_written_whole_is_not_there(tmp_path):
    with pytest.raises(UnicodeEncodeError), private_new_file(tmp_path / "out.csv") as file:
        file.write("A" * 100_000 + "\ud800")
    assert not (tmp_path / "out.csv").exists()


@pytest.mark.parametrize("text", ["=1", "+86 199 0000 0001", "-1", "@x", "\tx", "＝1", "＋1"])
def test_no_cell_is_a_formula(text):
    assert "'" + text == safe_cell(text)


def test_a_table_that_lost_a_column_is_refused(tmp_path):
    path = tmp_path / "opened.csv"
    path.write_text("reference,decision\nA,accepted\n")
    with pytest.raises(TableRefused, match="column cleared_on is missing"):
        settle(path, tmp_path / "cleared.csv", tmp_path / "decisions.csv")


def test_a_quotation_mark_that_is_never_closed_swallows_no_decision(tmp_path):
    table = tmp_path / "requests.csv"
    table.write_text('reference,text\nAAAA,"never aboard\nBBBB,not me\n', "utf-8")
    with pytest.raises(TableRefused, match=r"requests\.csv: no CSV"):
        read_table(table, ("reference",))
