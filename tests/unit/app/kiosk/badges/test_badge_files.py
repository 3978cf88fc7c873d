from datetime import date

import pytest

from app.kiosk.badges import badge_files
from app.kiosk.badges.badge_files import BadgeChoice, people_of_file
from app.records.kiosks.roster import RosterPerson


def person(number: int, department: str, printed_at: int | None = None) -> RosterPerson:
    return RosterPerson(
        id=f"{number:032x}",
        organisation=1,
        name=f"陆{number}",
        id_type="passport",
        id_number=f"X{number:07}",
        name_latin="",
        department=department,
        secret=number.to_bytes(20, "big"),
        agreed_on=date(2020, 2, 1),
        added_at=number,
        printed_at=printed_at,
    )


ONE, TWO, THREE = person(1, "乙"), person(2, "甲", 5), person(3, "乙")
EVERYBODY = [ONE, TWO, THREE]


@pytest.mark.parametrize(
    ("choice", "ids", "expected"),
    [
        (BadgeChoice.ALL, (), [ONE, THREE, TWO]),
        (BadgeChoice.NEW, (), [ONE, THREE]),
        (BadgeChoice.CHOSEN, (TWO.id,), [TWO]),
        (BadgeChoice.CHOSEN, ("f" * 32,), []),
    ],
)
def test_badges_are_printed_by_department_and_name(choice, ids, expected):
    assert expected == people_of_file(EVERYBODY, choice, ids)


def test_a_file_has_a_limit_and_the_next_one_begins_behind_it(monkeypatch):
    monkeypatch.setattr(badge_files, "BADGES_A_FILE", 2)
    assert [ONE, THREE] == people_of_file(EVERYBODY, BadgeChoice.ALL)
    assert [TWO] == people_of_file(EVERYBODY, BadgeChoice.ALL, first=2)
