"""Printed badges are read back as a kiosk's camera would read them."""

import pytest
import zxingcpp

from app.kiosk.badges.badge_text import badge_text
from app.kiosk.badges.sheets import CARD_HEIGHT_MM, CARD_WIDTH_MM, Card, badge_sheets, draw_page
from app.posters.drawing import DOTS_PER_MM
from tests.unit.app.posters.test_pdf_pages import pictures_of

NAMES = ("陆零一", "阿卜杜热西提·买买提", "Maria da Conceição Fernandes de Albuquerque", "王")


def card(number: int) -> Card:
    return Card(
        badge_text("ABCD1234", number.to_bytes(20, "big")),
        NAMES[number % len(NAMES)],
        "质检部" * (number % 9),
        "某某工厂",
        "某某工厂出入证，不证明身体状况。",
    )


def scanned(page) -> list[str]:
    return sorted(code.text for code in zxingcpp.read_barcodes(page.convert("L")))


@pytest.mark.parametrize("language", ["zh-Hans", "zh-Hant", "en"])
def test_every_badge_of_a_sheet_is_read(language):
    cards = [card(number) for number in range(10)]
    assert sorted(each.text for each in cards) == scanned(draw_page(cards, language))


def test_a_badge_photographed_small_is_read():
    page = draw_page([card(3)], "zh-Hans").convert("L")
    third = page.resize((page.width // 3, page.height // 3))
    assert [card(3).text] == scanned(third)


def test_a_torn_badge_is_read_whole_or_not_at_all():
    page = draw_page([card(3)], "zh-Hans").convert("L")
    box = zxingcpp.read_barcodes(page)[0].position
    corner = (box.bottom_right.x - 60, box.bottom_right.y - 60)
    page.paste(255, (*corner, box.bottom_right.x + 20, box.bottom_right.y + 20))
    assert scanned(page) in ([card(3).text], [])


def test_more_cards_than_a_page_holds_fill_further_pages():
    cards = [card(number) for number in range(12)]
    pages = pictures_of(badge_sheets(cards, "zh-Hans"))
    assert [10, 2] == [len(scanned(page)) for page in pages]


def test_cards_have_the_size_of_bank_cards():
    marks = draw_page([], "zh-Hans").convert("L").point(lambda level: 255 - level).getbbox()
    mark = 2 * (4.0 + 1.5)
    width, height = marks[2] - marks[0], marks[3] - marks[1]
    assert abs(width - (2 * CARD_WIDTH_MM + mark) * DOTS_PER_MM) < 4
    assert abs(height - (5 * CARD_HEIGHT_MM + mark) * DOTS_PER_MM) < 4
