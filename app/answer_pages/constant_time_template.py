"""Fills in the placeholders of a template by the same work for whoever is asked about.

Threat: whoever sees packets learns from the time of a page who is listed. Limit: all that a
template shows at times is filled in for everybody, decoys of lists included; what is not sent is
put together as what is, so that as many bytes are copied as often, and dropped at the end.
frontend/scripts/private/placeholders.ts fills in the same templates in a browser.

A template is compiled once into one function without a branch: of a text that stands already, a
page gets ``(text, b"")[flag]``, and the remainder ``(b"", text)[flag]``. A family of six is
thousands of pieces; walking through them as objects took most of the time of a page.
"""

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from functools import lru_cache
from itertools import count
from typing import Any, NamedTuple, TypeAlias, TypeVar, overload

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
NOTHING = repr(b"")


class PaddedList(Sequence[T]):
    """The visible ones of so many slots: the work is that of all slots, and tells not how many.

    slots: the visible ones, then decoys; decoy_flags: 0 or 1 for each of them.
    """

    __slots__ = ("_visible", "decoy_flags", "slots")

    def __init__(self, visible: int, slots: Sequence[T]) -> None:
        """visible: how many of the slots are no decoys. None is copied, which would take time."""
        self._visible = visible
        self.slots = slots
        self.decoy_flags = decoy_flags(visible, len(slots))

    def __len__(self) -> int:
        """Return how many are visible."""
        return self._visible

    @overload
    def __getitem__(self, place: int) -> T: ...
    @overload
    def __getitem__(self, place: slice) -> Sequence[T]: ...
    def __getitem__(self, place: int | slice) -> T | Sequence[T]:
        """Return the visible one at a place, or some of them."""
        return self.slots[: self._visible][place]

    def __repr__(self) -> str:
        """Return the visible ones as a list is written."""
        return repr([*self])


@lru_cache(maxsize=4096)  # of few numbers, all in it soon
def decoy_flags(visible: int, slots: int) -> tuple[int, ...]:
    """Return for each of so many slots 0 where it is visible, 1 where it is a decoy.

    Read and not compared: a comparison that comes out otherwise takes a processor longer.
    """
    return tuple(int(place >= visible) for place in range(slots))


class ConstantTimeTemplate:
    """A template that fills itself in by the same steps, whatever the values are."""

    def __init__(self, fill: Callable[[Scope], bytes]) -> None:
        """fill: as ``parse_template`` compiles it."""
        self.fill = fill

    def render(self, scope: Scope) -> bytes:
        """Return the text, UTF-8. Values are escaped; scope: what each name stands for."""
        return self.fill(scope)


def parse_template(text: str, filters: Filters) -> ConstantTimeTemplate:
    """Compile a page with placeholders.

    Raises ValueError where a part of it does not close or a name is none.
    """
    parser = _Parser(text, filters)
    whole = _whole(parser.parse(""))
    parser.write(f"return ({', '.join([whole.page, *whole.remainder])}, )[0]")
    # literals of our own templates' texts, and names that were held to be identifiers
    exec(compile("\n".join(parser.lines), "<template>", "exec"), parser.namespace)  # noqa: S102
    return ConstantTimeTemplate(parser.namespace["fill"])


class _Part(NamedTuple):
    """A piece of a template, as expressions of bytes.

    page: what is sent of it; remainder: what is not; values: what is read for the placeholders that
    stand in it.
    """

    page: str
    remainder: tuple[str, ...] = ()
    values: tuple[str, ...] = ()
    is_literal: bool = False


