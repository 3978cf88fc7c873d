"""Carriages and berths as a notice gives them, in the words of a ticket."""

import pytest

from app.answer_pages.place_words import berth_words, published_carriage_words


@pytest.mark.parametrize(
    ("language", "mode", "carriage", "words"),
    [
        ("zh-Hans", "train", "11", "11号车厢"),
        ("zh-Hans", "train", "加1", "加1号车厢"),
        ("zh-Hant", "train", "11", "11號車廂"),
        ("zh-Hans", "ship", "301", "301号舱室"),
        ("zh-Hans", "train", "餐车", "餐车"),
        ("zh-Hans", "train", "", ""),
        ("en", "train", "加2", "extra carriage 2"),
        ("ja", "train", "11", "11号車"),
    ],
)
def test_a_published_carriage_is_named_as_on_a_ticket(
    app_of, published, language, mode, carriage, words
):
    with app_of(published).test_request_context(f"/?lang={language}"):
        assert words == published_carriage_words(mode, carriage)


@pytest.mark.parametrize(
    ("language", "seat", "words"),
    [
        ("zh-Hans", "10下", "10号下铺"),
        ("zh-Hans", "2中", "2号中铺"),
        ("zh-Hant", "10上", "10號上鋪"),
        ("en", "10下", "lower berth 10"),
        ("zh-Hans", "12F", "12F"),
        ("zh-Hans", "12", "12"),
    ],
)
def test_so_is_a_berth_and_a_seat_stays_as_it_is(app_of, published, language, seat, words):
    with app_of(published).test_request_context(f"/?lang={language}"):
        assert words == berth_words(seat)
