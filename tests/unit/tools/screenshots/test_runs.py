"""A run over chosen states and languages, of which some are broken."""

import pytest

from tools.screenshots.__main__ import main
from tools.screenshots.runs import LANGUAGES, draw_states, pictures_of, report_failures


def test_a_run_draws_every_picture_of_a_state():
    drawn = []
    assert {} == draw_states(["close"], LANGUAGES, drawn.append)
    assert pictures_of("close") == drawn


def test_a_run_draws_the_chosen_languages_alone():
    drawn = []
    draw_states(["close", "kiosk-wait"], ["en"], drawn.append)
    assert [("close", 390), ("close", 820), ("kiosk-wait", 1280)] == [
        (picture.state, picture.width) for picture in drawn
    ]


def test_a_broken_state_stops_no_other_and_is_named():
    drawn = []

    def draw(picture):
        if picture.state == "form":
            raise TimeoutError
        drawn.append(picture)

    failures = draw_states(["home", "form", "close"], ["zh-Hant"], draw)
    assert ["form"] == list(failures)
    assert ["home", "close"] == [picture.state for picture in drawn]


def test_what_could_not_be_drawn_is_told_at_the_end_and_by_the_exit_code(capsys):
    assert 0 == report_failures({})
    assert 1 == report_failures({"form": TimeoutError("30 s\nCall log: …")})
    assert "not drawn: form: TimeoutError: 30 s\n" in capsys.readouterr().out


def test_a_state_that_there_is_not_is_refused(capsys):
    with pytest.raises(SystemExit):
        main(["clsoe"])
    assert "there is no state clsoe" in capsys.readouterr().err
