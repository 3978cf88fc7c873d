from app.limits.pseudonyms import DOCUMENT, NETWORK, DailyCodes

KEY = b"k" * 32
NOON = 1_600_000_000.0


def test_a_code_holds_for_one_day():
    times = iter([NOON, NOON + 60, NOON + 86_400])
    codes = DailyCodes(KEY, lambda: next(times))
    first, same_day, next_day = (codes.code(NETWORK, b"\x7f\x00\x00\x01") for _ in range(3))
    assert first == same_day
    assert first != next_day


def test_a_code_tells_its_kind_and_its_parts_apart():
    codes = DailyCodes(KEY, lambda: NOON)
    made = [
        codes.code(NETWORK, b"ab"),
        codes.code(DOCUMENT, b"ab"),
        codes.code(DOCUMENT, b"a", b"b"),
        codes.code(DOCUMENT, b"", b"ab"),
        DailyCodes(b"j" * 32, lambda: NOON).code(NETWORK, b"ab"),
    ]
    assert 5 == len(set(made))


def test_a_code_does_not_hold_what_it_stands_for():
    assert b"\xcb\x00\x71\x09" not in DailyCodes(KEY).code(NETWORK, b"\xcb\x00\x71\x09")
