"""Check-ins as a table to take out: one row each, mistakes marked, no cell a formula."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from flask_babel import LazyString, gettext, lazy_gettext
from sqlalchemy import Connection

from app.kiosk.dashboard.person_names import PersonNames
from app.kiosk.health_words import DIRECTION_WORDS, WORD_WORDS, reason_list, symptom_list
from app.records.encrypted_fields import FieldCipher
from app.records.kiosks.checkins import StoredCheckin, checkins_between
from app.settings.local_days import LocalDays

COLUMNS: tuple[LazyString, ...] = (
    lazy_gettext("Time"),
    lazy_gettext("Kiosk"),
    lazy_gettext("Direction"),
    lazy_gettext("Name"),
    lazy_gettext("Department"),
    lazy_gettext("Kind of document"),
    lazy_gettext("Document number"),
    lazy_gettext("Temperatures (°C)"),
    lazy_gettext("Symptoms"),
    lazy_gettext("Word of the kiosk"),
    lazy_gettext("Reasons"),
    lazy_gettext("Word of the guard"),
    lazy_gettext("Reason of the guard"),
    lazy_gettext("Remarks"),
)
EXPORT_DAYS_MAX = 31


@dataclass(frozen=True, slots=True)
class TableReader:
    """Reads the check-ins of one organisation as rows; kiosks: names by ids."""

    connection: Connection
    cipher: FieldCipher
    organisation: int
    kiosks: Mapping[str, str]
    days: LocalDays

    def rows(self, span: tuple[int, int]) -> list[tuple[str, ...]]:
        """Return a row for each check-in of a span, in order; span: milliseconds, end excluded."""
        scope = (self.connection, self.cipher, self.organisation)
        undone = {
            (each.kiosk, each.content["undoes"])
            for each in checkins_between(*scope, *span)
            if each.content.get("undoes")
        }
        names = PersonNames(*scope)
        names.read_roster()
        return list(self._rows(checkins_between(*scope, *span), undone, names))

    def _rows(
        self, checkins: Iterator[StoredCheckin], undone: set[tuple[str, str]], names: PersonNames
    ) -> Iterator[tuple[str, ...]]:
        for each in checkins:
            if not each.content.get("undoes"):
                yield self._row(each, names, mistake=(each.kiosk, each.id) in undone)

    def _row(self, checkin: StoredCheckin, names: PersonNames, *, mistake: bool) -> tuple[str, ...]:
        content = checkin.content
        person, override = names.of_content(content), content.get("override")
        is_log = content.get("purpose") == "log"
        return (
            self.days.moment(checkin.made_at).isoformat(sep=" ", timespec="seconds"),
            self.kiosks.get(checkin.kiosk, checkin.kiosk),
            str(gettext("daily log") if is_log else DIRECTION_WORDS[checkin.direction]),
            person.name,
            person.detail,
            person.id_type,
            person.id_number,
            " / ".join(f"{one['celsius']:.1f}" for one in content.get("temperatures", ())),
            symptom_list(content.get("symptoms", ())),
            str(WORD_WORDS.get(checkin.word, checkin.word)),
            reason_list(content.get("reasons", ())),
            str(WORD_WORDS.get(override["word"], "")) if override else "",
            override["reason"] if override else "",
            _remarks(checkin, mistake=mistake),
        )


def _remarks(checkin: StoredCheckin, *, mistake: bool) -> str:
    remarks = {
        str(gettext("taken back as a mistake")): mistake,
        str(gettext("from a kiosk that was revoked")): checkin.unconfirmed,
        str(gettext("clock unsure")): checkin.content.get("clock") == "unsure",
    }
    return "; ".join(words for words, holds in remarks.items() if holds)
