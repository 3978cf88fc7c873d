"""Files of a build: opens them and compares them with the checksums that were signed."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from hashlib import file_digest
from io import BufferedReader
from pathlib import Path

from exposure_index.errors import ChecksumRefused, IndexDamaged, KeyRefused, Malformed
from exposure_index.files.manifest import Manifest
from exposure_index.files.plain_index import IndexMalformed, PlainIndex
from exposure_index.files.trip_list import (
    TripList,
    TripListChanged,
    TripListDamaged,
    TripListMalformed,
)
from exposure_index.regular_files import open_regular

PLAIN_FILE = "plain.idx"
TRIPS_FILE = "trips.idx"


@dataclass(frozen=True, slots=True)
class CheckedFiles:
    """A build's files, read from the same open files whose checksums were taken."""

    plain: PlainIndex
    trips: TripList | None

    def check_all(self) -> tuple[int, int | None]:
        """Return the numbers of entries and of records of trips, None without a trip list.

        Every page and block is checked. Raises IndexDamaged.
        """
        return self.plain.check_all(), check_all_trips(self.trips)

    def close(self) -> None:
        """Close the files; a later lookup raises IndexDamaged or TripListDamaged."""
        self.plain.close()
        if self.trips is not None:
            self.trips.close()


def open_build_files(build: Path, manifest: Manifest, page_key: bytes) -> CheckedFiles:
    """Open what is answered from, after checking every file of the manifest.

    page_key: `plain_page_key` of the build. Raises ChecksumRefused, KeyRefused or Malformed.
    """
    trips = check_build_files(build, manifest)
    with _open(build, PLAIN_FILE) as file:
        return CheckedFiles(_plain(file, manifest, page_key), trips)


def check_build_files(build: Path, manifest: Manifest) -> TripList | None:
    """Compare every file of the manifest with its checksum, which needs no key.

    Returns the trip list, None where the build has none. Raises ChecksumRefused or Malformed.
    """
    if PLAIN_FILE not in manifest.files:
        raise Malformed("the manifest names no plain.idx")
    trips: TripList | None = None
    for name, expected in manifest.files.items():
        with _open(build, name) as file:
            if name == TRIPS_FILE:
                trips = _trips(file, expected, manifest)
            elif file_digest(file, "sha256").hexdigest() != expected:
                raise ChecksumRefused(f"{name} is not the file that was signed")
    return trips


def check_all_trips(trips: TripList | None) -> int | None:
    """Return the number of records after checking every block, None without a list.

    Raises IndexDamaged.
    """
    try:
        return trips.check_all() if trips is not None else None
    except TripListDamaged as error:
        raise IndexDamaged(str(error)) from error


@contextmanager
def _open(build: Path, name: str) -> Iterator[BufferedReader]:
    """Open one file of a build. Raises ChecksumRefused where it cannot be read."""
    try:
        with open_regular(build / name) as file:
            yield file
    except OSError as error:
        raise ChecksumRefused(f"{name} cannot be read") from error


def _trips(file: BufferedReader, checksum: str, manifest: Manifest) -> TripList:
    try:
        trips = TripList(file, checksum)
    except TripListChanged as error:
        raise ChecksumRefused(str(error)) from error
    except TripListMalformed as error:
        raise Malformed(str(error)) from error
    if trips.facts.build_id != manifest.build_id:
        raise Malformed(f"{TRIPS_FILE} is of another build")
    return trips


def _plain(file: BufferedReader, manifest: Manifest, page_key: bytes) -> PlainIndex:
    """Open the entries; every page of them proves itself, whatever was written since."""
    try:
        plain = PlainIndex(file, page_key)
    except IndexMalformed as error:
        raise Malformed(f"{PLAIN_FILE}: {error}") from error
    if plain.header.build_id.hex() != manifest.build_id:
        raise Malformed(f"{PLAIN_FILE} is of another build")
    if plain.header.key_id.hex() != manifest.key_id:
        raise KeyRefused(f"{PLAIN_FILE} was made with another key than the manifest tells")
    return plain
