"""Large text (关怀版), chosen by ``?text=large``.

No cookie: as the language, the choice travels on every link and form action, and tells nothing of
anybody. Where it is not chosen nothing is different.
"""

from collections.abc import Mapping

from flask import Flask, g, has_request_context, request, url_for

from app.i18n import LANGUAGE_PARAMETER, query_parameter

TEXT_PARAMETER = "text"
LARGE = "large"
LARGE_QUERY = f"{TEXT_PARAMETER}={LARGE}"
# files are the same for both; what is installed or printed is for whoever opens it later
UNCARRIED_BLUEPRINTS = frozenset({"bundle", "kiosk_terminal", "health_link"})


def is_large_text() -> bool:
    """Return whether the present request asks for large text."""
    return has_request_context() and query_parameter(TEXT_PARAMETER) == LARGE


def register_text_size(app: Flask) -> None:
    """Let every link and form action carry the choice."""

    @app.url_defaults
    def carry_text_size(endpoint: str, values: dict[str, object]) -> None:
        blueprint = endpoint.partition(".")[0]
        if TEXT_PARAMETER in values or blueprint in UNCARRIED_BLUEPRINTS:
            return
        if is_large_text():
            values[TEXT_PARAMETER] = LARGE


def other_text_size_url() -> str | None:
    """Return the address of the present page in the other size; the language stays.

    None where the page is the answer to something that was sent: a link would lose it.
    """
    if (
        request.routing_exception is not None
        or request.endpoint is None
        or request.method == "POST"
    ):
        return None
    return text_size_url(request.endpoint, request.view_args or {})


def text_size_url(endpoint: str, values: Mapping[str, object]) -> str:
    """Return the address of a page in the other size than the present one's; the language stays."""
    language = g.get("language_parameter")  # of the address, where it is one that we have
    size = None if is_large_text() else LARGE
    return url_for(endpoint, **{LANGUAGE_PARAMETER: language, **values, TEXT_PARAMETER: size})
