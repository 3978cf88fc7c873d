"""Fills in the placeholders of a template by the same work for whoever is asked about.

Threat: whoever sees packets learns from the time of a page who is listed. Limit: all that a
template shows at times is filled in for everybody, decoys of lists included; only what is visible
is sent. frontend/scripts/private/placeholders.ts fills in the same templates in a browser.

A template is compiled once into one expression without a branch: ``("", filled)[shown]`` fills in
before it looks whether it is shown. A family of six is thousands of pieces; walking through them as
objects took most of the time of a page.
"""

import re
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from itertools import count
from typing import Any, Generic, NamedTuple, Self, TypeAlias, TypeVar

from markupsafe import _escape_inner, escape  # type: ignore[attr-defined]

from app.answer_pages.placeholders import CLOSE, OPEN

T = TypeVar("T")
Scope: TypeAlias = dict[str, Any]
Filters: TypeAlias = Mapping[str, Callable[[Any], object]]

DECOY_DAY = date(2020, 1, 1)  # filled in where there is none, and never sent
TOKEN = re.compile(
    r'<template data-(?P<kind>when|unless|each)="(?P<name>[^"]*)">'
    r'|(?P<row><div class="govuk-summary-list__row[^"]*">)'
    rf"|{OPEN}(?P<value>[^{CLOSE}]+){CLOSE}"
    r"|(?P<end></template>|</div>)"
)
TEMPLATE_END, ROW_END = "</template>", "</div>"
NO_TEXT = repr("")


class PaddedList(tuple[T, ...], Generic[T]):
    """The visible ones of so many slots: the work is that of all slots, and tells not how many."""

    slots: Sequence[T]

    def __new__(cls, visible: int, slots: Sequence[T]) -> Self:
        """Make the tuple of the first ``visible`` slots, which remembers the decoys behind them."""
        padded = super().__new__(cls, slots[:visible])
        padded.slots = slots
        return padded


class ConstantTimeTemplate:
    """A template that fills itself in by the same steps, whatever the values are."""

    def __init__(self, fill: Callable[[Scope], str]) -> None:
        """fill: as ``parse_template`` compiles it."""
        self._fill = fill

    def render(self, scope: Scope) -> bytes:
        """Return the text, UTF-8. Values are escaped; scope: what each name stands for."""
        return self._fill(scope).encode()


def parse_template(text: str, filters: Filters) -> ConstantTimeTemplate:
    """Compile a page with placeholders.

    Raises ValueError where a part of it does not close or a name is none.
    """
    parser = _Parser(text, filters)
    source = f"lambda scope: {parser.parse('').expression}"
    # literals of our own templates' texts, and names that were held to be identifiers
    fill = eval(compile(source, "<template>", "eval"), parser.namespace)  # noqa: S307
    return ConstantTimeTemplate(fill)


class _Part(NamedTuple):
    """A piece of a template as an expression; values: what is read for those that stand in it."""

    expression: str
    values: tuple[str, ...] = ()


