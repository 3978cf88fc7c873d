"""Templates filled in by the service: what is visible, and by the same work what is not."""

from datetime import date
from types import SimpleNamespace

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from markupsafe import Markup, escape

from app.answer_pages.constant_time_template import TOKEN, PaddedList, parse_template

FILTERS = {"day": lambda day: f"{day:%d.%m.%Y}"}


def rendered(text, **values):
    return parse_template(text, FILTERS).render(values).decode()


def test_a_value_is_text_and_never_markup_or_a_placeholder():
    fields = SimpleNamespace(name="<b>⟦a.day⟧</b>&", day=date(2020, 2, 1))
    assert "&lt;b&gt;⟦a.day⟧&lt;/b&gt;&amp; 01.02.2020" == rendered(
        "⟦a.name⟧ ⟦a.day|day⟧", a=fields
    )


@pytest.mark.parametrize(("value", "expected"), [(True, "yes"), ("", "no"), ((), "no"), (2, "yes")])
def test_what_is_shown_at_times_is_shown_then_only(value, expected):
    text = '<template data-when="a">yes</template><template data-unless="a">no</template>'
    assert expected == rendered(text, a=value)


def test_of_a_padded_list_only_the_visible_slots_are_sent():
    text = (
        '<template data-each="a">⟦a[]#⟧<template data-each="a[].b">⟦a[].b[]⟧</template>;</template>'
    )
    slots = [SimpleNamespace(b=(7, 8)), SimpleNamespace(b=PaddedList(0, [9])), None]
    assert "178;2;" == rendered(text, a=PaddedList(2, [*slots[:2], slots[0]]))


def test_within_a_list_that_stands_again_its_items_are_named_too():
    again = '<template data-each="a"><template data-each="a[].b">⟦a[].c⟧</template></template>'
    assert "xxx" == rendered(again * 3, a=[SimpleNamespace(b=(1,), c="x")])


def test_a_list_that_stands_again_with_the_same_text_is_filled_in_once():
    reads = []

    class Item:
        @property
        def c(self):
            reads.append(self)
            return "x"

    same, other = (f'<template data-each="a">⟦a[].c⟧{mark}</template>' for mark in ",;")
    shown = f'<template data-when="b">{same}</template>{same}{other}'
    assert "x,x," * 2 + "x;x;" == rendered(shown, a=(Item(), Item()), b=True)
    assert "x,x,x;x;" == rendered(shown, a=(Item(), Item()), b=False)
    assert 8 == len(reads)


def test_what_is_not_visible_is_filled_in_too():
    text = (
        '<template data-each="a">⟦a[].value⟧</template><template data-when="b">⟦c.value⟧</template>'
    )
    reads = []

    class Probe:
        @property
        def value(self):
            reads.append(self)
            return ""

    rendered(text, a=PaddedList(0, [Probe(), Probe()]), b=False, c=Probe())
    assert 3 == len(reads)


def test_a_value_that_stands_several_times_is_computed_once_an_item():
    shown = '<template data-when="a[].b">⟦a[].b⟧⟦c⟧</template>'
    items = f'<template data-each="a">⟦a[].b⟧{shown}</template>'
    computed = []

    class Probe:
        def __init__(self, text):
            self.text = text

        def __html__(self):
            computed.append(self.text)
            return self.text

    values = [SimpleNamespace(b=Probe("1")), SimpleNamespace(b=Probe("2"))]
    assert "11322333" == rendered(items + "⟦c⟧⟦c⟧", a=values, c=Probe("3"))
    assert ["1", "3", "2", "3", "3"] == computed  # the last behind the list


def test_a_value_behind_a_list_without_items_is_computed_there():
    text = '<template data-each="a">⟦a[].b⟧⟦c⟧</template>⟦c⟧'
    assert "x" == rendered(text, a=(), c="x")
    assert "" == rendered(text, a=PaddedList(0, [SimpleNamespace(b="y")]), c="")


SOMETIMES = st.recursive(
    st.sampled_from(["x", "字" * 9, "⟦a⟧", ""]),
    lambda inner: (
        st.builds(
            lambda kind, name, texts: (
                f'<template data-{kind}="{name}">{"".join(texts)}</template>' + "y" * len(texts)
            ),
            st.sampled_from(["when", "unless"]),
            st.sampled_from(["b", "c", "d"]),
            st.lists(inner, max_size=4),
        )
        | st.builds('<template data-each="e">{0}⟦e[]⟧{1}</template>'.format, inner, inner)
    ),
    max_leaves=12,
)


EACH = '<template data-each="e">⟦e[]⟧</template>'
SAME_REMAINDERS = "".join(f'<template data-when="b">{EACH}{mark}</template>' for mark in "xy")


@example(SAME_REMAINDERS, False, False, False)
@given(st.lists(SOMETIMES, max_size=5).map("".join), st.booleans(), st.booleans(), st.booleans())
def test_whatever_is_shown_as_many_bytes_are_copied(text, b, c, d):
    template = parse_template(text, FILTERS)

    def copied(visible, **shown):
        lengths = []

        def join(parts):
            whole = b"".join(parts)
            lengths.append(len(whole))
            return whole

        with pytest.MonkeyPatch.context() as patch:
            patch.setitem(template.fill.__globals__, "join", join)
            template.render({"a": "name", "e": PaddedList(visible, "fg"), **shown})
        return len(lengths), sum(lengths)

    assert copied(0, b=False, c=False, d=False) == copied(2, b=b, c=c, d=d)


@pytest.mark.parametrize(("value", "rows"), [("8", 1), ("", 0), (None, 0)])
def test_a_row_without_a_value_is_left_out_and_the_markup_around_stays(value, rows):
    row = '<div class="govuk-summary-list__row"><dt>Day</dt><dd>⟦a.b⟧</dd></div>'
    page = rendered(f"<div>{row}</div>", a=SimpleNamespace(b=value))
    assert (rows, "</div>") == (page.count("Day"), page[-6:])


def test_a_day_that_there_is_not_is_filled_in_as_another():
    text = '<template data-when="a">⟦b|day⟧</template>.'
    assert "." == rendered(text, a=False, b=None)


def test_a_template_that_does_not_close_is_refused():
    with pytest.raises(ValueError, match="lacks </template>"):
        parse_template('<template data-when="a">x', FILTERS)


@pytest.mark.parametrize(
    "text",
    [
        "⟦a.b()⟧",
        "⟦__import__('os')⟧",
        "⟦a b⟧",
        "⟦a[].b⟧",
        "⟦a|upper⟧",
        '<template data-when="a==1">x</template>',
        '<template data-each="a.b-c">x</template>',
    ],
)
def test_a_name_that_is_none_is_refused_and_never_run(text):
    with pytest.raises(ValueError, match="a template"):
        parse_template(text, FILTERS)


@given(st.text(alphabet=st.characters(codec="utf-8")))
def test_a_text_of_a_template_stays_as_it_is(text):
    whole = TOKEN.sub("", text)
    assert whole == rendered(whole)


@given(st.text(alphabet=st.characters(codec="utf-8") | st.sampled_from("&<>'\"")))
def test_a_value_is_escaped_as_any_page_escapes_it(value):
    assert str(escape(value)) == rendered("⟦a⟧", a=value)


@pytest.mark.parametrize("value", [3, Markup("<b>"), None, True])
def test_so_is_a_value_that_is_no_text(value):
    assert str(escape(value)) == rendered("⟦a⟧", a=value)
