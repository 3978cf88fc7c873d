"""Files of badges to print: whose cards stand in one, and what stands on each card."""

from collections.abc import Collection, Sequence
from enum import StrEnum

from app.kiosk.badges.badge_text import badge_text
from app.kiosk.badges.sheets import Card, badge_sheets
from app.records.kiosks.roster import RosterPerson

BADGES_A_FILE = 300
"""Cards of one file, thirty pages: a few seconds to draw, and still a file that mail carries."""


class BadgeChoice(StrEnum):
    """Whose badges are printed: of all, of whoever has none yet, or of some."""

    ALL = "all"
    NEW = "new"
    CHOSEN = "chosen"


def people_of_file(
    everybody: Sequence[RosterPerson],
    choice: BadgeChoice,
    ids: Collection[str] = (),
    first: int = 0,
) -> list[RosterPerson]:
    """Return whose badges stand in a file, by department and name.

    ids: whom somebody chose; first: of ALL, the place in that order at which the file begins.
    """
    ordered = sorted(everybody, key=lambda person: (person.department, person.name, person.id))
    if choice == BadgeChoice.NEW:
        ordered = [person for person in ordered if person.printed_at is None]
    elif choice == BadgeChoice.CHOSEN:
        ordered = [person for person in ordered if person.id in ids]
    else:
        ordered = ordered[first:]
    return ordered[:BADGES_A_FILE]


def badge_file(
    people: Sequence[RosterPerson], organisation_code: str, title: str, note: str, language: str
) -> bytes:
    """Return the PDF of some badges. note: what a card is, and what not. Raises FontMissing."""
    cards = [
        Card(
            badge_text(organisation_code, person.secret),
            person.name or person.name_latin,
            person.department,
            title,
            note,
        )
        for person in people
    ]
    return badge_sheets(cards, language)