class _Parser:
    """Writes the lines of a template's function; namespace: what is named in them."""

    def __init__(self, text: str, filters: Filters) -> None:
        self._text = text
        self._tokens = TOKEN.finditer(text)
        self._at = 0
        self._items: dict[str, str] = {}  # name of a list's item → variable
        self._kept: list[dict[str, str]] = [{}]  # of each repetition: what it is → variable
        self._numbers = count()
        self._filters = filters
        self.lines = ["def fill(scope):"]
        self.namespace: dict[str, Any] = {
            "escape": _escape_inner,
            "escape_any": _escape_any,
            "numbered": _numbered,
            "day_of": _day_of,
            "is_blank": _is_blank,
            "join": b"".join,
            **{f"filter_{name}": function for name, function in filters.items()},
        }

    def write(self, line: str) -> None:
        """Add a line to the function, within the repetition that is parsed."""
        self.lines.append("    " * len(self._kept) + line)

    def parse(self, end: str) -> list[_Part]:
        """Return what stands before ``end``, "" for the end of the text."""
        parts: list[_Part] = []
        for token in self._tokens:
            if token["end"] and token["end"] != end:
                continue  # markup that is none of ours
            parts.append(_literal(self._text[self._at : token.start()]))
            self._at = token.end()
            if token["end"]:
                return parts
            parts.append(self._part(token))
        if end:
            message = f"a template lacks {end}"
            raise ValueError(message)
        return [*parts, _literal(self._text[self._at :])]

    def _part(self, token: re.Match[str]) -> _Part:
        if token["value"]:
            return self._value(token["value"])
        if token["kind"] == "each":
            return self._repetition(token["name"])
        if token["row"]:
            row = _whole([_literal(token["row"]), *self.parse(ROW_END), _literal(ROW_END)])
            # nothing where a value of it is nothing, as in the browser
            return self._choice(row, self._once(f"+is_blank({', '.join(row.values)})"), 0)
        inner, read = _whole(self.parse(TEMPLATE_END)), self._read(token["name"])
        return self._choice(inner, self._once(f"+(not {read})"), int(token["kind"] == "unless"))

    def _choice(self, part: _Part, flag: str, when: int) -> _Part:
        """Return a part that is sent when a flag, 0 or 1, has that value.

        The flag is an integer: a choice by ``True`` takes the interpreter's slow path.
        """
        text = part.page if part.is_literal else self._once(part.page)
        either = f"({text}, {NOTHING})", f"({NOTHING}, {text})"
        remainder = [  # computed again where the page's side is, and not where it alone is the same
            self._once(each, f"remainder {place} of {part.page}")
            for place, each in enumerate(part.remainder)
        ]
        return _Part(f"{either[when]}[{flag}]", (f"{either[1 - when]}[{flag}]", *remainder))

    def _value(self, placeholder: str) -> _Part:
        name, _, filter_name = placeholder.partition("|")
        read = self._read(name)
        if not filter_name:
            return _Part(self._once(_escaped(read)), values=(read,))
        if filter_name not in self._filters:
            message = f"a template has no filter {filter_name}"
            raise ValueError(message)
        words = _escaped(f"filter_{filter_name}(day_of({read}))")
        return _Part(self._once(words), values=(read,))

    def _repetition(self, name: str) -> _Part:
        items, number = self._read(name), next(self._numbers)
        item, place, flag = (f"{kind}_{number}" for kind in ("item", "place", "flag"))
        around = self._items
        self._items = {**around, f"{name}[]": item, f"{name}[]#": place}
        written, begin = len(self.lines), self._at
        self.write(f"pages_{number}, remainders_{number} = [{NOTHING}], [{NOTHING}]")
        self.write(f"for {place}, {item}, {flag} in numbered({items}):")
        self._kept.append({})
        part = self._choice(_whole(self.parse(TEMPLATE_END)), flag, 0)
        self.write(f"pages_{number}.append({part.page})")
        self.write(f"remainders_{number} += {', '.join(part.remainder)},")
        self._kept.pop()
        self._items = around
        repeated = f"each {items}: {self._text[begin : self._at]}"
        if self._known(repeated):
            del self.lines[written:]
        page = self._once(f"join(pages_{number})", repeated)
        remainder = self._once(f"join(remainders_{number})", f"remainder of {repeated}")
        return _Part(page, (remainder,))

    def _known(self, key: str) -> str:
        """Return the variable of what was computed before, "" where it was not.

        Before is in the same repetition, or in one around it: all of a template is filled in, in
        the order in which it stands.
        """
        return next((kept[key] for kept in self._kept if key in kept), "")

    def _once(self, expression: str, same: str = "") -> str:
        """Return the variable of an expression, which is computed where it stands first.

        same: by what it is known again, "" where that is the expression.
        """
        key = same or expression
        variable = self._known(key)
        if not variable:
            variable = self._kept[-1][key] = f"value_{next(self._numbers)}"
            self.write(f"{variable} = {expression}")
        return variable

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


def _literal(text: str) -> _Part:
    return _Part(repr(text.encode()), is_literal=True)


def _whole(parts: Sequence[_Part]) -> _Part:
    """Return parts one behind another; where their page is copied, so is the remainder."""
    parts = [part for part in parts if part.page != NOTHING] or [_literal("")]
    if len(parts) == 1:
        return parts[0]
    page = _joined([part.page for part in parts])
    remainder = [text for part in parts for text in part.remainder]
    values = tuple(value for part in parts for value in part.values)
    return _Part(page, (_joined(remainder),) if remainder else (), values)


def _joined(texts: Sequence[str]) -> str:
    """Return the expression of texts one behind another: a copy, be it of a single one."""
    copied = texts if len(texts) > 1 else [*texts, NOTHING]
    return f"join(({', '.join(copied)}))"


def _escaped(read: str) -> str:
    """Return the expression of a value escaped; a text, as most are, without a call for it."""
    return f"escape(text).encode() if type(text := {read}) is str else escape_any(text)"


def _escape_any(value: object) -> bytes:
    """Return a value as markupsafe's ``escape`` does."""
    return str(escape(value)).encode()


def _numbered(items: Sequence[T]) -> Iterable[tuple[int, T, int]]:
    """Return place, from 1, item, and whether it is a decoy, of each slot of a list."""
    slots = getattr(items, "slots", items)
    return zip(count(1), slots, getattr(items, "decoy_flags", (0,) * len(slots)))


def _day_of(value: object) -> object:
    return DECOY_DAY if value is None else value


def _is_blank(*values: object) -> bool:
    return None in values or "" in values
