"""PNL, ADL and PFS: everyone aboard is a row, nobody is taken off who is not named for certain."""

import os
from contextlib import suppress
from datetime import date, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index_builder.runtime.workspace import Workspace
from index_builder.sources.passenger_lists.airline_messages import messages
from index_builder.sources.passenger_lists.list_reader import LEG_COLUMNS, PassengerLists
from index_builder.sources.passenger_lists.travellers import travellers
from index_builder.sources.reject_list import RejectList
from index_builder.sources.source import SourceRefused, check_reject_share, open_source
from tables.csv_table import TableUnreadable

HEADER = "CA1234/20JAN PEK PART1"
SHANGHAI = timezone(timedelta(hours=8))


def pnl(*lines, header=HEADER, end="ENDPNL"):
    return "\n".join(("PNL", header, *lines, end)) + "\n"


def adl(*lines):
    return "\n".join(("ADL", HEADER, "-CANY", *lines, "ENDADL")) + "\n"


class Lists:
    """Files of a folder, read as of 5 February 2020."""

    def __init__(self, folder):
        self.folder = folder / "passenger_lists"
        self.folder.mkdir()
        self.rejects = RejectList(folder, folder)

    def __call__(self, *texts, as_of=date(2020, 2, 5), **named):
        files = {f"{place}.txt": text for place, text in enumerate(texts)}
        for name, text in {**files, **named}.items():
            (self.folder / name).write_text(text, "utf-8")
        self.read = PassengerLists(self.folder, self.rejects, as_of)
        return [(row, dict(zip(LEG_COLUMNS, cells, strict=True))) for row, cells in self.read]

    def names(self, *texts):
        return sorted(cells["name"] for _, cells in self(*texts))


@pytest.fixture
def lists(tmp_path):
    return Lists(tmp_path)


SMITH = "1SMITH/JOHNMR .L/ABC123"
FULL = pnl(
    "CFG/010F008C150Y",
    "RBD F/F C/C Y/YBM",
    "AVAIL",
    " PEK  CAN",
    "F008",
    "-CAN003Y",
    "1SMITH/JOHNMR-A2 .L/ABC123/CA .R/STCR HK1",
    ".R/DOCS HK1/P/GBR/X0000001/GBR/12JUL80/M/23AUG25/SMITH",
    ".RN//JOHN-1SMITH/JOHNMR",
    ".R/SEAT HK1 12A",
    ".M/MU0567Y20JANPEKCAN",
    ".I/CA981Y19JFKPEK1400HK",
    "2ZHANG/SANMR/SIMS",
    ".L/QWE456",
    ".R/FOID HK1 NI990001198001010011-1ZHANG/SANMR",
    ".R/DOCS HK1/P/CHN/X0000002/CHN/01JAN90/F/01JAN30/ZHANG/SI",
    ".R/RQST HK2 PEKCAN/14A14B",
    "-CAN000F",
)


def test_passengers_become_rows_of_legs(lists):
    rows = [cells for _, cells in lists(FULL)]
    first = rows[0]
    assert {
        "mode": "flight",
        "number": "CA1234/MU567",
        "service_date": "2020-01-20",
        "seat": "12A",
        "board": "PEK",
        "alight": "CAN",
        "role": "passenger",
        "booking": "ABC123",
        "id_type": "passport",
        "id_number": "X0000001",
        "name": "SMITH/JOHNMR",
        "operator": "CA",
    } == first
    assert [
        ("ZHANG/SANMR", "resident", "990001198001010011", "14A|14B", "QWE456"),
        ("ZHANG/SIMS", "passport", "X0000002", "14A|14B", "QWE456"),
    ] == [
        tuple(cells[name] for name in ("name", "id_type", "id_number", "seat", "booking"))
        for cells in rows[1:]
    ]


def test_the_row_tells_file_and_line(lists):
    assert 1_000_000_009_000 == lists(FULL)[0][0]


def test_a_passenger_without_document_is_a_row_all_the_same(lists):
    ((_, cells),) = lists(pnl("-CAN001Y", SMITH))
    assert ("SMITH/JOHNMR", "", "") == (cells["name"], cells["id_number"], cells["seat"])


