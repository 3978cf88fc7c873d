"""After kiosks have asked and told everything, no log and no file holds who stood at the door."""

from contextlib import suppress
from pathlib import Path

import pytest

from tests.fixtures.kiosk_terminals import KioskHouse, example
from tests.fixtures.people import CLOSE, UNLISTED

PLACE = "某某厂东门"
REMARK = "认识本人放行"
CELSIUS = 37.412345678  # of more digits than a time has, or ciphertext by chance


@pytest.fixture
def house(app_of, own_deployment, capfd) -> KioskHouse:
    """A service of this test alone, with a listed person in its index."""
    own_deployment.publish()
    return KioskHouse(app_of(own_deployment))


@pytest.fixture
def traces(house, capfd) -> bytes:
    """What was logged and written while kiosks were used, well and badly."""
    terminal = house.terminal(house.organisation(), PLACE)
    terminal.sync()
    for person in (CLOSE, UNLISTED):
        fields = person.as_form()
        terminal.check_visitor(fields)
        checkin = terminal.checkin({"visitor": fields}, "wait", CELSIUS)
        terminal.send([checkin, {**checkin, "id": "0f" * 16}])
        use_badly(terminal, fields)
    printed = capfd.readouterr()
    files = [file.read_bytes() for file in state_of(house).rglob("*") if file.is_file()]
    assert files
    assert '"time": ' in printed.err
    return b"".join([printed.out.encode(), printed.err.encode(), *files])


def use_badly(terminal, fields) -> None:
    """Send names where none belong."""
    for path, document in (
        ("checks", fields),
        ("checks", {"id": "0a" * 16, "sealed": terminal.seal("checkin", repr(fields).encode())}),
        ("checkins", {"checkins": [fields]}),
        ("sync", {**fields, "software": REMARK}),
        (f"checks/{fields['id_number']}", fields),
    ):
        with suppress(example.Refused):
            terminal.post(path, document)


def state_of(house) -> Path:
    return Path(house.services.settings.state_dir)


@pytest.mark.parametrize("person", [CLOSE, UNLISTED], ids=["listed", "not listed"])
def test_nobody_who_stood_at_the_door_is_written_down(traces, person):
    assert person.name.encode() not in traces
    assert person.id_number.encode() not in traces


@pytest.mark.parametrize("text", [PLACE, REMARK])
def test_nor_what_was_said_of_the_kiosk(traces, text):
    assert text.encode() not in traces


@pytest.mark.parametrize("word", [str(CELSIUS).encode(), b'"visitor"', b"celsius"])
def test_nor_how_warm_anybody_was(traces, word):
    assert word not in traces
