"""Makes the OpenAPI document of the routes of the app and of the types that their views state."""

from collections.abc import Iterator
from dataclasses import dataclass
from http import HTTPStatus
from importlib.metadata import version
from typing import Any

from flask import Flask
from pydantic import BaseModel
from pydantic.json_schema import JsonSchemaMode, models_json_schema

from app.openapi.operations import Contents, Octets, Operation, operation_of
from app.proofs.issuer import HEADER
from app.web.error_types import Problem, ProofProblem

SCHEMAS = "#/components/schemas/"
JSON_TYPE = "application/json"
OCTETS_TYPE = "application/octet-stream"
PROBLEM_TYPE = "application/problem+json"
RETRY_STATUSES = frozenset({HTTPStatus.TOO_MANY_REQUESTS, HTTPStatus.SERVICE_UNAVAILABLE})
OF_A_BODY = (
    HTTPStatus.REQUEST_ENTITY_TOO_LARGE,
    HTTPStatus.UNSUPPORTED_MEDIA_TYPE,
    HTTPStatus.UNPROCESSABLE_ENTITY,
)
WITH_KEY = (HTTPStatus.UNAUTHORIZED, HTTPStatus.FORBIDDEN)
KEY_SCHEME = "organisation_key"
SIGNATURE_SCHEME = "kiosk_signature"
SECURITY_SCHEMES = {
    KEY_SCHEME: {
        "type": "http",
        "scheme": "bearer",
        "description": "A key of an organisation, made in its portal; it has scopes and an end.",
    },
    SIGNATURE_SCHEME: {
        "type": "apiKey",
        "in": "header",
        "name": "Signature",
        "description": "HTTP message signature (RFC 9421) of a kiosk, with Signature-Input and "
        "Content-Digest, in the one form of docs/kiosk-protocol.md.",
    },
}
OF_ANY = (
    HTTPStatus.BAD_REQUEST,
    HTTPStatus.METHOD_NOT_ALLOWED,
    HTTPStatus.REQUEST_TIMEOUT,
    HTTPStatus.REQUEST_URI_TOO_LONG,
    HTTPStatus.EXPECTATION_FAILED,
    HTTPStatus.TOO_MANY_REQUESTS,
    HTTPStatus.REQUEST_HEADER_FIELDS_TOO_LARGE,
    HTTPStatus.INTERNAL_SERVER_ERROR,
    HTTPStatus.NOT_IMPLEMENTED,
    HTTPStatus.SERVICE_UNAVAILABLE,
)
DESCRIPTION = (
    "Self-check of exposures. Identities travel in bodies of POST requests only and are not kept. "
    "Errors are problem details (RFC 9457) and never repeat what was sent."
)


Body = type[BaseModel] | Octets | Contents


@dataclass(frozen=True, slots=True)
class Route:
    """One operation and where it stands."""

    path: str
    method: str
    name: str
    operation: Operation


def routes_of(app: Flask) -> Iterator[Route]:
    """Yield every described operation of the app."""
    for rule in app.url_map.iter_rules():
        operation = operation_of(app.view_functions[rule.endpoint])
        if operation is not None:
            [method] = (rule.methods or set()) - {"OPTIONS", "HEAD"}
            path = rule.rule.replace("<", "{").replace(">", "}")
            yield Route(path, method.lower(), rule.endpoint.replace(".", "_"), operation)


def openapi_document(app: Flask, base_url: str = "") -> dict[str, Any]:
    """Return the document; base_url: the public address, "" where clients know it."""
    routes = sorted(routes_of(app), key=lambda route: (route.path, route.method))
    schemas = _Schemas(routes)
    paths: dict[str, dict[str, Any]] = {}
    for route in routes:
        paths.setdefault(route.path, {})[route.method] = _operation(route, schemas)
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "Contact Gauge",
            "version": version("contact-gauge"),
            "description": DESCRIPTION,
        },
        "servers": [{"url": base_url or "/"}],
        "paths": paths,
        "components": {
            "schemas": schemas.definitions,
            "securitySchemes": SECURITY_SCHEMES,
        },
    }