def test_the_nameless_of_a_group_are_rows_too(lists):
    assert ["", "", "TOUR/ANMR"] == lists.names(pnl("-CAN003Y", "3TOUR/ANMR-C3"))


@pytest.mark.parametrize(
    "remark",
    [
        ".R/INFT HK1 12JUL19 SMITH/BABY",
        ".R/INFT HK1 SMITH/BABY 12JUL19-1SMITH/JANEMRS",
        ".R/INF SMITH/BABY",
        ".R/DOCS HK1/P/GBR/X0000003/GBR/12JUL19/FI/23AUG25/SMITH/BABY-1SMITH/JANEMRS",
    ],
)
def test_an_infant_is_a_row_of_its_own_on_the_seat_of_its_adult(lists, remark):
    (_, adult), (_, infant) = lists(pnl("-CAN001Y", "1SMITH/JANEMRS", remark, ".R/SEAT HK1 3C"))
    assert ("passenger", "SMITH/JANEMRS") == (adult["role"], adult["name"])
    assert ("infant", "SMITH/BABY", "3C") == tuple(infant[x] for x in ("role", "name", "seat"))


def test_a_document_with_another_name_than_the_list_is_entered_under_both(lists):
    docs = ".R/DOCS HK1/P/CHN/X0000001/CHN/01JAN80/M/01JAN30/ZHANG/SANFENG"
    assert ["ZHANG/SANFENG", "ZHANG/SFMR"] == lists.names(pnl("-CAN001Y", "1ZHANG/SFMR", docs))


def test_a_document_of_nobody_for_certain_stands_alone_and_takes_no_name(lists):
    rows = lists(pnl("-CAN002Y", "2ZHANG/SANMR/SIMS", ".R/FOID HK1 PPX0000001"))
    assert [("ZHANG/SANMR", ""), ("", "X0000001"), ("ZHANG/SIMS", "")] == [
        (cells["name"], cells["id_number"]) for _, cells in rows
    ]


@pytest.mark.parametrize("remark", ["FOID HK1 FF123456", "FOID HK1 CC123456", "TKNE HK1 999/1"])
def test_numbers_that_are_no_identity_documents_are_none(lists, remark):
    ((_, cells),) = lists(pnl("-CAN001Y", SMITH, f".R/{remark}"))
    assert "" == cells["id_number"]


def test_the_elements_of_one_group_have_the_booking_of_the_first(lists):
    booked = ("1SMITH/JOHNMR-E2 .L/ABC123", "1LI/SIMS-E2", "1WU/QIMR-F2", "1QIAN/YIMR")
    rows = lists(pnl("-CAN004Y", *booked), adl("DEL", "1LI/SIMS-A1 .L/ABC123"))
    assert {"SMITH/JOHNMR": "ABC123", "WU/QIMR": "", "QIAN/YIMR": ""} == {
        cells["name"]: cells["booking"] for _, cells in rows
    }


def test_additions_deletions_and_changes_are_applied(lists):
    update = adl(
        *("DEL", "1LI/SIMS .L/DEF456", "ADD", "1WU/QIMR .L/GHI789"),
        *("CHG", SMITH, ".R/SEAT HK1 40K"),
    )
    rows = lists(pnl("-CAN002Y", f"{SMITH} .R/SEAT HK1 12A", "1LI/SIMS .L/DEF456"), update)
    assert {"SMITH/JOHNMR": "40K", "WU/QIMR": ""} == {
        cells["name"]: cells["seat"] for _, cells in rows
    }
    totals = lists.read.totals
    assert (1, 1, 0) == (totals.deleted, totals.repeats, totals.doubts)


@pytest.mark.parametrize(
    ("others", "deletion"),
    [
        ((), "1SMITH/JOHNNYMR .L/ABC123"),
        ((), "1SMITH/JOHNMR .L/OTHER1"),
        (("1SMITH/JOHNMR .L/ABC123",), "1SMITH/JOHNMR .L/ABC123"),
        (("1SMITH/JOHNMR .L/DEF456",), "1SMITH/JOHNMR"),
        ((), "1SMITH"),
    ],
    ids=["another name", "another booking", "two alike", "booking not told", "no given name"],
)
def test_a_deletion_that_fits_nobody_for_certain_keeps_everyone_and_is_listed(
    lists, others, deletion
):
    assert 1 + len(others) == len(lists(pnl("-CAN002Y", SMITH, *others), adl("DEL", deletion)))
    assert 1 == lists.read.totals.doubts
    ((table, _, reason),) = lists.rejects.warnings
    assert ("passenger_lists", "takes off nobody for certain, everyone stays") == (table, reason)


