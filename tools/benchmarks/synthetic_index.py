"""A published index of any size, with invented people to ask about: for measurements only.

Entries beside those of the people are random bytes, which nobody without keys can tell from sealed
ones; they are gathered, sorted, written, verified and signed by what every build goes through.
"""

import os
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

from stdnum.cn.ric import calc_check_digit

from exposure_index.crypto.keyed_hash import ENTRY_BYTES
from exposure_index.crypto.keygen import generate_keys, web_keys
from exposure_index.crypto.keys import KeyRing
from exposure_index.identity.parsing import parse_identity
from exposure_index.label.model import Exposure, Label, Mode, Relation, Tier
from exposure_index.publishing.build_facts import BuildFacts
from exposure_index.publishing.candidate import write_sealed_candidate
from exposure_index.publishing.entry_sealing import SealedBlock, Sealing, pack_listed_label
from exposure_index.publishing.publication import publish

BLOCK_ENTRIES = 10_000
DAY = date(2020, 1, 22)
UNTIL = DAY + timedelta(days=14)
RULES = {
    "nhc-2020-03": {
        "number": 3,
        "disease": "covid-19",
        "observation_days": 14,
        "words": {mode: {"en": "Who sat near the case."} for mode in ("train", "flight")},
        "advice": {tier: {"en": ["Stay at home.", "Call."]} for tier in ("close", "general")},
    }
}
FIRST_HAN, HAN_USED = 0x4E00, 18_000
FILLER = ord("某") - FIRST_HAN  # "somebody": no name ends with it


@dataclass(frozen=True)
class InventedPeople:
    """One invented person who is listed, one who is not, and the first one's number with another's
    name: each as the fields of a check, of one length, with region 99, which no number has.

    Which of two numbers is the listed one's, and which of two names, differs from person to person:
    what it takes to read one sort of number is no difference between the listed and others.
    """

    listed: dict[str, str]
    unlisted: dict[str, str]
    wrong_name: dict[str, str]


def invented_people(number: int) -> InventedPeople:
    """Return the people of a number below 10^8."""
    first, second = divmod(number, HAN_USED)
    last = chr(FIRST_HAN + second + (second >= FILLER))
    sort = number // 2 % 2  # as often with one trip as with two, which the last bit decides
    name, other = (chr(FIRST_HAN + first + HAN_USED // 2 * (sort ^ each)) + last for each in (0, 1))
    own, others = (f"99{sort ^ each}{number:014d}" for each in (0, 1))
    return InventedPeople(_fields(own, name), _fields(others, name), _fields(own, other))


def write_index(
    folder: Path, *, people: int, entries: int, authority: str = "Measurement 测量"
) -> None:
    """Write FOLDER/index, and FOLDER/keys for the service, with at least ``people`` entries.

    Half of the people have one trip in their label, half have two.
    """
    generate_keys(folder / "builder-keys")
    web_keys(folder / "builder-keys", folder / "keys")
    keys = KeyRing.from_directory(folder / "builder-keys", {})
    now = datetime.now(UTC)
    facts = BuildFacts(
        authority=authority,
        built_at=now,
        valid_for=timedelta(hours=48),
        oldest_source=now,
        rules=RULES,
        coverage=[],
    )

    def blocks(sealing: Sealing) -> Iterator[SealedBlock]:
        for begin in range(0, people, BLOCK_ENTRIES):
            numbers = range(begin, min(begin + BLOCK_ENTRIES, people))
            yield sealing.seal_block([_entry(number) for number in numbers])
        for begin in range(people, entries, BLOCK_ENTRIES):
            count = min(BLOCK_ENTRIES, entries - begin)
            yield SealedBlock(os.urandom(count * ENTRY_BYTES), b"")

    build_id = write_sealed_candidate(folder / "index", blocks, facts, keys, None)
    publish(folder / "index", build_id, keys, now=now)


def _entry(number: int) -> tuple[bytes, bytes]:
    identity = parse_identity(*invented_people(number).listed.values())
    train = Exposure(
        Mode.TRAIN, Tier.CLOSE, 3, Relation.SAME_CARRIAGE, DAY, 8, f"G{number % 9999}", UNTIL
    )
    flight = Exposure(Mode.FLIGHT, Tier.GENERAL, 3, Relation.SAME_ROW, DAY, 0, "CZ3013", UNTIL)
    trips = [train, flight][: 1 + number % 2]
    return identity.encode_names()[0], pack_listed_label(Label.of(trips))


def _fields(seventeen: str, name: str) -> dict[str, str]:
    number = seventeen + calc_check_digit(f"{seventeen}0")
    return {"id_type": "resident", "id_number": number, "name": name}
