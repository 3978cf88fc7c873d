from collections import Counter

import pytest

from exposure_index.trip_text.airlines import (
    AIRLINES_PATH,
    IATA_OF_ICAO,
    IATA_OF_NAME,
    airline_name,
)
from exposure_index.trip_text.service_numbers import numbers

ROWS = [line.split("\t") for line in AIRLINES_PATH.read_text("utf-8").splitlines()[1:]]
# Alitalia ended on 14 October 2021, ITA Airways began on the day after with the same designator.
SUCCESSORS = {"AZ"}


def test_designators_have_their_form_and_rows_their_order():
    assert ROWS == sorted(ROWS)
    assert {3} == {len(icao) for icao, _, _ in ROWS}
    assert {2} == {len(iata) for _, iata, _ in ROWS}
    assert all(icao.isalpha() and icao.isupper() and icao.isascii() for icao, _, _ in ROWS)
    assert all(
        iata.isalnum() and not iata.isdigit() and iata == iata.upper() for _, iata, _ in ROWS
    )


def test_no_two_airlines_of_one_time_share_a_designator_that_would_unite_strangers():
    assert len(ROWS) == len(IATA_OF_ICAO)
    twice = {iata for iata, times in Counter(iata for _, iata, _ in ROWS).items() if times > 1}
    assert SUCCESSORS == twice


def test_no_name_is_two_airlines():
    names = [(airline_name(name), iata) for _, iata, names in ROWS for name in names.split("|")]
    assert IATA_OF_NAME == {name: iata for name, iata in names if name}
    assert len(set(names) - {("", iata) for _, iata, _ in ROWS}) == len(IATA_OF_NAME)


def test_a_flight_is_the_same_by_both_designators_and_by_every_name():
    for icao, iata, names in ROWS:
        of_tracker = f"{icao}1234"
        texts = [of_tracker, *(f"{name} 1234" for name in names.split("|") if name)]
        assert [(f"{iata}1234",)] * len(texts) == [numbers("flight", text) for text in texts]


@pytest.mark.parametrize(
    ("region", "designators"),
    [
        ("Australia", "QFA VOZ JST RXA"),
        ("Canada", "ACA WJA TSC POE FLE SWG WSW"),
        ("Europe", "DLH AFR KLM IBE ITY SAS LOT RYR EZY EJU WZZ VLG EWG AUA SWR TAP FIN NAX"),
        ("Hong Kong", "CPA HDA HKE CRK HGB"),
        ("Israel", "ELY ISR AIZ"),
        ("Japan and Korea", "JAL ANA APJ KAL AAR JJA TWB JNA"),
        ("mainland China", "CCA CES CSN CHH CXA CSZ CSC CQH DKH"),
        ("New Zealand", "ANZ SDA CVA"),
        ("South-East Asia", "SIA TGW THA MAS AXM PAL CEB HVN VJC GIA"),
        ("Taiwan", "CAL EVA MDA TTW SJX UIA"),
        ("United Kingdom", "BAW VIR EXS TOM LOG"),
        ("United States", "UAL DAL AAL SWA JBU ASA NKS FFT HAL"),
    ],
)
def test_the_airlines_of_each_region_with_a_rule_set_are_known(region, designators):
    assert set() == set(designators.split()) - IATA_OF_ICAO.keys(), region


@pytest.mark.parametrize(
    ("expected", "text"),
    [
        ("AC8782", "Air Canada flight 8782"),
        ("AC8782", "AIRCANADA 8782"),
        ("WS1346", "West Jet 1346 Toronto to Halifax"),
        ("CX906", "國泰航空 906"),
        ("CI123", "中華航空123次航班"),
        ("DL123", "delta flight no. 123"),
        ("QF528", "Flight 528 (Qantas)"),
        ("AC8782", "Air Canada AC8782"),
    ],
)
def test_an_airline_by_name_is_its_designator(expected, text):
    assert (expected,) == numbers("flight", text)


@pytest.mark.parametrize(
    "text",
    ["Air Canada/WestJet 123", "Air Canadair 123", "Jet 3346", "Air Canada", "Qantas A12345"],
)
def test_a_name_that_is_not_one_airline_before_digits_makes_no_flight(text):
    assert () == numbers("flight", text)
