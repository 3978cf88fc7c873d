"""manifest.json: what a build is, how long it may be used, and who signed it."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path
from typing import Any

from exposure_index.crypto.canonical_json import NotCanonical, canonical_bytes, parse_json
from exposure_index.errors import EarlierEdition, Malformed
from exposure_index.regular_files import MANIFEST_MAX_BYTES, read_regular

MANIFEST_FILE = "manifest.json"
SIZE_CLASSES = (150_000, 1_500_000, 15_000_000, 150_000_000)
SEQ_MAX = 2**53 - 1
LOG2_BUCKETS_MIN = 9  # fewer and larger buckets cost time, more and smaller ones hide nobody
LOG2_BUCKETS_MAX = 24
BUCKET_ENTRIES_MAX = 1 << 20
_TIME = "%Y-%m-%dT%H:%M:%SZ"
_TIME_SHAPE = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ", re.ASCII)
_KEY_ID = re.compile("[0-9a-f]{16}")
_DISEASE = re.compile(r"[\w-]{1,60}")
_FILE_NAME = re.compile(r"[A-Za-z0-9_][A-Za-z0-9_.-]*")


def size_class(entries: int) -> int:
    """Return the upper bound that the manifest tells instead of the number of entries."""
    return next((bound for bound in SIZE_CLASSES if entries <= bound), SIZE_CLASSES[-1])


def utc_text(moment: datetime) -> str:
    """Return an aware time as `YYYY-MM-DDTHH:MM:SSZ`, cut to the second."""
    return moment.astimezone(UTC).strftime(_TIME)


def signed_bytes(document: Mapping[str, Any]) -> bytes:
    """Return what signatures cover: the canonical JSON of everything but `signatures`.

    Raises Malformed.
    """
    return _canonical({name: value for name, value in document.items() if name != "signatures"})


def _canonical(document: dict[str, Any]) -> bytes:
    """Return the canonical JSON of a manifest. Raises Malformed where it has none."""
    try:
        return canonical_bytes(document)
    except NotCanonical as error:
        raise Malformed("the manifest has no canonical form") from error


@dataclass(frozen=True, slots=True)
class PrivateFacts:
    """What a manifest tells of the private check; key_id 8, public_key and root 32 bytes."""

    key_id: bytes
    public_key: bytes
    log2_buckets: int
    bucket_entries: int
    root: bytes


@dataclass(frozen=True, slots=True)
class Manifest:
    """Parsed manifest of the right shape; whether it is signed is another question.

    unruled: diseases whose cases are not in the index, since no rule set is for them.
    """

    authority: str
    seq: int
    build_id: str
    built_at: datetime
    valid_until: datetime
    oldest_source: datetime
    rules: Mapping[str, Any]
    coverage: list[Any]
    size_class: int
    identity: str
    reading: str
    key_id: str
    files: Mapping[str, str]
    previous: str
    private: "PrivateFacts | None"
    signatures: Mapping[str, str]
    document: Mapping[str, Any]
    unruled: tuple[str, ...] = ()

    @classmethod
    def load(cls, path: Path) -> "Manifest":
        """Load the manifest of a file. Raises Malformed."""
        try:
            return cls.parse(read_regular(path, MANIFEST_MAX_BYTES))
        except OSError as error:
            raise Malformed("there is no manifest to read") from error

    @classmethod
    def parse(cls, data: bytes) -> "Manifest":
        """Parse the manifest of a file's bytes. Raises Malformed, naming the field."""
        try:
            document = parse_json(data)
        except NotCanonical as error:
            raise Malformed("the manifest is not JSON as expected") from error
        return cls.from_document(document)

    @classmethod
    def from_document(cls, document: Mapping[str, Any]) -> "Manifest":
        """Return the manifest of a parsed object; unknown fields stay.

        Raises Malformed, or its kind EarlierEdition.
        """
        if "identity" in document and "reading" not in document:
            raise EarlierEdition("the index")
        field = _Fields(document)
        manifest = cls(
            authority=field.text("authority", r".+"),
            seq=field.integer("seq", 1),
            build_id=field.text("build_id", "[0-9a-f]{32}"),
            built_at=field.time("built_at"),
            valid_until=field.time("valid_until"),
            oldest_source=field.time("oldest_source"),
            rules=field.of("rules", dict),
            coverage=field.of("coverage", list),
            size_class=field.integer("size_class", 1),
            identity=field.text("identity", "[0-9a-f]{64}"),
            reading=field.text("reading", "[0-9a-f]{64}"),
            key_id=field.text("key_id", "[0-9a-f]{16}"),
            files=field.hexes("files", _FILE_NAME, "[0-9a-f]{64}"),
            previous=field.text("previous", "(?:[0-9a-f]{64})?"),
            private=_private(document),
            signatures=field.hexes("signatures", _KEY_ID, "[0-9a-f]{128}"),
            document=document,
            unruled=_unruled(document),
        )
        manifest.file_bytes()  # what has no canonical form is nobody's, and cannot be printed
        return manifest

    def signed_bytes(self) -> bytes:
        """Return what signatures cover."""
        return signed_bytes(self.document)

    def file_bytes(self) -> bytes:
        """Return the bytes of the manifest's file, which the next manifest names by their hash."""
        return _canonical(dict(self.document))

    def digest(self) -> str:
        """Return the SHA-256 of the manifest's file, in hex."""
        return sha256(self.file_bytes()).hexdigest()

    def expired(self, now: datetime) -> bool:
        """Return whether the build may no longer be answered from."""
        return now >= self.valid_until

    @property
    def unruled_sentence(self) -> str:
        """What to say of an answer beside it where diseases were left out; "" where none was."""
        diseases = ", ".join(self.unruled)
        return f"{self.authority}: cases of {diseases} are not in this index" if diseases else ""

    def rule(self, number: int) -> Mapping[str, Any]:
        """Return what is said of the rule set with that number; nothing where it is not known."""
        return next(
            (
                rule
                for rule in self.rules.values()
                if isinstance(rule, dict) and rule.get("number") == number
            ),
            {},
        )

    def rule_name(self, number: int) -> str:
        """Return the name of the rule set with that number, or the number as text."""
        for name, rule in self.rules.items():
            if isinstance(rule, dict) and rule.get("number") == number:
                return name
        return str(number)


