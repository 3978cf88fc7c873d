"""The layouts that authorities publish in, with their headings as they stand and invented rows."""

import pytest

COLUMNS = ("mode", "number", "service_date", "carriage", "seats", "board", "alight")


@pytest.mark.parametrize(
    ("headings", "row", "expected"),
    [
        pytest.param(
            "Flight/Train/Ship number,Departure & arrival,Date of travel,"
            "Related probable/confirmed cases,Seat Number (if known)",
            "QR818,Doha to Hong Kong,15/07/2020,1,20K",
            "flight QR818 2020-07-15  20K DOHA HONG KONG",
            id="Hong Kong, English",
        ),
        pytest.param(
            "航班/火車/船編號,起點及終點,乘搭日期,相關疑似/確診個案,座位編號(如已知)",
            "CX906,馬尼拉至香港,15/07/2020,1,73G",
            "flight CX906 2020-07-15  73G 馬尼拉 香港",
            id="Hong Kong, Chinese",
        ),
        pytest.param(
            "日期,类别,车次/航班/车牌,车厢/座位等,出发地,目的地,发布时间,引用",
            "1月20日,火车,G1712,5车厢12F,武汉,郑州东,2020-01-27,https://example.org",
            "train G1712 2020-01-20 5 12F 武汉 郑州东",
            id="lists of the wuhan2020 type",
        ),
        pytest.param(
            "序号,乘坐日期,车次/航班号,车厢号/座位号,始发站-终点站,发布单位",
            "1,2020年1月20日,G1712次,5/12F,武汉-郑州东,X市卫健委",
            "train G1712 2020-01-20 5 12F 武汉 郑州东",
            id="health commissions of China",
        ),
        pytest.param(
            "车次,时间,患者上车站,患者所在车厢号,途经站,座位信息",
            "K1068,2020年1月22日,汉口,4号车厢,威海,12号",
            "train K1068 2020-01-22 4 12 汉口 ",
            id="calls for fellow travellers",
        ),
        pytest.param(
            "t_date,t_start,t_end,t_type,t_no,t_memo,t_no_sub,t_pos_start,t_pos_end,source",
            "2020-01-20,,,train,G1712,座位：12F,5号车厢,武汉,郑州东,https://example.org",
            "train G1712 2020-01-20 5 12F 武汉 郑州东",
            id="the trip query of 2020",
        ),
        pytest.param(
            "Flight,Airline,Origin/Destination,Date of departure,Date of arrival,"
            "Close contact rows",
            'QF528,Qantas,Sydney/Brisbane,2020-03-28,2020-03-28,"20, 21, 22"',
            "flight QF528 2020-03-28  20排|21排|22排 SYDNEY BRISBANE",
            id="New South Wales",
        ),
        pytest.param(
            "Suburb,Site_title,Site_streetaddress,Exposure_date_dtm,Exposure_date,Exposure_time,"
            "Notes,Added_date_dtm,Added_date,Advice_title,Exposure_time_start_24,"
            "Exposure_time_end_24",
            "Tullamarine,Flight JQ570 Sydney to Melbourne,,2021-07-09,09/07/2021,7pm - 9pm,"
            "Case seated in row 12,2021-07-10,10/07/2021,Tier 1,19:00:00,21:00:00",
            "flight JQ570 2021-07-09  12排 SYDNEY MELBOURNE",
            id="Victoria",
        ),
        pytest.param(
            "id,Event,Location,City,Start,End,Advice,LAT,LNG,Added,Updated",
            "a1,Flight NZ523 Auckland to Christchurch,NA,NA,2022-02-15 08:00:00,"
            '2022-02-15 09:30:00,"Close contact if you were seated in row 23, 24, 25.",,,,',
            "flight NZ523 2022-02-15  23排|24排|25排 AUCKLAND CHRISTCHURCH",
            id="New Zealand",
        ),
        pytest.param(
            "type,number,seat,start,end",
            "flight,AC604,12C,2021-04-24 19:15,2021-04-24 21:00",
            "flight AC604 2021-04-24  12C  ",
            id="Nova Scotia",
        ),
        pytest.param(
            "Date,Flight,Airline,Route,Affected rows",
            "2021-01-17,TS663,Air Transat,Port-au-Prince to Montreal,24-26",
            "flight TS663 2021-01-17  24排|25排|26排 PORT-AU-PRINCE MONTREAL",
            id="Canada",
        ),
        pytest.param(
            "ID,flight_number,airline,departure from,departure time,destination,arrival day,"
            "arrival time,departure day,description,health_gov_link,patient_number",
            "1,LY382,El Al,Milan,,Tel Aviv,,16:10,23/02/2020,landed,https://example.org/1,3",
            "flight LY382 2020-02-23   MILAN TEL AVIV",
            id="Israel",
        ),
        pytest.param(
            "搭乘日期,交通工具,班次,車廂,座位,起站,迄站,公布日期,資料來源",
            "2021-05-14,台鐵,278,8車廂,10號,員林,花蓮,2021-05-16,https://example.org",
            "train 278 2021-05-14 8 10 員林 花蓮",
            id="Taiwan",
        ),
    ],
)
def test_a_published_layout_is_read_as_it_stands(read, headings, row, expected):
    outcome, trips, rejects = read(row, headings)
    assert [] == rejects
    assert expected == " ".join(trips[0][column] for column in COLUMNS)
    assert 0 == outcome.unknown_cells


