"""trips.idx: published trips, and passenger lists held, by service number; writer and reader.

Blocks of records, each `\\n` and JSON `["key",value]`, sorted by key (UTF-8), of about 16 KiB; then
one JSON object, the contents, with the first key, place, length and SHA-256 of each block; then
the contents' place u64be ‖ length u64be ‖ magic. The manifest signs the file's checksum. The
contents are kept as they were when it was taken, so that they can be trusted from then on; each
read checks its block, and a miss is believed only in a block that proves itself. What lies near a
number that was missed is found in memory (``service_days``), made of blocks that proved themselves,
and so are from and to of what is published (``published_places``).

Keys: `d DATE MODE` → the numbers published on that day; `s MODE NUMBER` → {"numbers": every
number of the service, "held": days with a passenger list, "trips": day of the ticket → published
trips}.
"""

import json
import threading
from bisect import bisect_right
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from hashlib import sha256
from typing import Any, BinaryIO

from exposure_index.files.positioned_file import PositionedFile, ReadFailed
from exposure_index.files.published_places import PublishedPlaces
from exposure_index.files.published_trip import (
    ServiceTrips,
    day_key,
    parse_service_key,
    service_key,
)
from exposure_index.files.service_days import ServiceDays

MAGIC = b"GAUGET01"
BLOCK_BYTES = 16_384
_TRAILER_BYTES = 8 + 8 + len(MAGIC)
_PIECE_BYTES = 1 << 18
_encoder = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"))


class TripListMalformed(Exception):
    """The file is no trips.idx of this format."""


class TripListChanged(Exception):
    """The file is not the one whose checksum was signed."""


class TripListDamaged(Exception):
    """A block failed its check after the file was opened: there is no answer."""


@dataclass(frozen=True, slots=True)
class TripListFacts:
    """Facts of the whole list.

    build_id: in hex; published: whether any publications were delivered: without them nobody can
    say that a trip has no case.
    """

    build_id: str
    published: bool


def write_trip_list(
    target: BinaryIO, facts: TripListFacts, records: Iterable[tuple[str, Any]]
) -> int:
    """Write the whole file; return the number of records.

    records: (key, value as JSON), ascending by key, each once. Raises ValueError otherwise.
    """
    blocks: list[tuple[str, int, int, str]] = []
    pending: list[bytes] = []
    place = size = count = 0
    first = last = ""

    def write_block() -> None:
        nonlocal place, size
        data = b"".join(pending)
        blocks.append((first, place, len(data), sha256(data).hexdigest()))
        place += target.write(data)
        size = 0
        pending.clear()

    for key, value in records:
        if key <= last:
            message = "records are not sorted by key, or one came twice"
            raise ValueError(message)
        if size >= BLOCK_BYTES:
            write_block()
        first = key if not pending else first
        record = _begin(key) + _json(value) + b"]"
        pending.append(record)
        size += len(record)
        last = key
        count += 1
    if pending:
        write_block()
    contents = _json({"build_id": facts.build_id, "published": facts.published, "blocks": blocks})
    target.write(contents)
    target.write(place.to_bytes(8, "big") + len(contents).to_bytes(8, "big") + MAGIC)
    return count