def _unruled(document: Mapping[str, Any]) -> tuple[str, ...]:
    """Return the field `unruled`, () where a build left no disease out. Raises Malformed."""
    names = _Fields(document).of("unruled", list) if "unruled" in document else []
    if not all(isinstance(name, str) and _DISEASE.fullmatch(name) for name in names):
        raise Malformed("manifest: unruled")
    return tuple(names)


def _private(document: Mapping[str, Any]) -> PrivateFacts | None:
    """Return the field `private`, None where a build has none. Raises Malformed."""
    if "private" not in document:
        return None
    field = _Fields(_Fields(document).of("private", dict))
    return PrivateFacts(
        key_id=bytes.fromhex(field.text("key_id", _KEY_ID.pattern)),
        public_key=bytes.fromhex(field.text("public_key", "[0-9a-f]{64}")),
        log2_buckets=field.integer("log2_buckets", LOG2_BUCKETS_MIN, LOG2_BUCKETS_MAX),
        bucket_entries=field.integer("bucket_entries", 1, BUCKET_ENTRIES_MAX),
        root=bytes.fromhex(field.text("root", "[0-9a-f]{64}")),
    )


class _Fields:
    """Takes fields out of a document, each of one kind; raises Malformed with the field's name."""

    def __init__(self, document: Mapping[str, Any]) -> None:
        self._document = document

    def of(self, name: str, kind: type) -> Any:  # noqa: ANN401 - the kind is checked here
        value = self._document.get(name)
        if type(value) is not kind:
            raise Malformed(f"manifest: {name}")
        return value

    def text(self, name: str, pattern: str) -> str:
        value: str = self.of(name, str)
        if not re.fullmatch(pattern, value):
            raise Malformed(f"manifest: {name}")
        return value

    def integer(self, name: str, least: int, most: int = SEQ_MAX) -> int:
        value: int = self.of(name, int)
        if not least <= value <= most:
            raise Malformed(f"manifest: {name}")
        return value

    def time(self, name: str) -> datetime:
        try:
            text = self.text(name, _TIME_SHAPE.pattern)
            return datetime.strptime(text, _TIME).replace(tzinfo=UTC)
        except ValueError as error:
            raise Malformed(f"manifest: {name}") from error

    def hexes(self, name: str, names: re.Pattern[str], values: str) -> dict[str, str]:
        mapping: dict[str, Any] = self.of(name, dict)
        for key, value in mapping.items():
            if not names.fullmatch(key) or not isinstance(value, str):
                raise Malformed(f"manifest: {name}")
            if not re.fullmatch(values, value):
                raise Malformed(f"manifest: {name}")
        return mapping
