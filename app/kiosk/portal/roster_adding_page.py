"""/org/roster/add: people who agreed to carry a badge, one by one or by a list.

Threat: people are entered who were never asked. Limit: nothing is added without the declaration
that they agreed; its day is kept with each of them. A list is read in memory and kept nowhere.
"""

import io
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from http import HTTPStatus

from flask import Response, render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import LazyString, lazy_gettext

from app.answer_pages.texts import ID_TYPE_WORDS, fault_words
from app.checks.person_form import PersonForm
from app.i18n import current_language, sentence_gap
from app.kiosk.portal.roster_forms import require_roster_form, roster_of
from app.kiosk.roster.list_reading import LIST_MAX_BYTES, read_people
from app.kiosk.roster.people import Addition, NewPerson, RosterFull
from app.organisations.members import SignedInMember
from app.organisations.roles import Permission
from app.portal.blueprint import bp
from app.portal.current_member import SignInNeeded, require_member, require_own_form
from app.portal.list_refusals import refusal_text, upload_text
from app.portal.row_numbers import span_words
from app.portal.row_reasons import reason_text
from app.services import current_services
from app.uploads.media_types import SNIFF_BYTES, XLSX_TYPE, list_kind, require_kind
from app.uploads.multipart import MultipartFile
from app.uploads.refusals import UploadRefused
from app.web.same_origin import require_same_origin
from tables.people_csv import PersonRow
from tables.staff_lists.list_template import WORDS, staff_list_template
from tables.staff_lists.staff_list import ColumnsUnclear, ListRefused

CHECKED = "on"
FORM_BYTES = 65_536  # of a form around its file, at most
ROWS_NAMED = 10  # of those that were not taken, for each reason
COLUMNS_UNCLEAR = "columns_unclear"
FALLBACK_LANGUAGE = "en"
FIRST_KIND = "resident"  # chosen until somebody chooses another
NOT_DECLARED = lazy_gettext("Confirm that each of them agreed: without that nobody is added")
KNOWN = lazy_gettext("This document is on the roster already")
FULL = lazy_gettext("A roster may have %(most)s people at most; nobody was added")


@dataclass(frozen=True, slots=True)
class ReasonLine:
    """Rows of a list that were not taken, and why."""

    title: LazyString
    rows: str
    advice: LazyString


@bp.get("/roster/add")
def show_adding() -> ResponseReturnValue:
    """Show both forms."""
    require_member(Permission.MANAGE_ROSTER)
    return _adding_page()


@bp.post("/roster/add")
def add_person() -> ResponseReturnValue:
    """Add one person, or show what is wrong."""
    member, form = require_roster_form()
    fields, department = PersonForm.from_fields(form), form.get("department", "")
    faults: dict[str, LazyString] = {
        field: fault_words(field, fault) for field, fault in fields.faults().items()
    }
    if form.get("agreed") != CHECKED:
        faults["agreed"] = NOT_DECLARED
    if faults:
        return _refused(faults, fields, department)
    row = PersonRow(fields.kind, fields.id_number, fields.name, fields.name_latin, 1)
    try:
        addition = _add(member, [NewPerson(1, row, department)])
    except RosterFull as full:
        return _refused({"id_number": _full(full)}, fields, department)
    if addition.refused:
        title = reason_text(addition.refused[0][1]).title
        return _refused({"id_number": title}, fields, department)
    if addition.known:
        return _refused({"id_number": KNOWN}, fields, department)
    return _adding_page(addition=addition)


@bp.post("/roster/list")
def add_list() -> ResponseReturnValue:
    """Add everybody of a list who can be read; say of each other row why not."""
    require_same_origin(request.headers, request.host, current_services().settings.base_url)
    try:
        member = require_member(Permission.MANAGE_ROSTER)
    except SignInNeeded:
        raise SignInNeeded(upload_lost=True) from None
    try:
        addition = _take_list(member)
    except _NotTaken as error:
        return _refused({error.field: error.words})
    return _adding_page(addition=addition)


