"""GET and POST /check: the self-check as a form, without JavaScript and without a cookie."""

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from http import HTTPStatus

from flask import Blueprint, Response, render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import get_timezone
from markupsafe import Markup

from app.bodies import form_fields
from app.languages import current_language
from app.query.answer_page import answer_shown, padding_for
from app.query.self_check import self_check
from app.query.words import ID_TYPE_WORDS, fault_words
from app.same_origin import require_own_form
from app.service import service
from exposure_index.identity import (
    MAX_FIELD_CHARACTERS,
    Identity,
    InvalidIdentity,
    document_typed,
    identity_typed,
    name_typed,
)

FORM_MAX_BYTES = 131_072  # a name of 10,000 Han characters still gets its message
FIELDS_MAX = 8
CORRECT_STEP = "correct"
RESIDENT_NUMBER = re.compile("[0-9]{17}[0-9Xx]")

bp = Blueprint("check", __name__)


@dataclass(frozen=True, slots=True)
class Typed:
    """What stands in the form."""

    id_type: str = "resident"
    id_number: str = ""
    name: str = ""

    def identity(self) -> Identity:
        """Return the identity typed. Raises InvalidIdentity."""
        return identity_typed(self.id_type, self.id_number, self.name)

    def faults(self) -> dict[str, str]:
        """Return every field that cannot be used and why, in the order of the form."""
        found: dict[str, str] = {}
        try:
            document_typed(self.id_type, self.id_number)
        except InvalidIdentity as error:
            found[error.field] = error.reason
        try:
            name_typed(self.name)
        except InvalidIdentity as error:
            found[error.field] = error.reason
        return found

    def number_groups(self) -> tuple[str, ...]:
        """Return the number as one compares it: region, birthday and rest of a resident's."""
        if self.id_type == "resident" and RESIDENT_NUMBER.fullmatch(self.id_number):
            return self.id_number[:6], self.id_number[6:14], self.id_number[14:]
        return (self.id_number,)

    def shown(self) -> "Typed":
        """Return it as a page may repeat it: no control characters, not endless."""
        return Typed(self.id_type, _printable(self.id_number), _printable(self.name))


@bp.get("/check")
def check_form() -> str:
    """Show the empty form."""
    return _form_page(Typed())


@bp.post("/check")
def answer_check() -> ResponseReturnValue:
    """Answer one self-check; keep nothing, log no identity."""
    running = service()
    require_own_form(
        request.headers.get("Sec-Fetch-Site"),
        request.headers.get("Origin"),
        request.host,
        running.settings.base_url,
    )
    network = running.network_of(request)
    running.limits.admit_network(network)
    form = form_fields(request, FORM_MAX_BYTES, FIELDS_MAX)
    typed = _typed(form)
    if form.get("step") == CORRECT_STEP:
        return _form_page(typed)
    faults = typed.faults()
    if faults:
        return _form_page(typed, faults), HTTPStatus.UNPROCESSABLE_ENTITY
    identity = typed.identity()
    found = self_check(running.index, running.limits, network, identity)
    shown = answer_shown(found, current_language(), _today())
    words = ID_TYPE_WORDS[typed.id_type]
    part = render_template(
        "query/answer_part.html",
        answer=shown,
        typed=typed.shown(),
        id_type=words,
        number_groups=typed.shown().number_groups(),
    )
    padded = Markup(part + padding_for(part, len(found.indexes)))  # noqa: S704 - a template rendered it, escaped
    return Response(render_template("query/answer.html", part=padded, answer=shown))


def _typed(form: Mapping[str, str]) -> Typed:
    return Typed(*(form.get(field, "") for field in ("id_type", "id_number", "name")))


def _form_page(typed: Typed, faults: Mapping[str, str] | None = None) -> str:
    words = {field: fault_words(field, reason) for field, reason in (faults or {}).items()}
    return render_template(
        "query/check.html", typed=typed.shown(), faults=words, id_types=ID_TYPE_WORDS
    )


def _printable(text: str) -> str:
    kept = "".join(c for c in text if unicodedata.category(c) not in ("Cc", "Cs"))
    return kept[:MAX_FIELD_CHARACTERS]


def _today() -> date:
    return datetime.now(get_timezone()).date()
