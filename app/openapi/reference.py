"""The description of the API as a page shows it: operations, what each takes and gives, types."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from app.openapi.document import KEY_SCHEME, SIGNATURE_SCHEME

REFERENCE = "#/components/schemas/"
Node = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class FieldLine:
    """One parameter, header or member; types: a link each where it is ours."""

    name: str
    place: str
    types: tuple["TypeName", ...]
    required: bool
    text: str


@dataclass(frozen=True, slots=True)
class TypeName:
    """A type by its name; anchor: where the page describes it, "" where it does not."""

    name: str
    anchor: str = ""


@dataclass(frozen=True, slots=True)
class BodyLine:
    """A body of one media type."""

    media_type: str
    types: tuple[TypeName, ...]
    text: str


@dataclass(frozen=True, slots=True)
class AnswerLine:
    """One status that an operation answers with."""

    status: str
    text: str
    bodies: tuple[BodyLine, ...]


@dataclass(frozen=True, slots=True)
class OperationPart:
    """One operation."""

    anchor: str
    method: str
    path: str
    summary: str
    with_key: bool
    signed: bool
    fields: tuple[FieldLine, ...]
    bodies: tuple[BodyLine, ...]
    answers: tuple[AnswerLine, ...]


@dataclass(frozen=True, slots=True)
class TypePart:
    """One type of the descriptions."""

    anchor: str
    name: str
    text: str
    fields: tuple[FieldLine, ...]


def operation_parts(document: Node) -> list[OperationPart]:
    """Return the operations of an OpenAPI document in its order."""
    return [
        OperationPart(
            anchor=operation["operationId"],
            method=method.upper(),
            path=path,
            summary=operation["summary"],
            with_key={KEY_SCHEME: []} in operation.get("security", ()),
            signed={SIGNATURE_SCHEME: []} in operation.get("security", ()),
            fields=tuple(_parameter(one) for one in operation["parameters"]),
            bodies=_bodies(operation.get("requestBody", {})),
            answers=tuple(
                AnswerLine(status, answer["description"], _bodies(answer))
                for status, answer in operation["responses"].items()
            ),
        )
        for path, methods in document["paths"].items()
        for method, operation in methods.items()
    ]


def type_parts(document: Node) -> list[TypePart]:
    """Return the types of an OpenAPI document in the order of their names."""
    return [
        TypePart(_anchor(name), name, schema.get("description", ""), _members(schema))
        for name, schema in document["components"]["schemas"].items()
    ]


def _members(schema: Node) -> tuple[FieldLine, ...]:
    required = schema.get("required", ())
    return tuple(
        FieldLine(name, "", tuple(_types(one)), name in required, one.get("description", ""))
        for name, one in schema.get("properties", {}).items()
    )


def _parameter(one: Node) -> FieldLine:
    text = one.get("description") or one["schema"].get("description", "")
    return FieldLine(one["name"], one["in"], tuple(_types(one["schema"])), one["required"], text)


def _bodies(holder: Node) -> tuple[BodyLine, ...]:
    return tuple(
        BodyLine(name, tuple(_types(content["schema"])), content["schema"].get("description", ""))
        for name, content in holder.get("content", {}).items()
    )


def _types(schema: Node) -> Iterator[TypeName]:
    """Yield the types that a value may be of."""
    if "$ref" in schema:
        name = schema["$ref"].removeprefix(REFERENCE)
        yield TypeName(name, _anchor(name))
    elif "anyOf" in schema:
        for each in schema["anyOf"]:
            yield from _types(each)
    elif "const" in schema or "enum" in schema:
        values = [schema["const"]] if "const" in schema else schema["enum"]
        yield TypeName(" | ".join(f'"{value}"' for value in values))
    elif schema.get("type") == "array":
        for one in _types(schema.get("items", {})):
            yield TypeName(f"{one.name} …", one.anchor)
    else:
        yield TypeName(schema.get("format") or schema.get("type", "object"))


def _anchor(name: str) -> str:
    return f"type-{name}"
