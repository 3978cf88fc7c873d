"""An organisation for loads of kiosks: codes that enrol kiosks, and badges of people on its roster.

    python -m tools.benchmarks.door_to_load SLUG KIOSKS PEOPLE

Makes it in the records that the settings name, and prints `{"codes", "badges"}`.
"""

import json
import sys
import time
from datetime import UTC, datetime

from app.kiosk.badges.badge_text import badge_text
from app.kiosk.enrolment.kiosk_enrolments import KioskEnrolments
from app.kiosk.roster.people import NewPerson, Roster
from app.kiosk.settings.kiosk_settings import KioskSettings, change_settings
from app.organisations.directory import NewOrganisation, OrganisationDirectory
from app.records.database import open_records
from app.records.kiosks.settings import organisation_code
from app.settings import read_settings
from tables.people_csv import PersonRow

ACTOR = "admin"
HEADCOUNT = 100_000


def main(slug: str, kiosks: str, people: str) -> int:
    """Make it; return the exit code."""
    settings = read_settings()
    records = open_records(settings)
    try:
        records.upgrade()
        today, now = datetime.now(UTC).date(), time.time_ns() // 1_000_000
        new = NewOrganisation(slug, slug, HEADCOUNT)
        organisation = OrganisationDirectory(records).create(new, today).id
        chosen = KioskSettings.model_validate({"symptoms": ()})
        change_settings(records, organisation, chosen, ACTOR, now)
        enrolments = KioskEnrolments(records)
        codes = [
            enrolments.create(organisation, f"{slug} {number}", ACTOR, now)[0]
            for number in range(int(kiosks))
        ]
        roster = Roster(records, organisation, ACTOR)
        roster.add([_person(number) for number in range(int(people))], today, int(people))
        with records.writing() as connection:
            code = organisation_code(connection, records.cipher, organisation)
        badges = [badge_text(code, each.secret) for each in roster.people()]
        print(json.dumps({"codes": codes, "badges": badges}))
    finally:
        records.close()
    return 0


def _person(number: int) -> NewPerson:
    row = PersonRow("passport", f"X5{number:07}", "Any Person")
    return NewPerson(number, row, "")


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