class _Parser:
    def __init__(self, text: str, filters: Filters) -> None:
        self._text = text
        self._tokens = TOKEN.finditer(text)
        self._at = 0
        self._items: dict[str, str] = {}  # name of a list's item → variable
        self._repetitions = 0
        self._kept: list[dict[str, str]] = [{}]  # of each repetition: what it is → variable
        self._numbers = count()
        self._filters = filters
        self.namespace: dict[str, object] = {
            "escaped": _escaped,
            "slots_of": _slots_of,
            "day_of": _day_of,
            "is_blank": _is_blank,
            **{f"filter_{name}": function for name, function in filters.items()},
        }

    def parse(self, end: str) -> _Part:
        """Return what stands before ``end``, "" for the end of the text."""
        parts: list[str] = []
        values: list[str] = []
        for token in self._tokens:
            if token["end"] and token["end"] != end:
                continue  # markup that is none of ours
            parts.append(repr(self._text[self._at : token.start()]))
            self._at = token.end()
            if token["end"]:
                return _Part(_joined(parts), tuple(values))
            part = self._part(token)
            parts.append(part.expression)
            values.extend(part.values)
        if end:
            message = f"a template lacks {end}"
            raise ValueError(message)
        return _Part(_joined([*parts, repr(self._text[self._at :])]), tuple(values))

    def _part(self, token: re.Match[str]) -> _Part:
        if token["value"]:
            return self._value(token["value"])
        if token["row"]:
            inner = self.parse(ROW_END)
            row = _joined([repr(token["row"]), inner.expression, repr(ROW_END)])
            # nothing where a value of it is nothing, as in the browser
            return _Part(f'({row}, "")[is_blank({", ".join(inner.values)})]')
        if token["kind"] == "each":
            return self._repetition(token["name"])
        inner, read = self.parse(TEMPLATE_END), self._read(token["name"])
        either = f'("", {inner.expression})', f'({inner.expression}, "")'
        is_shown = self._once(f"bool({read})")
        return _Part(f"{either[token['kind'] == 'unless']}[{is_shown}]")

    def _value(self, placeholder: str) -> _Part:
        name, _, filter_name = placeholder.partition("|")
        read = self._read(name)
        if not filter_name:
            return _Part(self._once(f"escaped({read})"), (read,))
        if filter_name not in self._filters:
            message = f"a template has no filter {filter_name}"
            raise ValueError(message)
        words = self._once(f"escaped(filter_{filter_name}(day_of({read})))")
        return _Part(words, (read,))

    def _repetition(self, name: str) -> _Part:
        items, number = self._read(name), self._repetitions
        self._repetitions += 1  # a list may be repeated again, with another one within
        item, place = f"item_{number}", f"place_{number}"
        self._items |= {f"{name}[]": item, f"{name}[]#": place}
        self._kept.append({})
        begin = self._at
        inner = self.parse(TEMPLATE_END).expression
        self._kept.pop()
        rendered = f"[{inner} for {place}, {item} in enumerate(slots_of({items}), 1)]"
        repeated = f"each {items}: {self._text[begin : self._at]}"
        return _Part(self._once(f'"".join({rendered}[:len({items})])', repeated))

    def _once(self, expression: str, same: str = "") -> str:
        """Return an expression that is computed where it stands first, and read again elsewhere.

        same: by what it is known again, "" where that is the expression. Elsewhere is behind it in
        the same repetition, or in one within: all of a template is filled in, in the order in which
        it stands, so that it has been computed there.
        """
        key = same or expression
        for kept in self._kept:
            if key in kept:
                return kept[key]
        variable = f"value_{next(self._numbers)}"
        self._kept[-1][key] = variable
        return f"({variable} := {expression})"

    def _read(self, name: str) -> str:
        """Return the expression of a name: ``a.b[].c.d`` is ``c.d`` of an item of ``a.b``."""
        items, _, rest = name.rpartition("[]")
        if items:
            variable = f"{items}[]#" if rest.startswith("#") else f"{items}[]"
            root, path = self._items.get(variable, ""), rest.removeprefix("#").removeprefix(".")
        else:
            variable, _, path = name.partition(".")
            root = f"scope[{variable!r}]" if variable.isidentifier() else ""
        attributes = path.split(".") if path else []
        if not root or not all(map(str.isidentifier, attributes)):
            message = f"a template names {name!r}, which is nothing here"
            raise ValueError(message)
        return ".".join([root, *attributes])


def _joined(parts: Sequence[str]) -> str:
    """Return the expression of parts one behind another; a single one is itself the whole."""
    whole = [part for part in parts if part != NO_TEXT] or [NO_TEXT]
    return whole[0] if len(whole) == 1 else f'"".join(({", ".join(whole)}))'


def _escaped(value: Any) -> str:  # noqa: ANN401 - whatever stands in a page
    """Return a value as markupsafe's ``escape`` does, without an object of markup for each."""
    return _escape_inner(value) if type(value) is str else str(escape(value))


def _slots_of(items: Sequence[T]) -> Sequence[T]:
    return getattr(items, "slots", items)


def _day_of(value: object) -> object:
    return DECOY_DAY if value is None else value


def _is_blank(*values: object) -> bool:
    return None in values or "" in values
