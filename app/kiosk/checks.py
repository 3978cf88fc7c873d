"""Checks of visitors at a kiosk: one person, who is not on the roster, and the word for them.

Threat: a kiosk, or its key in wrong hands, tries names by the thousand. Limit: each new person
counts in the organisation's quota before anything is looked up, as in its lists; the kiosk's own
limit comes before (app/kiosk/api).
"""

from app.indexes.store import CannotAnswer
from app.kiosk.exposure_access import sees_exposures
from app.kiosk.roster.door_words import look_up_words, within_quota
from app.kiosk.words import DoorWord, Reason, Word
from app.records.organisations.organisations import Organisation
from app.services import AppServices
from exposure_index.identity.parsing import InvalidIdentity, parse_identity

FIELDS = ("id_type", "id_number", "name", "name_latin")


def check_person(
    services: AppServices, organisation: Organisation, fields: dict[str, str]
) -> DoorWord:
    """Return the word for a visitor. fields: FIELDS, as typed; name_latin may be absent.

    Where kiosks of the organisation see no exposures nobody is looked up: the kiosk, which knows
    that, goes by temperature and symptoms alone.
    Raises RecordsUnavailable and NoSuchOrganisation.
    """
    try:
        claim = parse_identity(*(fields.get(name, "") for name in FIELDS))
    except InvalidIdentity:
        return DoorWord(Word.NOT_CHECKED, Reason.INVALID_PERSON)
    with services.records.reading() as connection:
        sees = sees_exposures(connection, services.records.cipher, organisation)
    if not sees:
        return DoorWord(Word.NOT_CHECKED)
    try:
        snapshot = services.indexes.snapshot()
        (admitted,) = within_quota(services.records, organisation, [(claim,)])
        if not admitted:
            return DoorWord(Word.NOT_CHECKED, Reason.QUOTA)
        today = services.settings.today()
        return look_up_words(services.indexes, snapshot, [(claim,)], today)[0]
    except CannotAnswer:
        return DoorWord(Word.NOT_CHECKED, Reason.NO_INDEX)
