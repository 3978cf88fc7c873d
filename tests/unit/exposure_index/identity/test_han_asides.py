import pytest

from exposure_index.identity.han_asides import holds_han_aside, names_without_asides


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("姓名：张伟", ("张伟",)),
        ("旅客张伟", ("张伟",)),
        ("张伟家属", ("张伟",)),
        ("张伟 男", ("张伟",)),
        ("张伟等两人", ("张伟",)),
        ("旅客张伟儿童", ("张伟",)),
        ("张伟原名李伟", ("张伟", "李伟")),
        ("张经理", ()),
        ("家属", ("家属",)),
        ("张伟", ()),
    ],
)
def test_the_names_beside_such_words_remain(text, names):
    assert names == names_without_asides(text)


@pytest.mark.parametrize("name", ["张伟", "成人杰", "李成人", "原名扬", "王属", "张伟男", "李之子"])
def test_a_name_that_begins_or_ends_like_one_is_a_name(name):
    assert not holds_han_aside(name)
