import contextlib
import datetime

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
import xlsxwriter
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from index_builder.notices import OUTPUT_COLUMNS, NoticesUnreadable, read_notices

DAY = datetime.date(2020, 1, 17)
TRAIN = "7,train,2020-01-17,,,G1,08,01F,北京南,曲阜东"


def test_rows_are_numbered_as_a_spreadsheet_counts_and_blank_lines_are_no_rows(read):
    outcome, trips, _ = read(f"{TRAIN}\n,,,,,,,,,\n\n{TRAIN.replace('G1', 'G2')}")
    assert ["2", "5"] == [trip["source_row"] for trip in trips]
    assert 2 == outcome.read


def test_the_first_identical_trip_is_named_however_it_was_spelled(read):
    again = "9,高铁,2020/1/17,,,ｇ1次,8号车厢,座位：1F,北京南站,曲阜东站"
    other = TRAIN.replace("01F", "02F")
    outcome, trips, _ = read(f"{TRAIN}\n{other}\n{again}\n{TRAIN}")
    assert ["", "", "2", "2"] == [trip["duplicate_of"] for trip in trips]
    assert 2 == outcome.duplicates


def test_the_same_two_numbers_in_another_order_are_the_same_trip(read):
    _, trips, _ = read(f"{TRAIN.replace('G1', 'Z11/Z14')}\n{TRAIN.replace('G1', 'Z14/Z11')}")
    assert "2" == trips[1]["duplicate_of"]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
def test_the_usual_encodings_are_told_apart(read, encoding):
    _, trips, _ = read("7,动车,2020-01-17,,,D1,８号车厢,,汉口站,武昌站", encoding=encoding)
    assert ("train", "汉口", "武昌") == tuple(
        trips[0][name] for name in ("mode", "board", "alight")
    )


def test_chinese_headings_are_known_and_checi_means_a_train(read):
    _, trips, _ = read(
        "G1,2020年1月17日,8号车厢,01F,北京南,曲阜东", "车次,日期,车厢,座位,出发站,到达站"
    )
    assert ["train", "G1", "2020-01-17", "8", "1F", "北京南", "曲阜东"] == [
        trips[0][name]
        for name in ("mode", "number", "service_date", "carriage", "seats", "board", "alight")
    ]


def test_a_column_for_both_kinds_tells_them_by_the_number(read):
    _, trips, _ = read("G1,2020-01-17\nCA1553,2020-01-17\nG58512,2020-01-17", "航班号/车次,日期")
    assert ["train", "flight", "flight"] == [trip["mode"] for trip in trips]


def test_a_file_shows_by_its_own_dates_whether_the_day_comes_first(read):
    _, trips, _ = read(
        "KL887,09/03/2020,Amsterdam → Hong Kong,11K | 10G\nKL887,31/03/2020,,42A",
        "flight,date,path,seats",
    )
    assert ["2020-03-09", "2020-03-31"] == [trip["service_date"] for trip in trips]
    assert ("AMSTERDAM", "HONG KONG") == (trips[0]["board"], trips[0]["alight"])


def test_the_day_of_publication_gives_a_date_its_year_and_a_rows_own_counts_first(read):
    _, trips, rejects = read(
        "train,G1,12月30日,\ntrain,G2,1月12,2021年2月3日\ntrain,G3,1月6日,",
        "类型,车次,日期,发布日期",
        published=datetime.date(2020, 1, 5),
    )
    assert ["2019-12-30", "2021-01-12"] == [trip["service_date"] for trip in trips]
    assert ["date_after_publication"] == [row["reason"].split(":")[0] for row in rejects]


def test_a_start_without_year_stands_in_for_a_missing_date(read):
    _, trips, _ = read(
        "train,G1,1月4日14:30", "类型,车次,开始时间", published=datetime.date(2020, 1, 5)
    )
    assert "2020-01-04" == trips[0]["service_date"]


def test_a_workbook_is_read_as_its_rows_are_numbered(tmp_path):
    file, out = tmp_path / "in.xlsx", tmp_path / "out.csv"
    with xlsxwriter.Workbook(file) as book:
        sheet = book.add_worksheet()
        sheet.write("A1", "January 2020")
        sheet.write_row("A2", ["车次", "日期", "座位"])
        day = book.add_format({"num_format": "yyyy-mm-dd"})
        for place, number in enumerate(["G1", "未知", 1148], start=2):
            sheet.write(place, 0, number)
            sheet.write_datetime(place, 1, datetime.datetime(2020, 1, 17), day)  # noqa: DTZ001
            sheet.write(place, 2, 12)
    outcome = read_notices(file, out)
    assert (3, 2, 1, "xlsx") == (
        outcome.read,
        outcome.accepted,
        outcome.rejected,
        outcome.encoding,
    )
    assert "3,train,G1,2020-01-17,,12," in out.read_text("utf-8")
    assert "5,train,1148,2020-01-17,,12," in out.read_text("utf-8")


@pytest.mark.parametrize("delimiter", ["\t", ";"])
def test_other_delimiters_are_seen_in_the_headings(read, delimiter):
    _, trips, _ = read(
        f"train{delimiter}G1{delimiter}2020-01-17", delimiter.join(("kind", "number", "date"))
    )
    assert "G1" == trips[0]["number"]


