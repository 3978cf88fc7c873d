"""Everyone aboard is a row, with the document that is theirs for certain."""

import pytest

from tests.unit.index_builder.sources.passenger_lists.conftest import FULL, SMITH, adl, pnl


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


def test_remarks_behind_a_name_without_a_space_are_read(lists):
    docs = ".R/DOCS HK1/P/CHN/ZT9000008/CHN/23OCT77/M/01SEP22/ZHANG/SAN"
    ((_, cells),) = lists(pnl("-CAN001Y", f"1ZHANG/SANMR.R/SEAT HK1 21H{docs}"))
    assert ("ZHANG/SANMR", "21H", "ZT9000008") == tuple(
        cells[name] for name in ("name", "seat", "id_number")
    )


def test_a_remark_goes_on_in_the_next_line_wherever_it_breaks(lists):
    docs = "DOCS HK1/P/CHN/ZT9000008/CHN/23OCT77/M/01SEP22/ZHANG/SAN"
    for at in range(len("DOCS HK1"), len(docs)):
        name = f"1ZHANG/SANMR .R/{docs[:at]}"
        ((_, cells),) = lists(pnl("-CAN001Y", name, f".RN/{docs[at:]}"))
        assert ("passport", "ZT9000008") == (cells["id_type"], cells["id_number"])


@pytest.mark.parametrize(
    ("total", "alight"), [("-CAN 001Y", "CAN"), ("- CAN  1Y", "CAN"), ("-CAN/001Y", "")]
)
def test_the_destination_is_that_of_the_last_total_or_unknown(lists, total, alight):
    ((_, cells),) = lists(pnl("-HKG000Y", total, SMITH))
    assert alight == cells["alight"]


def test_a_flight_sold_under_another_number_is_read_or_told(lists):
    ((_, cells),) = lists(pnl("-CAN001Y", SMITH, ".M/MU 567Y20JAN"))
    assert "CA1234/MU567" == cells["number"]
    lists(pnl("-CAN001Y", SMITH, ".M/SOMETHING"))
    assert any("a remark" in reason for _, _, reason in lists.rejects.warnings)


def test_a_title_that_stands_apart_is_no_passenger(lists):
    assert ["SMITH/JOHNMR"] == lists.names(pnl("-CAN001Y", "1SMITH/JOHN/MR"))


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
