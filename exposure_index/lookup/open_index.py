"""Opening an index for lookups: everything is checked before the first one."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from exposure_index.crypto.keyed_hash import (
    LOCATOR_BYTES,
    MATERIAL_BYTES,
    EntryInvalid,
    entry_hmac,
    entry_material,
    key_id,
    open_entry,
    plain_build_key,
    plain_page_key,
)
from exposure_index.crypto.keys import KeyFault, KeyRing
from exposure_index.crypto.primed_hmac import PrimedHmac
from exposure_index.crypto.trust import Trust
from exposure_index.errors import (
    CanaryRefused,
    Expired,
    IdentityTableRefused,
    IndexDamaged,
    KeyRefused,
    RolledBack,
)
from exposure_index.files.build_files import CheckedFiles, open_build_files
from exposure_index.files.index_directory import build_directory
from exposure_index.files.manifest import MANIFEST_FILE, Manifest
from exposure_index.files.plain_index import PlainIndex
from exposure_index.files.published_places import NOWHERE, PublishedPlaces
from exposure_index.files.trip_list import TripListDamaged
from exposure_index.identity.canonical import IDENTITY_HASH, EncodedIdentity
from exposure_index.label.codec import (
    RULE_NUMBERS,
    LabelInvalid,
    LabelNumbers,
    PlainLabel,
    unpack_label,
)
from exposure_index.label.model import Label
from exposure_index.lookup.canary import canary_identity, canary_label
from exposure_index.lookup.decoys import sealed_decoys
from exposure_index.trip_text.reading import READING_HASH


@dataclass(frozen=True, slots=True, repr=False)
class _Opener:
    """The keyed side of one build; its repr shows no key."""

    keyed: PrimedHmac
    build_id: bytes
    decoys: tuple[tuple[bytes, bytes], ...]  # material and entry, in the place of one not found

    def label(self, plain: PlainIndex, encoded: bytes) -> PlainLabel:
        """Look up an encoded identity: its label, nobody's where the index is silent.

        Found or not, one entry is opened and read, so that time tells nothing of the answer.
        Raises IndexDamaged.
        """
        material = self.keyed.mac(encoded)[:MATERIAL_BYTES]
        entry, is_there = plain.find(material[:LOCATOR_BYTES])
        decoy = self.decoys[int.from_bytes(material[-4:], "big") % len(self.decoys)]
        its_material, sealed = (decoy, (material, entry))[is_there]
        try:
            return unpack_label(open_entry(its_material, sealed, self.build_id))
        except (EntryInvalid, LabelInvalid) as error:
            raise IndexDamaged("an entry fails its check") from error

    def labels_there(
        self, plain: PlainIndex, encoded: Sequence[bytes]
    ) -> list[tuple[int, LabelNumbers]]:
        """Look many encoded identities up; return the labels that are there, with their places.

        Raises IndexDamaged.
        """
        materials = [entry_material(self.keyed, each) for each in encoded]
        order = sorted(range(len(materials)), key=materials.__getitem__)
        entries = plain.find_many([materials[place][:LOCATOR_BYTES] for place in order])
        try:
            return [
                (
                    order[at],
                    LabelNumbers.unpack(open_entry(materials[order[at]], entry, self.build_id)),
                )
                for at, entry in entries
            ]
        except (EntryInvalid, LabelInvalid) as error:
            raise IndexDamaged("an entry fails its check") from error


class OpenIndex:
    """One build, checked whole; safe to use from several threads.

    Dropping the last reference frees it: a service that switches builds need not close the old
    one while requests still read it.
    """

    def __init__(self, manifest: Manifest, files: CheckedFiles, opener: _Opener) -> None:
        self.manifest = manifest
        self.rule_names = tuple(map(manifest.rule_name, range(RULE_NUMBERS)))
        self.reads_trips = manifest.reading == READING_HASH
        """Whether its builder read trip numbers as this program does."""
        self.trips = files.trips if self.reads_trips else None
        """The trip list; None where a build has none, or one of numbers read otherwise.

        Threat: a number that is read otherwise is looked up where it does not stand, and a trip
        with a case is told as one without. Limit: such a list is not there, so that trips are
        `incomplete`; people are looked up all the same, for no trip number takes part in it.
        """
        self._files = files
        self._plain = files.plain
        self._opener = opener

    @classmethod
    def open(
        cls, path: Path, keys: KeyRing, trust: Trust, *, now: datetime, minimum_seq: int = 0
    ) -> "OpenIndex":
        """Open the index of OUT (then `current`) or of one build, ready for lookups.

        now: aware; minimum_seq: the highest seq ever accepted of this authority.
        Raises a Refused: SignatureRefused, RolledBack, Expired, IdentityTableRefused,
        ChecksumRefused, KeyRefused, CanaryRefused, Malformed or EarlierEdition.
        """
        build = build_directory(path)
        manifest = Manifest.load(build / MANIFEST_FILE)
        trust.check(manifest.signed_bytes(), manifest.signatures)
        if manifest.seq < minimum_seq:
            raise RolledBack(f"seq {manifest.seq}, but {minimum_seq} was seen before")
        if manifest.expired(now):
            raise Expired("the index is past its valid_until")
        return cls.open_unsigned(build, manifest, keys)

    @classmethod
    def open_unsigned(cls, build: Path, manifest: Manifest, keys: KeyRing) -> "OpenIndex":
        """Open an index after every check but signatures and time: for candidates."""
        if manifest.identity != IDENTITY_HASH:
            raise IdentityTableRefused("made with other identity rules")
        root, build_id = _root_plain(manifest, keys), bytes.fromhex(manifest.build_id)
        files = open_build_files(build, manifest, plain_page_key(root, build_id))
        index = cls(manifest, files, _opener(manifest, root, build_id))
        if not index.canary_found():
            index.close()
            raise CanaryRefused("the canary is not found")
        return index

    def labels(self, identity: EncodedIdentity) -> tuple[Label, ...]:
        """Return the labels under each name and under the document alone, as many as there are.

        All are looked up always. Raises IndexDamaged, and then there is no answer.
        """
        labels = map(LabelNumbers.of, self.entry_labels(identity))
        return tuple(Label.of_numbers(label) for label in labels if not label.first.is_blank)

    def entry_labels(self, identity: EncodedIdentity) -> tuple[PlainLabel, ...]:
        """Return the labels under each name, and under the document alone, by their numbers.

        In the place of one not found stands nobody's label, so that the same work is done whoever
        asks. Raises IndexDamaged.
        """
        label, plain = self._opener.label, self._plain
        labels = []
        for encoded in (*identity.encode_names(), identity.encode_document()):
            labels.append(label(plain, encoded))  # noqa: PERF401 - a comprehension is a function
        return tuple(labels)

    def find_labels(self, encoded: Sequence[bytes]) -> list[tuple[int, LabelNumbers]]:
        """Return the labels of those encoded identities that are there, each with its place.

        Quicker than one by one, and time tells who is listed: for lists whose owner sees every
        answer. Raises IndexDamaged, and then there is no answer about any of them.
        """
        return self._opener.labels_there(self._plain, encoded)

    def published_places(self) -> PublishedPlaces:
        """Return from and to of published trips; NOWHERE without a list that can be read.

        Made once (``TripList.days``): a service reads the list when it opens the index.
        """
        try:
            return NOWHERE if self.trips is None else self.trips.places()
        except TripListDamaged:
            return NOWHERE

    def canary_found(self) -> bool:
        """Return whether the ordinary lookup finds the canary, by name and by document alone."""
        expected = canary_label(self.manifest.built_at)
        try:
            return self.labels(canary_identity(self.manifest.build_id)) == (expected, expected)
        except IndexDamaged:
            return False

    def check_all(self) -> tuple[int, int | None]:
        """Return the numbers of entries and of records of trips, None without a trip list.

        Every page and block is checked. Raises IndexDamaged.
        """
        return self._files.check_all()

    def close(self) -> None:
        """Close the files; a later lookup raises IndexDamaged or TripListDamaged."""
        self._files.close()


def _root_plain(manifest: Manifest, keys: KeyRing) -> bytes:
    """Return the key that the build was made with. Raises KeyRefused."""
    try:
        root = keys.bytes("root_plain")
    except KeyFault as error:
        raise KeyRefused(str(error)) from error
    if key_id(root).hex() != manifest.key_id:
        raise KeyRefused("the index was made with another root_plain")
    return root


def _opener(manifest: Manifest, root: bytes, build_id: bytes) -> _Opener:
    keyed = entry_hmac(plain_build_key(root, build_id))
    return _Opener(keyed, build_id, sealed_decoys(manifest, keyed, build_id))
