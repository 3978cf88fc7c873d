"""The names about which the browser asks once, beside those of the service."""

from exposure_index.identity.name import UnusableName, read_names
from exposure_index.identity.whole_name import WHOLE_NAME_DOUBTS, whole_name_doubt
from tests.fixtures.drawn_identities import DrawnIdentities
from tests.fixtures.form_names import DOUBT_OF_NAME

DRAWN = 50_000


def _doubts(in_browser, names):
    return [answer["returned"] for answer in in_browser([("wholeNameDoubt", [n]) for n in names])]


def test_the_browser_asks_about_the_names_of_the_vectors(in_browser):
    assert list(DOUBT_OF_NAME.values()) == _doubts(in_browser, DOUBT_OF_NAME)


def test_both_sides_ask_about_the_same_of_50_000_names(in_browser):
    drawn = DrawnIdentities(53)
    names = [_beside_others(drawn) for _ in range(DRAWN)]
    reads = in_browser([("readNames", [name]) for name in names])
    usable = [n for n, read in zip(names, reads, strict=True) if "returned" in read and _reads(n)]
    asked = _doubts(in_browser, usable)
    expected = [whole_name_doubt(name) for name in usable]
    differing = [row for row in zip(usable, expected, asked, strict=True) if row[1] != row[2]]
    assert [] == differing[:5]
    assert len(usable) > DRAWN / 3
    assert WHOLE_NAME_DOUBTS <= set(expected)


def _beside_others(drawn):
    """Return a name, with what is none or itself beside it or without."""
    name, choice = drawn.name(), drawn.random.choice
    behind = choice((name, name, name.lower(), "女", "身份证", "passport", "先生", *[""] * 9))
    return f"{name}{choice(('', ' ', '·', ' - ', '/'))}{behind}" if behind else name


def _reads(name):
    try:
        return bool(read_names(name))
    except UnusableName:
        return False
