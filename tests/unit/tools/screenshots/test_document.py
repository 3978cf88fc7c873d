"""docs/screenshots.md, its pictures and the states that the tool leads to are the same."""

import re

from tools.screenshots.__main__ import FOLDER, PAGE
from tools.screenshots.pictures import document
from tools.screenshots.runs import pictures_of
from tools.screenshots.states import STATES

FILES = sorted(picture.file for state in STATES for picture in pictures_of(state))


def test_the_document_is_as_the_tool_writes_it():
    words = {name: state.words for name, state in STATES.items()}
    assert PAGE.read_text("utf-8") == document(words, pictures_of)


def test_every_state_of_the_document_is_drawn_and_every_picture_stands_in_it():
    named = re.findall(r'src="screenshots/([^"]+)"', PAGE.read_text("utf-8"))
    assert FILES == sorted(named)
    assert FILES == sorted(file.name for file in FOLDER.iterdir())


def test_no_two_states_have_the_same_words():
    words = [state.words for state in STATES.values()]
    assert sorted(set(words)) == sorted(words)