def test_a_deletion_takes_one_of_a_party_and_leaves_the_rest(lists):
    both = pnl("-CAN002Y", "2SMITH/JOHNMR/JANEMRS .L/ABC123")
    assert ["SMITH/JANEMRS"] == lists.names(both, adl("DEL", "1SMITH/JOHNMR .L/ABC123"))


@pytest.mark.parametrize("order", [1, -1])
def test_whoever_any_update_adds_stays_whatever_the_order_of_updates(lists, order):
    updates = [adl("DEL", SMITH), adl("ADD", SMITH)][::order]
    assert ["SMITH/JOHNMR"] == lists.names(pnl("-CAN001Y", SMITH), *updates)


def test_of_two_changes_of_seat_both_are_possible(lists):
    changes = [adl("CHG", SMITH, f".R/SEAT HK1 {seat}") for seat in ("40K", "12A")]
    ((_, cells),) = lists(pnl("-CAN001Y", f"{SMITH} .R/SEAT HK1 1A"), *changes)
    assert "40K|12A" == cells["seat"]


def test_no_shows_are_taken_off_and_those_without_a_record_added(lists):
    final = (
        f"PFS\n{HEADER}\nCAN 001/003\n-CAN\nNOSHO 001Y\n1SMITH/JOHNMR\nOFFLK 1Y\n1LI/SIMS\n"
        "NOREC 001Y\n1WU/QIMR\nCHGCL 1Y\n1QIAN/YIMR\nENDPFS\n"
    )
    booked = pnl("-CAN003Y", SMITH, "1LI/SIMS", "1QIAN/YIMR")
    assert ["QIAN/YIMR", "WU/QIMR"] == lists.names(booked, final)
    assert 2 == lists.read.totals.not_aboard


def test_every_name_is_accounted_for(lists):
    final = f"PFS\n{HEADER}\n-CAN\nNOSHO 1Y\n1LI/SIMS\n1NOBODY/KNOWNMR\nENDPFS\n"
    update = adl("DEL", SMITH, "1X/Y", "ADD", "3TOUR/ANMR", "CHG", "1LI/SIMS")
    lists(pnl("-CAN002Y", SMITH, "1LI/SIMS"), update, final)
    totals = lists.read.totals
    taken_off = 2 * (totals.deleted + totals.not_aboard)
    assert totals.names == totals.aboard + totals.repeats + taken_off + totals.doubts
    assert (10, 3) == (totals.names, totals.aboard)


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
    ],
)
def test_a_line_that_is_not_understood_is_listed_by_file_and_line(lists, line, reason):
    lists(pnl("-CAN001Y", line, SMITH))
    assert [("passenger_lists", "", reason)] == list(lists.rejects.reasons)
    lists.rejects._file.flush()
    assert f"passenger_lists/0.txt,4,,{reason}" in lists.rejects._draft.read_text("utf-8")


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


LINES = st.sampled_from(
    [*FULL.splitlines(), "ADL", "PFS", "DEL", "ADD", "CHG", "NOSHO 1Y", "ENDADL", "ENDPFS", "1A/B"]
)


@given(st.lists(LINES | st.text(max_size=60), max_size=40))
def test_any_lines_are_read_or_listed_and_never_fail(lines):
    faults = []
    for message in messages(enumerate(lines, 1), faults):
        for element in message.elements:
            result = travellers(element)
            assert element.count <= max(len(result), 1)


@given(st.lists(LINES, max_size=30), st.lists(LINES, max_size=30))
def test_any_lists_are_combined_or_refused_and_every_name_accounted_for(
    tmp_path_factory, first, second
):
    lists = Lists(tmp_path_factory.mktemp("lists"))
    with suppress(TableUnreadable):
        lists(*("\n".join(lines) for lines in (first, second)))
        totals = lists.read.totals
        taken_off = 2 * (totals.deleted + totals.not_aboard)
        assert totals.names == totals.aboard + totals.repeats + taken_off + totals.doubts
