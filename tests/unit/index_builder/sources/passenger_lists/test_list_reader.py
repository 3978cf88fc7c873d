"""PNL, ADL and PFS in files: read whole, dated, and refused where a part is missing."""

import os
from datetime import date, datetime, timedelta, timezone

import pytest

from index_builder.runtime.workspace import Workspace
from index_builder.sources.passenger_lists.list_reader import place_of_row
from index_builder.sources.reject_list import RejectList
from index_builder.sources.source import SourceRefused, check_reject_share, open_source
from tables.table_faults import TableUnreadable
from tests.unit.index_builder.sources.passenger_lists.conftest import FULL, HEADER, SMITH, pnl

MORE_THAN_A_NAME = "not understood: more than a name stands where the name is"
SHANGHAI = timezone(timedelta(hours=8))


def test_the_row_tells_file_and_line(lists):
    assert 10_000_009_000 == lists(FULL)[0][0]


def test_parts_in_several_files_are_one_list(lists):
    first = pnl("-CAN002Y", SMITH, end="ENDPART1")
    second = pnl("-CAN002Y", "1LI/SIMS", header=HEADER.replace("PART1", "PART2"))
    assert ["LI/SIMS", "SMITH/JOHNMR"] == lists.names(second, first)
    assert 0 == lists.read.totals.short


def test_passengers_counted_and_not_named_are_told(lists):
    lists(pnl("-CAN008Y", SMITH))
    assert any("7 passengers are counted" in remark for remark in lists.read.totals.remarks())


@pytest.mark.parametrize(
    ("text", "words"),
    [
        (pnl("-CAN002Y", SMITH, end=""), "row 1: not ended by ENDPART or ENDPNL"),
        (pnl("-CAN002Y", SMITH, end="ENDPART1"), "a part of the PNL is missing"),
        (pnl("-CAN2Y", SMITH, header="CA1234/20JAN PEK PART2"), "a part of the PNL is missing"),
        (pnl("-CAN002Y", SMITH, header="-CAN002Y"), "a list without a flight line"),
        ("PNL", "a list without a flight line"),
        (pnl(SMITH, header="CA1234/30FEB PEK PART1"), "no such day"),
        (pnl(SMITH, header="CA1234/20XYZ PEK PART1"), "no such day"),
        ("", "no PNL, ADL or PFS in it"),
        ("id_number,name\n1,2\n", "no PNL, ADL or PFS in it"),
    ],
)
def test_a_list_that_is_cut_or_none_is_refused(lists, text, words):
    with pytest.raises(TableUnreadable, match=words):
        lists(text)


def test_a_file_of_another_kind_is_refused(lists):
    with pytest.raises(TableUnreadable, match=r"x\.docx: not read"):
        lists(**{"x.docx": "a"})


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ("SMITH JOHN 12A", "not understood"),
        (".R/SEAT HK1 12A", "a remark without a name before it"),
        (f"1ZHANG/{'/'.join(['SANMR'] * 12)}", "more names than passengers counted"),
        ("0ZHANG/SANMR", "more names than passengers counted"),
        ("2ZHANG/SANMR/SIMS/WUMR", "more names than passengers counted"),
        ("1ZHANG/SANMR1LI/SIMS", MORE_THAN_A_NAME),
        ("1ZHANG/SANMR.R SEAT HK1 21H", MORE_THAN_A_NAME),
    ],
)
def test_a_line_that_is_not_understood_is_listed_by_file_and_line(lists, line, reason):
    lists(pnl("-CAN001Y", line, SMITH))
    assert [("passenger_lists", "", reason)] == list(lists.rejects.reasons)
    lists.rejects._file.flush()
    assert f"passenger_lists/0.txt,4,,{reason}" in lists.rejects._draft.read_text("utf-8")


@pytest.mark.parametrize(("line", "rejected"), [("1ZHANG/SANMR", 0), ("ZHANG/SAN 1", 1)])
def test_a_name_before_the_first_destination_is_read_or_listed(lists, line, rejected):
    names = lists.names(pnl(line, "-CAN001Y", SMITH))
    assert (2 - rejected, rejected) == (len(names), lists.rejects.reasons.total())


