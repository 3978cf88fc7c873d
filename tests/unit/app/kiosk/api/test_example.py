"""examples/kiosk_terminal.py as a program: what it prints, and what it keeps."""

import io
import json
import stat

import pytest

from app.kiosk.badges.badge_text import badge_text
from tests.fixtures.kiosk_roster import OBSERVED
from tests.fixtures.kiosk_terminals import ADDRESS, example, session_of
from tests.fixtures.people import UNLISTED


@pytest.fixture
def run(gate_house, tmp_path, monkeypatch, capsys):
    """Run the example; return its exit code and what it printed."""
    session = session_of(gate_house.app)
    monkeypatch.setattr(example.requests, "Session", lambda: session)
    file = tmp_path / "kiosk.json"

    def command(*arguments, said=""):
        monkeypatch.setattr("sys.argv", ["kiosk_terminal.py", "--file", str(file), *arguments])
        monkeypatch.setattr("sys.stdin", io.StringIO(said))
        code = example.main()
        return code, capsys.readouterr().out.strip()

    return command


@pytest.fixture
def enrolled(run, gate, gate_house, tmp_path):
    code = gate_house.code(gate.organisation_id)
    assert (0, "") == run("enrol", ADDRESS, code)
    return tmp_path / "kiosk.json"


def test_what_the_kiosk_is_is_kept_for_its_user_alone(enrolled):
    assert 0o600 == stat.S_IMODE(enrolled.stat().st_mode)


@pytest.mark.parametrize(("celsius", "word"), [("36.5", "come_in"), ("37.4", "wait")])
def test_a_badge_and_a_temperature_make_a_word(run, gate, gate_house, enrolled, celsius, word):
    [person] = gate.add(UNLISTED)
    organisation = json.loads(enrolled.read_text("utf-8"))["organisation"]
    said = badge_text(organisation, person.secret)
    assert (0, word) == run("badge", "--celsius", celsius, said=said)
    [kept] = gate_house.checkins(gate.organisation_id)
    assert (word, {"badge": person.id}) == (kept.word, kept.content["who"])


@pytest.mark.parametrize(("person", "word"), [(UNLISTED, "come_in"), (OBSERVED, "wait")])
def test_a_visitor_has_a_word(run, enrolled, person, word):
    said = json.dumps(person.as_form())
    assert (0, word) == run("visitor", "--celsius", "36.5", said=said)


def test_a_used_code_ends_with_the_reason(run, gate, gate_house, enrolled):
    assert (1, "") == run("enrol", ADDRESS, "0000-0000-0000-0000")


def test_what_was_decided_without_exposures_is_no_decision_once_they_are_seen(gate, gate_terminal):
    gate.set(exposure=False)
    [person] = gate.add(OBSERVED)
    gate_terminal.sync()
    said = badge_text(gate_terminal.organisation, person.secret)
    assert "temperature_alone" == gate_terminal.decide_badge(said)["word"]
    gate_terminal.settings["exposure"] = True
    assert "not_checked" == gate_terminal.decide_badge(said)["word"]