class TripList:
    """Reader of one file; safe to use from several threads and after a fork."""

    def __init__(self, file: BinaryIO, checksum: str) -> None:
        """Take over an open file; checksum: its SHA-256 in hex, as signed.

        Raises TripListChanged where it is another, TripListMalformed where it is no such list.
        """
        try:
            self._file = PositionedFile(file)
            contents_bytes = _signed_contents(self._file, checksum)
            contents = json.loads(contents_bytes)
            self.facts = TripListFacts(str(contents["build_id"]), bool(contents["published"]))
            self._blocks = [
                (int(place), int(length), bytes.fromhex(digest))
                for _, place, length, digest in contents["blocks"]
            ]
            self._firsts = [str(first) for first, *_ in contents["blocks"]]
            self._days: tuple[ServiceDays, PublishedPlaces] | TripListDamaged | None = None
            self._reading_days = threading.Lock()
        except (OSError, ReadFailed, ValueError, KeyError, TypeError) as error:
            raise TripListMalformed("trips.idx is no list of trips of this format") from error

    def service(self, mode: str, number: str) -> ServiceTrips | None:
        """Return what is known under a canonical number, None where that is nothing.

        Raises TripListDamaged.
        """
        value = self._value(service_key(mode, number))
        try:
            return None if value is None else ServiceTrips.from_json(value)
        except (ValueError, TypeError, KeyError, AttributeError) as error:
            raise TripListDamaged("a record is none") from error

    def published_on(self, day: date, mode: str) -> tuple[str, ...]:
        """Return the numbers of services published for a day. Raises TripListDamaged."""
        return tuple(self._value(day_key(day, mode)) or ())

    def days(self) -> ServiceDays:
        """Return the days of all services; the first time every block is read and checked.

        Raises TripListDamaged, and then always: nobody reads a damaged list again and again.
        """
        return self._in_memory()[0]

    def places(self) -> PublishedPlaces:
        """Return from and to of published trips, made with ``days``. Raises TripListDamaged."""
        return self._in_memory()[1]

    def knows(self, mode: str, number: str) -> bool:
        """Return whether a service stands in the list, on whatever day. Raises TripListDamaged."""
        days = self.days()
        known = days.knows(mode, number)
        return known or (not days.is_whole and self.service(mode, number) is not None)

    def check_all(self) -> int:
        """Return the number of records after checking every block. Raises TripListDamaged."""
        count, last = 0, ""
        for number, first in enumerate(self._firsts):
            keys = [json.loads(line)[0] for line in self._block(number).split(b"\n")[1:]]
            ascending = sorted(set(keys)) == keys
            if not keys or keys[0] != first or not ascending or keys[0] <= last:
                raise TripListDamaged("records are not sorted")
            count, last = count + len(keys), keys[-1]
        return count

    def close(self) -> None:
        """Close the file; a later look raises TripListDamaged."""
        self._file.close()

    def _in_memory(self) -> tuple[ServiceDays, PublishedPlaces]:
        if self._days is None:
            with self._reading_days:
                if self._days is None:  # nobody read them while this one waited
                    self._days = self._days_or_damage()
        if isinstance(self._days, TripListDamaged):
            raise TripListDamaged("the days of services cannot be read") from self._days
        return self._days

    def _days_or_damage(self) -> tuple[ServiceDays, PublishedPlaces] | TripListDamaged:
        try:
            return self._read_days()
        except TripListDamaged as error:
            return error

    def _read_days(self) -> tuple[ServiceDays, PublishedPlaces]:
        days, places = ServiceDays(), PublishedPlaces()
        for number in range(len(self._blocks)):
            for line in self._block(number).split(b"\n")[1:]:
                try:
                    key, value = json.loads(line)
                    service = parse_service_key(key)
                    if service is not None:
                        days.add(
                            *service,
                            published=map(date.fromisoformat, value["trips"]),
                            passenger_lists=map(date.fromisoformat, value["held"]),
                        )
                        places.add(*service, value["trips"])
                except (ValueError, TypeError, KeyError, AttributeError) as error:
                    raise TripListDamaged("a record is none") from error
        places.leave_out_the_oldest()
        return days, places

    def _value(self, key: str) -> Any:  # noqa: ANN401 - as JSON holds it
        number = bisect_right(self._firsts, key) - 1
        if number < 0:
            return None
        block = self._block(number)
        begin = _begin(key)
        at = block.find(begin)
        if at < 0:
            return None
        end = block.find(b"\n", at + 1)
        record = block[at + len(begin) : end if end > 0 else len(block)]
        try:
            return json.loads(record[:-1].decode())
        except ValueError as error:
            raise TripListDamaged("a record is none") from error

    def _block(self, number: int) -> bytes:
        place, length, digest = self._blocks[number]
        try:
            block = self._file.read(place, length)
        except ReadFailed as error:
            raise TripListDamaged(f"a block cannot be read: {error}") from error
        if sha256(block).digest() != digest:
            raise TripListDamaged("a block fails its checksum")
        return block


def _signed_contents(file: PositionedFile, checksum: str) -> bytes:
    """Return the contents, the very bytes whose checksum was compared.

    Threat: who rewrites the file between its checksum and a second read of its contents makes any
    list a signed one. Limit: there is no second read.
    """
    begin = file.size() - _TRAILER_BYTES
    if begin < 0:
        raise TripListMalformed("trips.idx is cut short")
    trailer = file.read(begin, _TRAILER_BYTES)
    place, length = int.from_bytes(trailer[:8], "big"), int.from_bytes(trailer[8:16], "big")
    if trailer[16:] != MAGIC or place + length != begin:
        raise TripListMalformed("trips.idx is of another format, or cut short")
    contents, digest = file.read(place, length), sha256()
    for at in range(0, place, _PIECE_BYTES):
        digest.update(file.read(at, min(_PIECE_BYTES, place - at)))
    digest.update(contents)
    digest.update(trailer)
    if digest.hexdigest() != checksum:
        raise TripListChanged("trips.idx is not the file that was signed")
    return contents


def _begin(key: str) -> bytes:
    """Return how a record begins: newlines inside it are escaped, so that nothing else does."""
    return b"\n[" + _json(key) + b","


def _json(value: Any) -> bytes:  # noqa: ANN401 - whatever JSON holds
    return _encoder.encode(value).encode()
