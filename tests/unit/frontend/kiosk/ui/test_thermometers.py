"""Recorded thermometers: lines of serial ports, notifications by Bluetooth."""

import pytest


def returned(in_screens, name, *arguments):
    return in_screens([(name, list(arguments))])[0]["returned"]


@pytest.mark.parametrize(
    ("line", "celsius"),
    [
        ("36.5", 36.5),
        ("T body = 36.52 C", 36.52),
        ("TEMP:97.9F", 36.61),
        ("97.9", 36.61),
        ("36,8 °C", 36.8),
        ("Ta=24.1 To=36.6", 36.6),
        ("obj 36.6 amb 31.2", None),
        ("Lo", None),
        ("id 36512 ready", None),
        ("12.5", None),
    ],
)
def test_a_line_holds_one_body_temperature_or_none(in_screens, line, celsius):
    assert celsius == returned(in_screens, "celsiusOfLine", line)


def test_a_serial_recording_is_read_wherever_it_is_cut(in_screens):
    seen = returned(in_screens, "measuredBySerial", ["\r\n3", "6.", "5\r\n", "noise\n36.9\r"])
    reading = {"source": "serial"}
    assert [{"celsius": 36.5, **reading}, {"celsius": 36.9, **reading}, "lost"] == seen


@pytest.mark.parametrize(
    ("notification", "celsius"),
    [
        ("006d0100ff", 36.5),  # 365 × 10^-1 °C
        ("010a2600fe", 36.32),  # 9738 × 10^-2 °F
        ("026d0100ffe8070b1d080000", 36.5),  # with a time
        ("00ffff7f00", None),  # no number
        ("00fe", None),  # cut off
    ],
    ids=["celsius", "fahrenheit", "with-time", "no-number", "cut-off"],
)
def test_a_health_thermometer_sends_a_float_of_ieee_11073(in_screens, notification, celsius):
    assert celsius == returned(in_screens, "celsiusOfBytes", {"hex": notification})


def test_a_bluetooth_thermometer_tells_when_it_is_gone(in_screens):
    seen = returned(
        in_screens, "measuredByBluetooth", [{"hex": "006d0100ff"}, {"hex": "00ffff7f00"}]
    )
    assert [{"celsius": 36.5, "source": "bluetooth"}, "lost"] == seen
