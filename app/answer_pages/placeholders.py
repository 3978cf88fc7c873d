"""Names in place of values: the answer page as a pattern, for the browser to fill in.

The private check's answer is known to the browser alone, yet must look like the plain one. So the
same templates are rendered with a Named for what only the browser knows: `{{ trip.number }}`
becomes `⟦trip.number⟧`, and the macros of `patterns.html` leave a `<template>` for what is shown at
times. frontend/scripts/private/pattern.ts puts the values in, as text, never as markup.
"""

from collections.abc import Callable
from typing import Any

from jinja2 import Environment
from markupsafe import Markup

OPEN, CLOSE = "⟦", "⟧"
FILTERS = ("day", "moment", "telephone")


class Named:
    """A value known by its name only; its attributes are names too."""

    __slots__ = ("_name",)

    def __init__(self, name: str) -> None:
        self._name = name

    def __getattr__(self, name: str) -> "Named":
        """Return the name of an attribute."""
        if name.startswith("__"):
            raise AttributeError(name)
        return Named(f"{self._name}.{name}")

    def __str__(self) -> str:
        """Return the place that the browser fills in."""
        return f"{OPEN}{self._name}{CLOSE}"

    def __html__(self) -> str:
        """Return it as markup: a name holds nothing to escape."""
        return str(self)


def register_patterns(environment: Environment) -> None:
    """Give templates the test `named`, its filters, and let the page's own filters keep names."""
    environment.tests["named"] = lambda value: isinstance(value, Named)
    environment.filters["name_of"] = Named
    environment.filters["its_name"] = its_name
    environment.filters["one_of_them"] = lambda value: Named(f"{its_name(value)}[]")
    environment.filters["place_of_one"] = lambda value: Named(f"{its_name(value)}[]#")
    for name in FILTERS:
        environment.filters[name] = _keeping_names(name, environment.filters[name])


def its_name(value: Named) -> str:
    """Return the name itself."""
    return str(value).strip(OPEN + CLOSE)


def _keeping_names(name: str, usual: Callable[[Any], str]) -> Callable[[Any], str | Markup]:
    def filtered(value: object) -> str | Markup:
        if isinstance(value, Named):
            return Markup(f"{OPEN}{its_name(value)}|{name}{CLOSE}")  # noqa: S704 - a name of ours
        return usual(value)

    return filtered
