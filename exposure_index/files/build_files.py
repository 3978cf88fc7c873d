"""Files of a build: opens them and compares them with the checksums that were signed."""

from dataclasses import dataclass
from hashlib import file_digest
from pathlib import Path
from typing import BinaryIO

from exposure_index.errors import ChecksumRefused, IndexDamaged, KeyRefused, Malformed
from exposure_index.files.manifest import Manifest
from exposure_index.files.plain_index import IndexMalformed, PlainIndex
from exposure_index.files.trip_list import TripList, TripListDamaged, TripListMalformed

PLAIN_FILE = "plain.idx"
TRIPS_FILE = "trips.idx"


@dataclass(frozen=True, slots=True)
class CheckedFiles:
    """A build's files, mapped from the same open files whose checksums were taken."""

    plain: PlainIndex
    trips: TripList | None

    def check_all(self) -> tuple[int, int | None]:
        """Return the numbers of entries and of records of trips, None without a trip list.

        Every page and block is checked. Raises IndexDamaged.
        """
        try:
            return self.plain.check_all(), self.trips.check_all() if self.trips else None
        except TripListDamaged as error:
            raise IndexDamaged(str(error)) from error

    def close(self) -> None:
        """Unmap the files; a later lookup raises IndexDamaged or TripListDamaged."""
        self.plain.close()
        if self.trips is not None:
            self.trips.close()


def open_build_files(build: Path, manifest: Manifest) -> CheckedFiles:
    """Open what is answered from, after checking every file of the manifest.

    Raises ChecksumRefused, KeyRefused or Malformed.
    """
    if PLAIN_FILE not in manifest.files:
        raise Malformed("the manifest names no plain.idx")
    plain: PlainIndex | None = None
    trips: TripList | None = None
    for name, expected in manifest.files.items():
        try:
            with (build / name).open("rb") as file:
                if file_digest(file, "sha256").hexdigest() != expected:
                    raise ChecksumRefused(f"{name} is not the file that was signed")
                if name == PLAIN_FILE:
                    plain = _mapped(file, manifest)
                elif name == TRIPS_FILE:
                    trips = _mapped_trips(file, manifest)
        except OSError as error:
            raise ChecksumRefused(f"{name} cannot be read") from error
    if plain is None:  # unreachable, for the type checker
        raise Malformed("no plain.idx")
    return CheckedFiles(plain, trips)


def _mapped_trips(file: BinaryIO, manifest: Manifest) -> TripList:
    try:
        trips = TripList(file)
    except TripListMalformed as error:
        raise Malformed(str(error)) from error
    if trips.facts.build_id != manifest.build_id:
        raise Malformed(f"{TRIPS_FILE} is of another build")
    return trips


def _mapped(file: BinaryIO, manifest: Manifest) -> PlainIndex:
    try:
        plain = PlainIndex(file)
    except IndexMalformed as error:
        raise Malformed(f"{PLAIN_FILE}: {error}") from error
    if plain.header.build_id.hex() != manifest.build_id:
        raise Malformed(f"{PLAIN_FILE} is of another build")
    if plain.header.key_id.hex() != manifest.key_id:
        raise KeyRefused(f"{PLAIN_FILE} was made with another key than the manifest tells")
    return plain
