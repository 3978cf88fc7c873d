"""Fills in the placeholders of a template by the same work for whoever is asked about.

Threat: whoever sees packets learns from the time of a page who is listed. Limit: all that a
template shows at times is filled in for everybody, decoys of lists included; only what is visible
is sent. frontend/scripts/private/placeholders.ts fills in the same templates in a browser.
"""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date
from operator import attrgetter
from typing import Any, Generic, Protocol, Self, TypeAlias, TypeVar

from markupsafe import escape

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


class PaddedList(tuple[T, ...], Generic[T]):
    """The visible ones of so many slots: the work is that of all slots, and tells not how many."""

    slots: Sequence[T]

    def __new__(cls, visible: int, slots: Sequence[T]) -> Self:
        """Make the tuple of the first ``visible`` slots, which remembers the decoys behind them."""
        padded = super().__new__(cls, slots[:visible])
        padded.slots = slots
        return padded


class Node(Protocol):
    """A piece of a template."""

    def render(self, scope: Scope) -> bytes:
        """Return it with values in it, UTF-8."""


class ConstantTimeTemplate:
    """Pieces of a template, one after the other."""

    def __init__(self, nodes: Sequence[Node]) -> None:
        """nodes: as ``parse_template`` finds them."""
        self._nodes = nodes

    def render(self, scope: Scope) -> bytes:
        """Return the text, UTF-8. Values are escaped; scope: what each name stands for."""
        return b"".join([node.render(scope) for node in self._nodes])

    @property
    def values(self) -> Iterator["_Value"]:
        """The values that stand in it, not those of its conditions."""
        return (node for node in self._nodes if isinstance(node, _Value))


def parse_template(text: str, filters: Filters) -> ConstantTimeTemplate:
    """Parse a page with placeholders. Raises ValueError where a part of it does not close."""
    tokens = list(TOKEN.finditer(text))
    return _Parser(text, tokens, filters).parse("")


class _Text:
    def __init__(self, text: str) -> None:
        self._text = text.encode()

    def render(self, _scope: Scope) -> bytes:
        return self._text


class _Value:
    def __init__(self, placeholder: str, filters: Filters) -> None:
        name, _, filter_name = placeholder.partition("|")
        self.read = _reader_of(name)
        self._filter = filters[filter_name] if filter_name else None

    def render(self, scope: Scope) -> bytes:
        value = self.read(scope)
        if self._filter is not None:
            value = self._filter(DECOY_DAY if value is None else value)
        return str(escape(value)).encode()


class _Condition:
    def __init__(self, name: str, expected: bool, inner: ConstantTimeTemplate) -> None:
        self._read = _reader_of(name)
        self._expected = expected
        self._inner = inner

    def render(self, scope: Scope) -> bytes:
        either = b"", self._inner.render(scope)
        return either[bool(self._read(scope)) == self._expected]


class _Row:
    """A row of a summary list: nothing where a value of it is nothing, as in the browser."""

    def __init__(self, begin: _Text, inner: ConstantTimeTemplate, end: _Text) -> None:
        self._inner = ConstantTimeTemplate([begin, inner, end])
        self._values = tuple(value.read for value in inner.values)

    def render(self, scope: Scope) -> bytes:
        either = self._inner.render(scope), b""
        values = [read(scope) for read in self._values]
        return either[None in values or "" in values]


class _Repetition:
    def __init__(self, name: str, inner: ConstantTimeTemplate) -> None:
        self._name = name
        self._read = _reader_of(name)
        self._inner = inner

    def render(self, scope: Scope) -> bytes:
        items = self._read(scope)
        rendered = []
        for number, item in enumerate(getattr(items, "slots", items), start=1):
            scope[f"{self._name}[]"], scope[f"{self._name}[]#"] = item, number
            rendered.append(self._inner.render(scope))
        return b"".join(rendered[: len(items)])


class _Parser:
    def __init__(self, text: str, tokens: Sequence[re.Match[str]], filters: Filters) -> None:
        self._text = text
        self._tokens = iter(tokens)
        self._at = 0
        self._filters = filters

    def parse(self, end: str) -> ConstantTimeTemplate:
        """Return what stands before ``end``, "" for the end of the text."""
        nodes: list[Node] = []
        for token in self._tokens:
            if token["end"] and token["end"] != end:
                continue  # markup that is none of ours
            nodes.append(_Text(self._text[self._at : token.start()]))
            self._at = token.end()
            if token["end"]:
                return ConstantTimeTemplate(nodes)
            nodes.append(self._node(token))
        if end:
            message = f"a template lacks {end}"
            raise ValueError(message)
        return ConstantTimeTemplate([*nodes, _Text(self._text[self._at :])])

    def _node(self, token: re.Match[str]) -> Node:
        if token["value"]:
            return _Value(token["value"], self._filters)
        if token["row"]:
            return _Row(_Text(token["row"]), self.parse(ROW_END), _Text(ROW_END))
        inner = self.parse(TEMPLATE_END)
        if token["kind"] == "each":
            return _Repetition(token["name"], inner)
        return _Condition(token["name"], token["kind"] == "when", inner)


def _reader_of(name: str) -> Callable[[Scope], Any]:
    """Return what looks a name up: ``a.b[].c.d`` is ``c.d`` of what ``a.b[]`` stands for."""
    items, _, attributes = name.rpartition("[]")
    if items:
        variable, rest = f"{items}[]", attributes
        if rest.startswith("#"):
            variable, rest = f"{items}[]#", rest[1:]
    else:
        variable, _, rest = name.partition(".")
    path = rest.removeprefix(".")
    if not path:
        return lambda scope: scope[variable]
    read = attrgetter(path)
    return lambda scope: read(scope[variable])
