"""The demo's kiosk: a code to enrol one, and ten badges, in `var/demo/kiosk.json` and `badges.pdf`.

The file says what is so: at each start people of the demo are brought onto the roster of its
organisation, words are those of the index that is served, and the code is one that was never used.
"""

import csv
import json
import os
import secrets
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from app.indexes.monotonic_clock import MonotonicClock
from app.indexes.snapshot import IndexSnapshot
from app.indexes.store import CannotAnswer, IndexStore
from app.kiosk.badges.badge_text import badge_text, new_secret
from app.kiosk.badges.sheets import Card, badge_sheets
from app.kiosk.enrolment.codes import in_groups
from app.kiosk.enrolment.kiosk_enrolments import KioskEnrolments
from app.kiosk.roster.door_words import look_up_words, readable_claims
from app.kiosk.roster.people import NewPerson, Roster
from app.kiosk.words import Word
from app.organisations.directory import OrganisationDirectory
from app.posters.fonts import FontMissing
from app.records.database import Records, open_records
from app.records.kiosks.roster import RosterPerson
from app.records.kiosks.settings import CODE_LETTERS, CROCKFORD, organisation_code
from app.records.organisations.organisations import Organisation
from app.services import make_index_store
from app.settings import Settings
from exposure_index.crypto.keys import KeyRing
from tables.people_csv import PersonRow
from tools import demo_organisation

FILE, BADGES = "kiosk.json", "badges.pdf"
KIOSK_NAME = "演示终端 Demo kiosk"
ACTOR = "admin"
CODE_HOURS = 30 * 24
PEOPLE_OF_A_WORD = 4
DEPARTMENTS = ("质检部", "仓库", "Office", "车间")
NOTE = "演示工厂出入证，不证明身体状况。"
VOID_NAME, VOID_DEPARTMENT = "作废 void", "旧证或外单位"


@dataclass(frozen=True, slots=True)
class DemoKiosk:
    """What outside checks try: a code, and the texts of ten badges with the word for each."""

    enrolment_code: str
    badges: list[dict[str, str]]


def make_ready(settings: Settings, folder: Path) -> DemoKiosk:
    """Leave roster, badges and code of the file in the records; return what it says.

    folder: of the file and of people.csv; the demo's organisation is there. Raises
    RecordsUnavailable.
    """
    records = open_records(settings)
    try:
        organisation = OrganisationDirectory(records).by_slug(demo_organisation.SLUG)
        if organisation is None:
            message = "the demo's organisation is made first"
            raise LookupError(message)
        with records.writing() as connection:
            code = organisation_code(connection, records.cipher, organisation.id)
        people = _people(settings, records, organisation, folder)
        chosen = _chosen(people)
        spare = [person for person, word in people if (person, word) not in chosen]
        good = [
            {"text": badge_text(code, person.secret), "word": word.value} for person, word in chosen
        ]
        roster = Roster(records, organisation.id, ACTOR)
        void = _void_badges(folder / FILE, code, roster, spare)
        demo = DemoKiosk(_fresh_code(records, organisation), [*good, *void])
        cards = [
            _card(each["text"], person.name, person.department)
            for each, (person, _) in zip(good, chosen, strict=True)
        ]
        cards += [_card(each["text"], VOID_NAME, VOID_DEPARTMENT) for each in void]
        _write_cards(folder / BADGES, cards)
        _write(folder / FILE, demo)
        return demo
    finally:
        records.close()


def lines_to_try(demo: DemoKiosk, folder: Path) -> list[str]:
    """Return what `make run` prints."""
    return [
        f"  kiosk: /kiosk  code {in_groups(demo.enrolment_code)}",
        f"  badges to print: {folder / BADGES}  (words: {folder / FILE})",
    ]


def _people(
    settings: Settings, records: Records, organisation: Organisation, folder: Path
) -> list[tuple[RosterPerson, Word]]:
    """Return the demo's people on the roster with their words, added where they are not there."""
    roster = Roster(records, organisation.id, ACTOR)
    rows = _rows(folder / "people.csv")
    new = [NewPerson(at, row, DEPARTMENTS[at % len(DEPARTMENTS)]) for at, row in enumerate(rows)]
    roster.add(new, settings.today(), settings.roster_people)
    wanted = {row.id_number for row in rows}
    return _words(settings, [each for each in roster.people() if each.id_number in wanted])


