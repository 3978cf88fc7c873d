"""Fills in a pattern of `placeholders.py` here, by the same work for whoever is asked about.

Threat: whoever sees packets learns from the time of a page who is listed. Limit: all that a pattern
shows at times is filled in for everybody, decoys of lists included; only what is told is sent.
frontend/scripts/private/pattern.ts fills in the same patterns in a browser.
"""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date
from operator import attrgetter
from typing import Any, Generic, Protocol, TypeAlias, TypeVar

from markupsafe import escape

from app.answer_pages.placeholders import CLOSE, OPEN

T = TypeVar("T")
Scope: TypeAlias = dict[str, Any]
Filters: TypeAlias = Mapping[str, Callable[[Any], object]]

SOME_DAY = date(2020, 1, 1)  # filled in where there is none; nobody is told it
TOKEN = re.compile(
    r'<template data-(?P<kind>when|unless|each)="(?P<asked>[^"]*)">'
    r'|(?P<row><div class="govuk-summary-list__row[^"]*">)'
    rf"|{OPEN}(?P<value>[^{CLOSE}]+){CLOSE}"
    r"|(?P<end></template>|</div>)"
)
TEMPLATE_END, ROW_END = "</template>", "</div>"


class Several(tuple[T, ...], Generic[T]):
    """What is told, and in ``places`` besides decoys, so that the work does not tell how many."""

    places: Sequence[T]

    @classmethod
    def of(cls, told: int, places: Sequence[T]) -> "Several[T]":
        """Return the first ``told`` of the places."""
        made = cls(places[:told])
        made.places = places
        return made


class Part(Protocol):
    """A piece of a pattern."""

    def filled(self, scope: Scope) -> bytes:
        """Return it with values in it."""


class Pattern:
    """Pieces of a pattern, one after the other."""

    def __init__(self, parts: Sequence[Part]) -> None:
        """parts: as ``read_pattern`` finds them."""
        self._parts = parts

    def filled(self, scope: Scope) -> bytes:
        """Return the text, UTF-8. Values are escaped; scope: what each name stands for."""
        return b"".join([part.filled(scope) for part in self._parts])

    @property
    def values(self) -> Iterator["_Value"]:
        """The values that stand in it, not those of its conditions."""
        return (part for part in self._parts if isinstance(part, _Value))


def read_pattern(text: str, filters: Filters) -> Pattern:
    """Return a pattern that a template wrote. Raises ValueError where it does not close."""
    tokens = list(TOKEN.finditer(text))
    return _Reader(text, tokens, filters).read("")


class _Text:
    def __init__(self, text: str) -> None:
        self._text = text.encode()

    def filled(self, _scope: Scope) -> bytes:
        return self._text


class _Value:
    def __init__(self, written: str, filters: Filters) -> None:
        name, _, chosen = written.partition("|")
        self.read = _reader_of(name)
        self._filter = filters[chosen] if chosen else None

    def filled(self, scope: Scope) -> bytes:
        value = self.read(scope)
        if self._filter is not None:
            value = self._filter(SOME_DAY if value is None else value)
        return str(escape(value)).encode()


class _Condition:
    def __init__(self, name: str, wanted: bool, inner: Pattern) -> None:
        self._read = _reader_of(name)
        self._wanted = wanted
        self._inner = inner

    def filled(self, scope: Scope) -> bytes:
        either = b"", self._inner.filled(scope)
        return either[bool(self._read(scope)) == self._wanted]


class _Row:
    """A row of a list of words: nothing where a value of it is nothing, as in the browser."""

    def __init__(self, begin: _Text, inner: Pattern, end: _Text) -> None:
        self._inner = Pattern([begin, inner, end])
        self._values = tuple(value.read for value in inner.values)

    def filled(self, scope: Scope) -> bytes:
        either = self._inner.filled(scope), b""
        values = [read(scope) for read in self._values]
        return either[None in values or "" in values]


class _Repetition:
    def __init__(self, name: str, inner: Pattern) -> None:
        self._name = name
        self._read = _reader_of(name)
        self._inner = inner

    def filled(self, scope: Scope) -> bytes:
        several = self._read(scope)
        filled = []
        for place, one in enumerate(getattr(several, "places", several), start=1):
            scope[f"{self._name}[]"], scope[f"{self._name}[]#"] = one, place
            filled.append(self._inner.filled(scope))
        return b"".join(filled[: len(several)])


class _Reader:
    def __init__(self, text: str, tokens: Sequence[re.Match[str]], filters: Filters) -> None:
        self._text = text
        self._tokens = iter(tokens)
        self._at = 0
        self._filters = filters

    def read(self, end: str) -> Pattern:
        """Return what stands before ``end``, "" for the end of the text."""
        parts: list[Part] = []
        for token in self._tokens:
            if token["end"] and token["end"] != end:
                continue  # markup that is none of ours
            parts.append(_Text(self._text[self._at : token.start()]))
            self._at = token.end()
            if token["end"]:
                return Pattern(parts)
            parts.append(self._part(token))
        if end:
            message = f"a pattern lacks {end}"
            raise ValueError(message)
        return Pattern([*parts, _Text(self._text[self._at :])])

    def _part(self, token: re.Match[str]) -> Part:
        if token["value"]:
            return _Value(token["value"], self._filters)
        if token["row"]:
            return _Row(_Text(token["row"]), self.read(ROW_END), _Text(ROW_END))
        inner = self.read(TEMPLATE_END)
        if token["kind"] == "each":
            return _Repetition(token["asked"], inner)
        return _Condition(token["asked"], token["kind"] == "when", inner)


def _reader_of(name: str) -> Callable[[Scope], Any]:
    """Return what looks a name up: ``a.b[].c.d`` is ``c.d`` of what ``a.b[]`` stands for."""
    held, _, attributes = name.rpartition("[]")
    if held:
        variable, rest = f"{held}[]", attributes
        if rest.startswith("#"):
            variable, rest = f"{held}[]#", rest[1:]
    else:
        variable, _, rest = name.partition(".")
    path = rest.removeprefix(".")
    if not path:
        return lambda scope: scope[variable]
    read = attrgetter(path)
    return lambda scope: read(scope[variable])
