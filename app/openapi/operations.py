"""Describes a view of the API beside its route: the types that it validates and returns.

    @bp.get("/api/v1/trips")
    @described(Operation("Ask about a trip", answer=TripAnswer, query=TripQuery))
    def answer_trip() -> Response:

A test fails where a route under /api/ is not described.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from http import HTTPStatus
from typing import TypeVar

from pydantic import BaseModel

View = TypeVar("View", bound=Callable[..., object])
_ATTRIBUTE = "gauge_operation"


@dataclass(frozen=True, slots=True)
class Octets:
    """A body of bytes (application/octet-stream); length: how many."""

    description: str
    length: int | None = None


@dataclass(frozen=True, slots=True)
class PathPart:
    """A part of the address that varies; pattern: a regular expression of the whole of it."""

    name: str
    pattern: str
    description: str


@dataclass(frozen=True, slots=True)
class Contents:
    """A body of one of several media types: of each its type, or what its bytes are."""

    by_type: Mapping[str, type[BaseModel] | str]

    @property
    def models(self) -> tuple[type[BaseModel], ...]:
        """The types among them."""
        return tuple(one for one in self.by_type.values() if not isinstance(one, str))


@dataclass(frozen=True, slots=True)
class HeaderPart:
    """A header that may be sent; pattern: a regular expression of the whole of it."""

    name: str
    pattern: str
    description: str


@dataclass(frozen=True, slots=True)
class Operation:
    """One operation.

    answer: the body of the good answer, None where it has none; body: what is sent; query: the
    parameters of the address; path: what varies within it; headers: what may be sent besides;
    with_key: whether a key of an organisation is needed; signed: whether a kiosk signs it.
    refusals: statuses besides those that any operation may give (405 to another method; 400, 408,
    414, 417, 431 and 501 to what is no request; 429, 500, 503); they follow from ``body``,
    ``with_key`` and ``signed`` too. earned: it takes an admission proof.
    """

    summary: str
    answer: type[BaseModel] | Octets | Contents | None
    body: type[BaseModel] | Octets | Contents | None = None
    query: type[BaseModel] | None = None
    status: HTTPStatus = HTTPStatus.OK
    refusals: tuple[HTTPStatus, ...] = ()
    earned: bool = False
    path: tuple[PathPart, ...] = ()
    headers: tuple[HeaderPart, ...] = ()
    with_key: bool = False
    signed: bool = False


def described(operation: Operation) -> Callable[[View], View]:
    """Return a decorator that notes the operation at a view; it changes nothing else."""

    def note(view: View) -> View:
        setattr(view, _ATTRIBUTE, operation)
        return view

    return note


def operation_of(view: Callable[..., object]) -> Operation | None:
    """Return the operation noted at a view, None where none is."""
    operation: Operation | None = getattr(view, _ATTRIBUTE, None)
    return operation
