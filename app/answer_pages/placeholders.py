"""Placeholders: the answer page with names in place of values, for somebody else to fill in.

The private check's answer is known to the browser alone, yet must look like the plain one. So the
same templates are rendered with a Placeholder for what only the browser knows: `{{ trip.number }}`
becomes `⟦trip.number⟧`, and the macros of `placeholders.html` leave a `<template>` for what is
shown at times. frontend/scripts/private/placeholders.ts puts the values in, as text, never as
markup; the service does so by `constant_time_template.py`.
"""

from collections.abc import Callable
from typing import Any

from jinja2 import Environment
from markupsafe import Markup

OPEN, CLOSE = "⟦", "⟧"
FILTERS = ("day", "short_day", "weekday", "moment", "telephone")


class Placeholder:
    """The name of a value that is not known yet; its attributes are placeholders too."""

    __slots__ = ("_name",)

    def __init__(self, name: str) -> None:
        self._name = name

    def __getattr__(self, name: str) -> "Placeholder":
        """Return the placeholder of an attribute."""
        if name.startswith("__"):
            raise AttributeError(name)
        return Placeholder(f"{self._name}.{name}")

    def __str__(self) -> str:
        """Return what is put into the page, to be filled in there."""
        return f"{OPEN}{self._name}{CLOSE}"

    def __html__(self) -> str:
        """Return it as markup: a name holds nothing to escape."""
        return str(self)


def register_placeholders(environment: Environment) -> None:
    """Give templates the test `placeholder` and its filters; let the page's filters keep names."""
    environment.tests["placeholder"] = lambda value: isinstance(value, Placeholder)
    environment.filters["as_placeholder"] = Placeholder
    environment.filters["placeholder_name"] = placeholder_name
    environment.filters["item_of"] = lambda value: Placeholder(f"{placeholder_name(value)}[]")
    environment.filters["item_number_of"] = lambda value: Placeholder(
        f"{placeholder_name(value)}[]#"
    )
    for name in FILTERS:
        environment.filters[name] = _keeping_names(name, environment.filters[name])


def placeholder_name(value: Placeholder) -> str:
    """Return the name alone, without its brackets."""
    return str(value).strip(OPEN + CLOSE)


def _keeping_names(name: str, usual: Callable[[Any], str]) -> Callable[[Any], str | Markup]:
    """Return a filter that works on values and notes its name in a placeholder."""

    def apply(value: object) -> str | Markup:
        if isinstance(value, Placeholder):
            return Markup(f"{OPEN}{placeholder_name(value)}|{name}{CLOSE}")  # noqa: S704 - a name of ours
        return usual(value)

    return apply