def test_a_damaged_byte_rejects_its_row_and_leaves_the_others(tmp_path):
    file, out = tmp_path / "in.csv", tmp_path / "out.csv"
    rows = [f"train,2020-01-17,G{number},汉口站,北京南站".encode() for number in range(1, 11)]
    rows[4] = rows[4].replace("北".encode(), b"\xff")
    file.write_bytes(b"kind,date,number,board,alight\n" + b"\n".join(rows))
    outcome = read_notices(file, out)
    assert (10, 9, 1) == (outcome.read, outcome.accepted, outcome.rejected)
    assert "6,,damaged_bytes" in (tmp_path / "out.csv.rejects.csv").read_text("utf-8")


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (b"", "empty"),
        (b"a,b,c\n1,2,3\n", "no heading row"),
        (b"kind,date\ntrain,2020-01-17\n", "no column for number"),
        (b"kind,number\ntrain,G1\n", "no column for service_date"),
        (b"PK\x03\x04rest", "not a whole XLSX file"),
        (b"\xd0\xcf\x11\xe0rest", "workbook"),
    ],
)
def test_a_file_that_is_no_table_is_named_with_what_to_do(tmp_path, content, says):
    file, out = tmp_path / "in.csv", tmp_path / "out.csv"
    file.write_bytes(content)
    with pytest.raises(NoticesUnreadable, match=says) as caught:
        read_notices(file, out)
    assert str(file) in str(caught.value)
    assert caught.value.advice
    assert not out.exists()


def test_a_quotation_mark_that_does_not_close_rejects_its_row_alone(read):
    outcome, trips, rejects = read(
        'train,"G1,2020-01-17\n' + "train,G2,2020-01-17\n" * 40, "kind,number,date"
    )
    assert (41, 40) == (outcome.read, len(trips))
    assert [("2", "quotation_open")] == [
        (row["row"], row["reason"].split(":")[0]) for row in rejects
    ]


def test_titles_above_and_notes_among_the_rows_are_no_rejects_and_are_remarked_on(read):
    outcome, trips, rejects = read(
        "一、列车,,\n2020-01-20,G1712,5\n\n二、航班\n2020-01-21,CZ3138,\n备注：以上信息来自官方发布,,",
        "2020年1月确诊病例乘坐交通工具一览表,,\n(截至2月3日),,\n日期,车次/航班号,车厢",
    )
    assert (["5", "8"], []) == ([trip["source_row"] for trip in trips], rejects)
    assert (
        "notices.csv: titles above the header, not read: rows 1-2",
        "notices.csv: rows taken as titles, notes or totals and not read: 4, 7, 9",
    ) == outcome.remarks


@pytest.mark.parametrize("cell", ["1月20日", "G1712", "吉Z00001", "2020/1/20 G1712 5车厢", "1148"])
def test_a_row_of_one_cell_that_could_be_of_a_trip_is_a_reject(read, cell):
    outcome, _, rejects = read(f"2020-01-20,G1,5\n{cell}\n{cell},,\n,{cell},", "日期,车次,车厢")
    assert (4, ["3", "4", "5"]) == (outcome.read, [row["row"] for row in rejects])


def test_a_missing_file_is_named(tmp_path):
    with pytest.raises(NoticesUnreadable, match="cannot be opened"):
        read_notices(tmp_path / "none.csv", tmp_path / "out.csv")


def test_the_source_is_never_overwritten(tmp_path):
    file = tmp_path / "in.csv"
    file.write_text("kind,number,date\n")
    with pytest.raises(NoticesUnreadable, match="overwritten"):
        read_notices(file, file)


def test_progress_counts_every_row(tmp_path):
    file, seen = tmp_path / "in.csv", []
    file.write_text("kind,number,date\ntrain,G1,2020-01-17\ntrain,,2020-01-17\n")
    read_notices(file, tmp_path / "out.csv", seen.append)
    assert [1, 2] == seen


def test_headings_alone_give_an_empty_table_with_its_columns(read, tmp_path):
    outcome, trips, rejects = read("")
    assert (0, [], []) == (outcome.read, trips, rejects)
    assert ",".join(OUTPUT_COLUMNS) + "\n" == (tmp_path / "trips.csv").read_text("utf-8")


@settings(suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture])
@given(st.binary(max_size=400), st.sampled_from([b"", b"kind,number,date,note,carriage,start\n"]))
def test_any_bytes_are_read_or_refused_and_no_row_is_lost(tmp_path, content, headings):
    file, out = tmp_path / "in.csv", tmp_path / "out.csv"
    file.write_bytes(headings + content)
    with contextlib.suppress(NoticesUnreadable):
        outcome = read_notices(file, out)
        assert outcome.read == outcome.used + outcome.duplicates + outcome.rejected
    assert [] == list(tmp_path.glob("*.part"))


@settings(suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture])
@given(
    st.lists(st.text(st.characters(exclude_categories=["Cs"]), max_size=30), min_size=4, max_size=4)
)
def test_any_cells_are_accepted_or_rejected(read, cells):
    quoted = ",".join('"' + cell.replace('"', '""') + '"' for cell in cells)
    outcome, trips, rejects = read(quoted, "number,note,carriage,date", encoding="utf-8-sig")
    assert outcome.read == len(trips) + len(rejects)


def test_parquet_is_read_like_csv(tmp_path):
    columns = {"kind": ["train", "flight"], "number": ["G1", "CZ3013"], "date": [DAY, None]}
    pq.write_table(pa.table(columns), tmp_path / "notices.parquet")
    outcome = read_notices(tmp_path / "notices.parquet", tmp_path / "out.csv")
    assert (2, 1, 1) == (outcome.read, outcome.accepted, outcome.rejected)
    assert "2,train,G1,2020-01-17" in (tmp_path / "out.csv").read_text("utf-8")


def test_a_damaged_parquet_file_is_told(tmp_path):
    (tmp_path / "notices.parquet").write_bytes(b"PAR1 and no more")
    with pytest.raises(NoticesUnreadable, match="Parquet"):
        read_notices(tmp_path / "notices.parquet", tmp_path / "out.csv")