def test_a_number_in_digits_is_read_with_the_airline_beside_it(read):
    _, trips, _ = read("8782,AC,2021-04-24", "Flight,Airline,Date")
    assert ["AC8782"] == [trip["number"] for trip in trips]


def test_the_surest_heading_dates_the_trip(read):
    headings = "日期,乘车日期,No,车次"
    outcome, trips, _ = read("2020-02-03,2020-01-20,1,G1712", headings)
    assert ("2020-01-20", "G1712") == (trips[0]["service_date"], trips[0]["number"])
    assert ("日期", "No") == outcome.unread


def test_a_column_that_may_be_a_time_is_one_where_another_holds_the_date(read):
    _, trips, rejects = read("08:00,2020-01-20,G1712", "时间,日期,车次")
    assert [] == rejects
    assert ("2020-01-20", "2020-01-20T08:00:00") == (
        trips[0]["service_date"],
        trips[0]["board_time"],
    )


def test_two_dates_or_two_trips_in_a_row_are_rejected_and_said(read):
    _, _, rejects = read("2020-01-20,2020-01-21,G1", "乘车日期,出行日期,车次")
    assert ["dates_differ"] == [row["reason"].split(":")[0] for row in rejects]
    _, _, rejects = read("2020-01-20,G1,CZ3137", "日期,车次,航班")
    assert ["several_trips"] == [row["reason"].split(":")[0] for row in rejects]


def test_shops_among_locations_of_interest_are_rejects_that_count_for_no_limit(read):
    outcome, trips, rejects = read(
        "Countdown,2021-08-19 16:30\nFlight NZ443,2021-08-19 16:30\nAirport,2021-08-19 16:30",
        "Event,Start",
    )
    assert ["NZ443"] == [trip["number"] for trip in trips]
    assert ["not_a_trip"] * 2 == [row["reason"].split(":")[0] for row in rejects]
    assert (2, 2, 0.0) == (outcome.rejected, outcome.places, outcome.rejected_share)


def test_what_is_not_understood_of_a_place_is_named_by_row_and_column(read, tmp_path):
    outcome, trips, _ = read(
        "2020-01-20,G1,3/17\n2020-01-20,G3,5/12F\n2020-01-20,G5,未知", "日期,车次,车厢/座位"
    )
    assert ["", "5", ""] == [trip["carriage"] for trip in trips]
    warnings = (tmp_path / "trips.csv.warnings.csv").read_text("utf-8").splitlines()[1:]
    assert ["2,车厢/座位"] == [line.rpartition(",")[0] for line in warnings]
    assert 1 == outcome.unknown_cells


def test_times_under_a_heading_for_both_ends_are_no_stops(read):
    _, trips, _ = read("2020-01-20,G1,08:00-10:00", "日期,车次,出发/到达")
    assert ("", "") == (trips[0]["board"], trips[0]["alight"])


def test_columns_that_are_not_read_are_named(read):
    outcome, _, _ = read("1,2020-01-20,G1712,x,,", "序号,日期,车次,途经站,,备用")
    assert ("序号", "途经站", "备用") == outcome.unread
