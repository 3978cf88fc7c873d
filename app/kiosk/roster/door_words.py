"""What the door says to each person of a roster, by one snapshot of the indexes and one quota."""

import time
from collections.abc import Iterator, Sequence
from datetime import date
from itertools import islice
from typing import TypeVar

from app.indexes.snapshot import IndexSnapshot
from app.indexes.store import CannotAnswer, IndexStore
from app.kiosk.words import DoorWord, Reason, Word, door_word
from app.organisations.people_digests import PeopleDigests, claims_text, people_key
from app.organisations.quota import QuotaLedger
from app.records.database import Records
from app.records.kiosks.roster import RosterPerson
from app.records.organisations.organisations import Organisation
from exposure_index.identity.canonical import IdentityClaim, claim_encodings
from exposure_index.identity.parsing import InvalidIdentity
from exposure_index.lookup.batch import BuildDamaged, look_up_encoded
from tables.people_csv import PersonRow
from tables.staff_lists.staff_list import claims_of

PEOPLE_AT_A_TIME = 1_000
"""Between two such chunks other requests of the process have their turn."""

Claims = Sequence[IdentityClaim]
Item = TypeVar("Item")


def claims_of_person(person: RosterPerson) -> Claims:
    """Return every identity that a person of a roster may have. Raises InvalidIdentity."""
    row = PersonRow(
        person.id_type,
        person.id_number,
        person.name,
        person.name_latin,
        passport_number=person.passport_number,
    )
    return claims_of(row)


def look_up_words(
    store: IndexStore, snapshot: IndexSnapshot, claims: Sequence[Claims], today: date
) -> list[DoorWord]:
    """Return the word for each person, in order; without claims they are not checked.

    Raises CannotAnswer where a build fails while it is read; it is quarantined then.
    """
    words: list[DoorWord] = []
    try:
        for chunk in _chunks(claims):
            words += _look_up_words(snapshot, chunk, today)
    except BuildDamaged as error:
        store.quarantine({error.build_id})
        raise CannotAnswer(("damaged",)) from None
    return words


def within_quota(
    records: Records, organisation: Organisation, claims: Sequence[Claims]
) -> list[bool]:
    """Count everybody in the quota of an organisation; return who is within it, in order.

    As in a list: somebody of several identities is checked under all of them or not at all.
    Raises NoSuchOrganisation and RecordsUnavailable.
    """
    digests = PeopleDigests(people_key(records.cipher, organisation.id))
    owners = [at for at, each in enumerate(claims) for _ in each]
    people = [digests.of(claims_text([claim])) for each in claims for claim in each]
    with records.writing() as connection:
        admitted = QuotaLedger(records, organisation).admit(connection, people)
    refused = {owner for owner, within in zip(owners, admitted, strict=True) if not within}
    return [at not in refused for at in range(len(claims))]


def readable_claims(people: Sequence[RosterPerson]) -> list[Claims]:
    """Return the identities of each person, none where they are read as nobody any more."""
    found: list[Claims] = []
    for chunk in _chunks(people):
        for person in chunk:
            try:
                found.append(claims_of_person(person))
            except InvalidIdentity:
                found.append(())
    return found


def roster_words(
    store: IndexStore,
    snapshot: IndexSnapshot,
    claims: Sequence[Claims],
    admitted: Sequence[bool],
    today: date,
) -> list[DoorWord]:
    """Return the word for each person; past the quota they are not checked.

    Raises CannotAnswer.
    """
    within = [each if one else () for each, one in zip(claims, admitted, strict=True)]
    words = look_up_words(store, snapshot, within, today)
    return [
        word if one else DoorWord(Word.NOT_CHECKED, Reason.QUOTA)
        for word, one in zip(words, admitted, strict=True)
    ]


def _look_up_words(
    snapshot: IndexSnapshot, claims: Sequence[Claims], today: date
) -> list[DoorWord]:
    """Raise BuildDamaged."""
    encoded: list[bytes] = []
    owners: list[int] = []
    for owner, each in enumerate(claims):
        for claim in each:
            encodings = claim_encodings(claim.document, claim.names)
            encoded += encodings
            owners += [owner] * len(encodings)
    worst = look_up_encoded(snapshot.indexes, encoded, owners)
    return [
        door_word(snapshot, worst.get(owner), today)
        if each
        else DoorWord(Word.NOT_CHECKED, Reason.INVALID_PERSON)
        for owner, each in enumerate(claims)
    ]


def _chunks(items: Sequence[Item]) -> Iterator[list[Item]]:
    rest = iter(items)
    while chunk := list(islice(rest, PEOPLE_AT_A_TIME)):
        yield chunk
        time.sleep(0)  # lets another thread have the interpreter