class _Schemas:
    """The JSON schemas of every type: requests as they are validated, responses as serialised."""

    def __init__(self, routes: list[Route]) -> None:
        models: list[tuple[type[BaseModel], JsonSchemaMode]] = [
            (Problem, "serialization"),
            (ProofProblem, "serialization"),
        ]
        for route in routes:
            operation = route.operation
            models += [(model, "serialization") for model in _models(operation.answer)]
            for body in (operation.body, operation.query):
                models += [(model, "validation") for model in _models(body)]
        self._references, schemas = models_json_schema(
            list(dict.fromkeys(models)), ref_template=SCHEMAS + "{model}"
        )
        self.definitions: dict[str, Any] = dict(sorted(schemas["$defs"].items()))

    def request_content(self, body: Body) -> dict[str, Any]:
        """Return the content of a request, by its media type."""
        if isinstance(body, Octets):
            return _octets(body)
        if isinstance(body, Contents):
            return self._contents(body, "validation")
        return {JSON_TYPE: {"schema": self._references[body, "validation"]}}

    def response_content(self, body: Body) -> dict[str, Any]:
        """Return the content of a response, by its media type."""
        if isinstance(body, Octets):
            return _octets(body)
        if isinstance(body, Contents):
            return self._contents(body, "serialization")
        return {JSON_TYPE: {"schema": self.reference(body)}}

    def _contents(self, body: Contents, mode: JsonSchemaMode) -> dict[str, Any]:
        return {
            name: {
                "schema": {"type": "string", "format": "binary", "description": one}
                if isinstance(one, str)
                else self._references[one, mode]
            }
            for name, one in body.by_type.items()
        }

    def reference(self, model: type[BaseModel]) -> dict[str, Any]:
        """Return the reference to the schema of a response."""
        return self._references[model, "serialization"]

    def parameters(self, model: type[BaseModel]) -> list[dict[str, Any]]:
        """Return the fields of a query as parameters."""
        name = self._references[model, "validation"]["$ref"].removeprefix(SCHEMAS)
        schema = self.definitions[name]
        required = schema.get("required", ())
        return [
            {"name": field, "in": "query", "required": field in required, "schema": of_field}
            for field, of_field in schema["properties"].items()
        ]


def _models(body: Body | None) -> tuple[type[BaseModel], ...]:
    if body is None or isinstance(body, Octets):
        return ()
    return body.models if isinstance(body, Contents) else (body,)


def _octets(body: Octets) -> dict[str, Any]:
    schema: dict[str, Any] = {"type": "string", "format": "binary"}
    if body.length is not None:
        schema |= {"minLength": body.length, "maxLength": body.length}
    return {OCTETS_TYPE: {"schema": {**schema, "description": body.description}}}


def _operation(route: Route, schemas: _Schemas) -> dict[str, Any]:
    operation = route.operation
    parameters = schemas.parameters(operation.query) if operation.query else []
    parameters += [
        {
            "name": part.name,
            "in": "path",
            "required": True,
            "description": part.description,
            "schema": {"type": "string", "pattern": f"^{part.pattern}$"},
        }
        for part in operation.path
    ]
    parameters += [
        {
            "name": part.name,
            "in": "header",
            "required": False,
            "description": part.description,
            "schema": {"type": "string", "pattern": f"^{part.pattern}$"},
        }
        for part in operation.headers
    ]
    if operation.earned:
        parameters.append(
            {
                "name": HEADER,
                "in": "header",
                "required": False,
                "description": "What a 429 of type proof-needed was answered with: Base64 of the "
                "JSON {challenge, solution}, or its ticket after its time.",
                "schema": {"type": "string"},
            }
        )
    described: dict[str, Any] = {
        "operationId": route.name,
        "summary": operation.summary,
        "parameters": parameters,
        "responses": _responses(operation, schemas),
    }
    if operation.with_key:
        described["security"] = [{KEY_SCHEME: []}]
    if operation.signed:
        described["security"] = [{SIGNATURE_SCHEME: []}]
    if operation.body is not None:
        described["requestBody"] = {
            "required": True,
            "content": schemas.request_content(operation.body),
        }
    return described


def _responses(operation: Operation, schemas: _Schemas) -> dict[str, Any]:
    statuses = {*OF_ANY, *operation.refusals, *(OF_A_BODY if operation.body else ())}
    statuses |= set(WITH_KEY) if operation.with_key or operation.signed else set()
    if operation.query is not None:
        statuses.add(HTTPStatus.UNPROCESSABLE_ENTITY)
    good: dict[str, Any] = {"description": operation.status.phrase}
    if operation.answer is not None:
        good["content"] = schemas.response_content(operation.answer)
    responses = {str(int(operation.status)): good}
    for status in sorted(statuses):
        responses[str(int(status))] = _refusal(operation, status, schemas)
    return responses


def _refusal(operation: Operation, status: HTTPStatus, schemas: _Schemas) -> dict[str, Any]:
    schema = schemas.reference(Problem)
    if status == HTTPStatus.TOO_MANY_REQUESTS and operation.earned:
        schema = {"anyOf": [schemas.reference(ProofProblem), schema]}
    refusal: dict[str, Any] = {
        "description": status.phrase,
        "content": {PROBLEM_TYPE: {"schema": schema}},
    }
    if status == HTTPStatus.METHOD_NOT_ALLOWED:
        refusal["headers"] = {
            "Allow": {
                "description": "The methods that this address takes.",
                "required": True,
                "schema": {"type": "string"},
            }
        }
    if status in RETRY_STATUSES:
        refusal["headers"] = {
            "Retry-After": {
                "description": "Seconds after which it may be asked again.",
                "required": True,
                "schema": {"type": "integer", "minimum": 1},
            }
        }
    return refusal
