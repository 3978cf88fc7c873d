"""Reading within the organisation of whoever is signed in: no page names another one."""

from collections.abc import Callable
from typing import TypeVar

from sqlalchemy import Connection

from app.organisations.members import SignedInMember
from app.records.encrypted_fields import FieldCipher
from app.records.kiosks.kiosks import kiosks_of
from app.services import current_services

Found = TypeVar("Found")


def in_organisation(
    member: SignedInMember, read: Callable[[Connection, FieldCipher, int], Found]
) -> Found:
    """Return what a function reads of the member's organisation, in one transaction."""
    records = current_services().records
    with records.reading() as connection:
        return read(connection, records.cipher, member.organisation.id)


def kiosk_names(connection: Connection, cipher: FieldCipher, organisation: int) -> dict[str, str]:
    """Return the names of an organisation's kiosks by their ids."""
    return {one.id: one.name for one in kiosks_of(connection, cipher, organisation)}
