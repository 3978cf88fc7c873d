"""What kiosks are told of their organisation: its title, and the code by which badges name it."""

from app.kiosk.api.schema import OrganisationItem
from app.organisations.directory import OrganisationDirectory
from app.records.database import Records
from app.records.kiosks.settings import known_code, organisation_code
from app.records.organisations.organisations import lock_organisation


def public_code(records: Records, organisation: int) -> str:
    """Return the public code of an organisation, made if there is none yet.

    Raises RecordsUnavailable.
    """
    with records.reading() as connection:
        code = known_code(connection, organisation)
    if code is not None:
        return code
    with records.writing() as connection:
        lock_organisation(connection, organisation)  # of two at once, one makes it
        return organisation_code(connection, records.cipher, organisation)


def organisation_item(records: Records, organisation: int) -> OrganisationItem:
    """Return what a kiosk is told. Raises NoSuchOrganisation and RecordsUnavailable."""
    title = OrganisationDirectory(records).by_id(organisation).title
    return OrganisationItem(id=public_code(records, organisation), title=title)