def _chosen(people: Sequence[tuple[RosterPerson, Word]]) -> list[tuple[RosterPerson, Word]]:
    """Return the first few who may come in, and the first few who wait."""
    return [
        each
        for word in (Word.COME_IN, Word.WAIT)
        for each in [one for one in people if one[1] == word][:PEOPLE_OF_A_WORD]
    ]


def _rows(file: Path) -> list[PersonRow]:
    """Return people of the demo, more than needed: listed and not listed."""
    with file.open(encoding="utf-8", newline="") as lines:
        rows = list(csv.DictReader(lines))
    exposed = [row for row in rows if row["expected_status"] == "exposed"]
    others = [row for row in rows if row["expected_status"] == "not_found"]
    chosen = [*exposed[-2 * PEOPLE_OF_A_WORD :], *others[: 2 * PEOPLE_OF_A_WORD]]
    return [PersonRow(row["id_type"], row["id_number"], row["name"]) for row in chosen]


def _words(settings: Settings, people: Sequence[RosterPerson]) -> list[tuple[RosterPerson, Word]]:
    """Return the word for each by the index that is served; nobody's where none can be answered."""
    store = make_index_store(settings, KeyRing.from_directory(settings.keys_dir), MonotonicClock())
    store.reload()
    try:
        snapshot = store.snapshot()
        words = _look_up(store, snapshot, people, settings)
    except CannotAnswer:
        return []
    return list(zip(people, words, strict=True))


def _look_up(
    store: IndexStore, snapshot: IndexSnapshot, people: Sequence[RosterPerson], settings: Settings
) -> list[Word]:
    """Raise CannotAnswer."""
    claims = readable_claims(people)
    return [each.word for each in look_up_words(store, snapshot, claims, settings.today())]


def _void_badges(
    file: Path, code: str, roster: Roster, spare: Sequence[RosterPerson]
) -> list[dict[str, str]]:
    """Return a badge that was reissued and one of another organisation, the same at each start.

    spare: people whose badge stands nowhere else.
    """
    kept = [each["text"] for each in _badges_of(file) if each["word"] == Word.NOT_CHECKED.value]
    mine = [text for text in kept if text.split(":")[1:2] == [code]]
    foreign = [text for text in kept if text.split(":")[1:2] != [code]]
    if not mine and spare:
        roster.reissue(spare[-1].id)
        mine = [badge_text(code, spare[-1].secret)]
    foreign = foreign or [badge_text(_another_code(), new_secret())]
    return [{"text": text, "word": Word.NOT_CHECKED.value} for text in (*mine[:1], *foreign[:1])]


def _another_code() -> str:
    return "".join(secrets.choice(CROCKFORD) for _ in range(CODE_LETTERS))


def _fresh_code(records: Records, organisation: Organisation) -> str:
    """Return a code of now; those of earlier starts that nobody used are good no more."""
    enrolments, now = KioskEnrolments(records), time.time_ns() // 1_000_000
    for waiting in enrolments.waiting(organisation.id, now):
        if waiting.name == KIOSK_NAME:
            enrolments.withdraw(organisation.id, waiting.kiosk)
    return enrolments.create(organisation.id, KIOSK_NAME, ACTOR, now, CODE_HOURS)[0]


def _card(text: str, name: str, department: str) -> Card:
    return Card(text, name, department, demo_organisation.TITLE, NOTE)


def _write_cards(file: Path, cards: Sequence[Card]) -> None:
    """Write the cards to print, unless this machine has no font for them."""
    try:
        _write_whole(file, badge_sheets(cards, "zh-Hans"))
    except FontMissing:
        return


def _badges_of(file: Path) -> list[dict[str, str]]:
    """Return the badges that the file names, none where it is missing or none of ours."""
    try:
        badges = json.loads(file.read_bytes())["badges"]
        return [{"text": str(each["text"]), "word": str(each["word"])} for each in badges]
    except (OSError, ValueError, TypeError, KeyError):
        return []


def _write(file: Path, demo: DemoKiosk) -> None:
    content = {"enrolment_code": demo.enrolment_code, "badges": demo.badges}
    _write_whole(file, (json.dumps(content, indent=2) + "\n").encode())


def _write_whole(file: Path, content: bytes) -> None:
    """Write a file for its owner alone, whole or not at all."""
    partial = file.with_suffix(f".{os.getpid()}")
    partial.unlink(missing_ok=True)
    with os.fdopen(os.open(partial, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as out:
        out.write(content)
    partial.replace(file)
