"""What keyboard wedges type: scanners, readers of cards, thermometers."""

import pytest


def keys(text, gap=5, start=1000):
    names = {"\n": "Enter", "\t": "Tab"}
    return [[names.get(key, key), start + gap * at] for at, key in enumerate(text)]


def typed_by(in_screens, pressed):
    return in_screens([("typedBy", [pressed])])[0]["returned"]


def test_a_scanner_types_a_text_up_to_enter(in_screens):
    texts = typed_by(in_screens, keys("CG1:ABC\n"))["texts"]
    assert [["CG1:ABC", "wedge"]] == texts


def test_a_person_types_slowly(in_screens):
    assert [["36.5", "typed"]] == typed_by(in_screens, keys("36.5\n", gap=200))["texts"]


def test_a_key_of_long_ago_is_no_part_of_a_text(in_screens):
    texts = typed_by(in_screens, [*keys("x", start=0), *keys("36.5\n", start=9000)])["texts"]
    assert [["36.5", "wedge"]] == texts


def test_a_tab_parts_what_a_reader_types(in_screens):
    assert [["12\t34", "wedge"]] == typed_by(in_screens, keys("12\t34\n"))["texts"]


def test_enter_and_tab_alone_stay_with_the_page(in_screens):
    assert [False, False] == typed_by(in_screens, keys("\n\t"))["swallowed"]


def test_an_input_method_hides_no_letters(in_screens):
    codes = {"c": "KeyC", "1": "Digit1", ":": "Semicolon"}
    pressed = [["Process", 1000, codes[key]] for key in "c1"] + keys("\n")
    assert [["c1", "typed"]] == typed_by(in_screens, pressed)["texts"]


@pytest.mark.parametrize(
    "text",
    [
        "990000198001011234\t白鹭未",
        "白鹭未,女,汉族,990000198001011234",
        " 白鹭未 990000198001011234 ",
        "白鹭未|990000198001011234",
    ],
)
def test_a_reader_of_identity_cards_names_a_person(in_screens, text):
    answer = in_screens([("personOfCard", [text])])[0]["returned"]
    number = answer["id_number"] if answer else None
    assert ("990000198001011234", "白鹭未") == (number, answer and answer["name"])


@pytest.mark.parametrize("text", ["990000198001011231\t白鹭未", "990000198001011234", "白鹭未", ""])
def test_half_a_card_names_nobody(in_screens, text):
    assert None is in_screens([("personOfCard", [text])])[0]["returned"]
