from app.limits.pseudonyms import DOCUMENT, NETWORK, DailyPseudonyms

KEY = b"k" * 32
NOON = 1_600_000_000.0


def test_a_pseudonym_holds_for_one_day():
    times = iter([NOON, NOON + 60, NOON + 86_400])
    pseudonyms = DailyPseudonyms(KEY, lambda: next(times))
    first, same_day, next_day = (pseudonyms.of(NETWORK, b"\x7f\x00\x00\x01") for _ in range(3))
    assert first == same_day
    assert first != next_day


def test_a_pseudonym_keeps_its_kind_and_its_parts_apart():
    pseudonyms = DailyPseudonyms(KEY, lambda: NOON)
    results = [
        pseudonyms.of(NETWORK, b"ab"),
        pseudonyms.of(DOCUMENT, b"ab"),
        pseudonyms.of(DOCUMENT, b"a", b"b"),
        pseudonyms.of(DOCUMENT, b"", b"ab"),
        DailyPseudonyms(b"j" * 32, lambda: NOON).of(NETWORK, b"ab"),
    ]
    assert 5 == len(set(results))


def test_a_pseudonym_does_not_hold_what_it_stands_for():
    assert b"\xcb\x00\x71\x09" not in DailyPseudonyms(KEY).of(NETWORK, b"\xcb\x00\x71\x09")
