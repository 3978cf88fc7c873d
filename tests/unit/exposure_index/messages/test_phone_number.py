import pytest
from hypothesis import given
from hypothesis import strategies as st

from exposure_index.messages.phone_number import E164, InvalidPhone, canonical_phone


@pytest.mark.parametrize(
    "text",
    [
        "19900000001",
        "199 0000 0001",
        "+86 199-0000-0001",
        "0086 19900000001",
        "8619900000001",
        "（+86）１９９０００００００１",
        "\u202a199 0000 0001\u202c",
        "\u200e+86\u00a0199\u20110000\u20110001\ufeff",
        "199\u200b0000\u200b0001",
        "199\u30000000\u30000001",
        "199·0000・0001",
        "199。0000．0001",
        "【+86】199–0000—0001",
    ],
)
def test_a_mobile_of_the_mainland_is_known_however_it_is_written(text):
    assert "+8619900000001" == canonical_phone(text)


def test_a_number_of_another_country_keeps_its_country():
    assert "+85251234567" == canonical_phone("+852 5123 4567")


@pytest.mark.parametrize(
    "text",
    [
        "",
        "110",
        "01012345678",
        "+86 10 1234 5678",
        "12000000001",
        "199000000011",
        "+0123456789",
        "call me",
        "1990000000x",
        "+" + "1" * 16,
        "1" * 10_000,
        "+86199\x000000001",
        "١٩٩٠٠٠٠٠٠٠١",
    ],
)
def test_what_no_message_can_reach_is_refused(text):
    with pytest.raises(InvalidPhone):
        canonical_phone(text)


@given(st.text(max_size=60))
def test_any_text_is_refused_or_becomes_a_number_that_stays_as_it_is(text):
    try:
        number = canonical_phone(text)
    except InvalidPhone:
        return
    assert E164.fullmatch(number)
    assert number == canonical_phone(number)