@pytest.mark.parametrize(
    ("remark", "what"),
    [
        (".R/SEAT HK1 2X2A", "a seat"),
        (".R/SEAT HK1 12A 999", "a seat"),
        (".R/DOCS HK1/P/CHN//CHN/12JUL80", "a document"),
        (".R/FOID HK1 XQ12345678", "a document"),
        (".R/INFT HK1 12JUL19", "the name of an infant"),
        (".R/7 12A", "a remark"),
    ],
)
def test_a_remark_that_is_not_understood_is_told_by_file_and_line(lists, remark, what):
    rows = lists(pnl("-CAN001Y", SMITH, remark))
    assert "" == rows[0][1]["seat"]
    reason = f"{what} is not understood and passed over"
    assert [("passenger_lists", "", reason)] == list(lists.rejects.warnings)
    lists.rejects._file.flush()
    assert f"passenger_lists/0.txt,4,,kept: {reason}" in lists.rejects._draft.read_text("utf-8")


def test_the_row_of_a_leg_leads_back_to_file_and_line(lists):
    row = lists(FULL)[0][0]
    assert ("passenger_lists/0.txt", 9) == place_of_row(lists.folder, row)
    assert place_of_row(lists.folder, 9) is None


@pytest.mark.parametrize(
    ("header", "as_of", "expected"),
    [
        ("CA1/20JAN PEK PART1", date(2020, 2, 5), "2020-01-20"),
        ("CA1/30DEC PEK PART1", date(2020, 1, 5), "2019-12-30"),
        ("CA1/08JAN PEK PART1", date(2020, 1, 5), "2020-01-08"),
        ("CA1/29FEB PEK PART1", date(2021, 3, 1), "2020-02-29"),
        ("CA1/20JAN19 PEK PART1", date(2020, 2, 5), "2019-01-20"),
        ("CA1/20JAN PEK", date(2020, 2, 5), "2020-01-20"),
    ],
)
def test_the_year_of_a_flight_is_the_last_that_fits_the_day_the_data_reach(
    lists, header, as_of, expected
):
    ((_, cells),) = lists(pnl("-CAN001Y", SMITH, header=header), as_of=as_of)
    assert expected == cells["service_date"]


def test_a_date_in_the_files_name_gives_the_year_and_else_the_day_it_was_changed(lists):
    text = pnl("-CAN001Y", SMITH)
    rows = lists(as_of=None, **{"CA1234_2018-01-20.pnl": text, "b.pnl": text})
    assert "2018-01-20" == rows[0][1]["service_date"]
    changed = datetime(2019, 6, 1, tzinfo=SHANGHAI).timestamp()
    os.utime(lists.folder / "b.pnl", (changed, changed))
    rows = lists(as_of=None)
    assert ["2018-01-20", "2019-01-20"] == [cells["service_date"] for _, cells in rows]


def test_lists_stand_beside_the_table_legs(tmp_path, lists):
    (lists.folder / "a.pnl").write_text(FULL)
    (tmp_path / "cases.csv").write_text("case_id\nC1\n")
    with Workspace(tmp_path / "out") as work, RejectList(work.folder, tmp_path) as rejects:
        alone = open_source(tmp_path, work, rejects, as_of=date(2020, 2, 5))
        assert 3 == alone.rows("legs") == alone.get("legs").count().execute()
    (tmp_path / "legs.csv").write_text("mode,number,service_date,id_number\ntrain,G1,d,1\n")
    with Workspace(tmp_path / "out") as work, RejectList(work.folder, tmp_path) as rejects:
        both = open_source(tmp_path, work, rejects, as_of=date(2020, 2, 5))
        assert 4 == both.rows("legs") == both.get("legs").count().execute()
        assert 4 == both.get("legs").row.nunique().execute()
        assert any("3 names: 3 aboard" in remark for remark in both.remarks)


def test_too_many_lines_that_are_not_understood_refuse_the_source(tmp_path, lists):
    (lists.folder / "a.pnl").write_text(pnl("-CAN001Y", SMITH, "SMITH JOHN 12A"))
    (tmp_path / "cases.csv").write_text("case_id\nC1\n")
    with Workspace(tmp_path / "out") as work, RejectList(work.folder, tmp_path) as rejects:
        source = open_source(tmp_path, work, rejects)
        with pytest.raises(SourceRefused, match="passenger_lists: 1 of 2 rows rejected"):
            check_reject_share(source, rejects)


def test_a_bad_list_refuses_the_source(tmp_path, lists):
    (lists.folder / "a.pnl").write_text("PNL\n")
    (tmp_path / "cases.csv").write_text("case_id\nC1\n")
    with (
        Workspace(tmp_path / "out") as work,
        RejectList(work.folder, tmp_path) as rejects,
        pytest.raises(SourceRefused, match=r"passenger_lists/a\.pnl: row 1: a list without"),
    ):
        open_source(tmp_path, work, rejects)
