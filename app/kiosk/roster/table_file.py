"""The file of a decision table: one encrypted entry for each badge, found by its secret alone.

Threat: whoever has a tablet, or a copy of the file, learns who may come in and what they are
called. Limit: place, key and nonce of an entry come from 160 random bits that stand on the card
only, and from an id that no two tables share; random entries hide how many there are.
File: "GAUGEK01" ‖ table id 16 ‖ entries u32be ‖ valid until u64be ms ‖ entries of 128 by locator.
Entry: locator 16 ‖ AES-256-GCM of 96. docs/kiosk-protocol.md says it byte by byte.
"""

import secrets
import struct
from collections.abc import Iterable
from dataclasses import dataclass

from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from app.kiosk.words import DoorWord, Reason, Word

MAGIC = b"GAUGEK01"
TABLE_ID_BYTES = 16
LOCATOR_BYTES = 16
KEY_BYTES = 32
NONCE_BYTES = 12
ENTRY_BYTES = 128
NAME_BYTES = 64
ENTRIES_MULTIPLE = 64
DECISION_VERSION = 1
_INFO = b"gauge/v1/kiosk/badge"
_HEAD = struct.Struct(">8s16sIQ")
_DECISION = struct.Struct(">BBBQ16sB64s4x")
WORD_NUMBERS = {Word.NOT_CHECKED: 0, Word.COME_IN: 1, Word.WAIT: 2, Word.TEMPERATURE: 3}
REASON_NUMBERS = {Reason.EXPOSURE: 1, Reason.INCOMPLETE: 2}
OTHER_REASON = 0


@dataclass(frozen=True, slots=True, repr=False)
class TableEntry:
    """What one badge says at the door; person: the id on the roster, 32 hex letters."""

    secret: bytes
    person: str
    name: str
    word: DoorWord


def new_table_id() -> bytes:
    """Return the id of a new table: under the same one no secret may be used twice."""
    return secrets.token_bytes(TABLE_ID_BYTES)


def pack_table(table_id: bytes, valid_until: int, entries: Iterable[TableEntry]) -> bytes:
    """Return the file of a table. valid_until: milliseconds since 1970, of each entry too."""
    packed = [_pack_entry(table_id, valid_until, each) for each in entries]
    dummies = -len(packed) % ENTRIES_MULTIPLE if packed else ENTRIES_MULTIPLE
    packed += [secrets.token_bytes(ENTRY_BYTES) for _ in range(dummies)]
    packed.sort()
    return _HEAD.pack(MAGIC, table_id, len(packed), valid_until) + b"".join(packed)


def _pack_entry(table_id: bytes, valid_until: int, entry: TableEntry) -> bytes:
    length = LOCATOR_BYTES + KEY_BYTES + NONCE_BYTES
    derived = HKDF(SHA256(), length, table_id, _INFO).derive(entry.secret)
    locator, key = derived[:LOCATOR_BYTES], derived[LOCATOR_BYTES:-NONCE_BYTES]
    name = _cut(entry.name)
    decision = _DECISION.pack(
        DECISION_VERSION,
        WORD_NUMBERS[entry.word.word],
        _reason_number(entry.word.reason),
        valid_until,
        bytes.fromhex(entry.person),
        len(name),
        name,
    )
    return locator + AESGCM(key).encrypt(derived[-NONCE_BYTES:], decision, table_id)


def _reason_number(reason: Reason | None) -> int:
    return OTHER_REASON if reason is None else REASON_NUMBERS.get(reason, OTHER_REASON)


def _cut(name: str) -> bytes:
    """Return a name in UTF-8, cut at a character where it is too long."""
    return name.encode()[:NAME_BYTES].decode(errors="ignore").encode()