@bp.get("/roster/template.xlsx")
def download_roster_template() -> ResponseReturnValue:
    """Return a workbook to fill in, in the reader's language."""
    require_member(Permission.MANAGE_ROSTER)
    language = current_language().replace("-", "_")
    content = staff_list_template(language if language in WORDS else FALLBACK_LANGUAGE)
    response = Response(content, content_type=XLSX_TYPE)
    response.headers["Content-Disposition"] = 'attachment; filename="roster.xlsx"'
    return response


class _NotTaken(Exception):
    """Nothing was taken of a list: a field of the form, and why."""

    def __init__(self, field: str, words: LazyString | str) -> None:
        super().__init__(field)
        self.field = field
        self.words = words


def _take_list(member: SignedInMember) -> Addition:
    """Raise _NotTaken and FormCodeWrong."""
    try:
        fields, content, file = _file_of_form()
        require_own_form(fields.get("form", ""))
        if fields.get("agreed") != CHECKED:
            raise _NotTaken("list-agreed", NOT_DECLARED)
        kind = list_kind(file.media_type, file.file_name or "")
        require_kind(kind, content[:SNIFF_BYTES])
        return _add(member, read_people(content, kind))
    except UploadRefused as error:
        text = upload_text(error.code)
        raise _NotTaken("file", f"{text.words}{sentence_gap()}{text.advice}") from None
    except (ListRefused, ColumnsUnclear) as error:
        code = error.code if isinstance(error, ListRefused) else COLUMNS_UNCLEAR
        text = refusal_text(code)
        raise _NotTaken("file", f"{text.words}{sentence_gap()}{text.advice}") from None
    except RosterFull as error:
        raise _NotTaken("file", _full(error)) from None


def _file_of_form() -> tuple[Mapping[str, str], bytes, MultipartFile]:
    """Return the fields before the file, its content and its head. Raises UploadRefused."""
    most = LIST_MAX_BYTES + FORM_BYTES
    if (request.content_length or 0) > most:
        raise UploadRefused(HTTPStatus.REQUEST_ENTITY_TOO_LARGE, "too_large")
    request.max_content_length = most  # of other views it is small
    file = MultipartFile(request.stream, request.content_type or "")
    content = io.BytesIO()
    while piece := file.read(FORM_BYTES):
        content.write(piece)
    if not content.tell():
        raise UploadRefused(HTTPStatus.UNPROCESSABLE_ENTITY, "empty")
    return file.fields, content.getvalue(), file


def _add(member: SignedInMember, people: Iterable[NewPerson]) -> Addition:
    """Raise RosterFull, and what reading the people raises."""
    settings = current_services().settings
    return roster_of(member).add(people, settings.today(), settings.roster_people)


def _full(full: RosterFull) -> str:
    return str(FULL) % {"most": full.most}


def _refused(
    faults: Mapping[str, LazyString | str], fields: PersonForm | None = None, department: str = ""
) -> ResponseReturnValue:
    page = _adding_page(faults=faults, fields=fields, department=department)
    return page, HTTPStatus.UNPROCESSABLE_ENTITY


def _adding_page(
    *,
    faults: Mapping[str, LazyString | str] | None = None,
    fields: PersonForm | None = None,
    department: str = "",
    addition: Addition | None = None,
) -> str:
    return render_template(
        "kiosk/roster_add.html",
        fields=(fields or PersonForm(FIRST_KIND)).printable(),
        department=department,
        faults=faults or {},
        addition=addition,
        reasons=reason_lines(addition.refused if addition else ()),
        known=_rows(addition.known) if addition else "",
        id_types=ID_TYPE_WORDS,
        max_megabytes=LIST_MAX_BYTES >> 20,
    )


def reason_lines(refused: Iterable[tuple[int, str]]) -> list[ReasonLine]:
    """Return a line for each reason, the most frequent first."""
    rows: dict[str, list[int]] = defaultdict(list)
    for row, reason in refused:
        rows[reason].append(row)
    by_frequency = sorted(rows.items(), key=lambda each: -len(each[1]))
    texts = [(reason_text(reason), _rows(places)) for reason, places in by_frequency]
    return [ReasonLine(text.title, words, text.advice) for text, words in texts]


def _rows(rows: Iterable[int]) -> str:
    places = list(rows)
    return span_words([(row, row) for row in places[:ROWS_NAMED]], len(places)) if places else ""
