"""The keys of a deployment: from files, from the environment or from a command's output.

A key has one source. Files of the keys directory are named as the key; GAUGE_KEY_<NAME> holds
the value; GAUGE_KEY_<NAME>_COMMAND a command that prints it (a vault's client). All of them
lower-case hex. No error tells a value.
"""

import os
import re
import shlex
import subprocess
from collections.abc import Mapping
from pathlib import Path

from exposure_index.errors import ExitCode, ForeseenError
from exposure_index.regular_files import KEY_MAX_BYTES, read_regular

COMMAND_TIMEOUT_SECONDS = 30
KEY_BYTES: Mapping[str, int] = {
    "root_plain": 64,
    "records": 32,
    "session": 32,
    "limits": 32,
    "qr": 32,
    "altcha": 32,
    "signing": 32,
    "sealed": 32,
    "sealed.pub": 32,
}
PRIVATE_KEY_BYTES = 32
# secrets that others give out, of whatever length: the token of the SMS gateway
TEXT_KEYS = frozenset({"sms_token"})
PRIVATE_NAME = re.compile("private_[1-9][0-9]*")
_VARIABLE_PREFIX = "GAUGE_KEY_"
_HEX = re.compile("(?:[0-9a-f]{2})+")
_TOKEN = re.compile("[!-~]{8,4096}")


class KeyFault(ForeseenError):
    """A key that cannot be used; the message names the key, never its value."""

    exit_code = ExitCode.REFUSED


class KeyMissing(KeyFault):
    """No source holds the key."""


class KeyInvalid(KeyFault):
    """The source holds something else than the key's length in lower-case hex."""


class KeyInTwoPlaces(KeyFault):
    """Two sources hold the key, and which one is meant is unknown."""


def key_bytes(name: str) -> int:
    """Return the length of a key in bytes. Raises KeyMissing for an unknown name."""
    if PRIVATE_NAME.fullmatch(name):
        return PRIVATE_KEY_BYTES
    if name not in KEY_BYTES:
        raise KeyMissing(f"there is no key named {name}")
    return KEY_BYTES[name]


class KeyRing:
    """Reads keys by name when they are asked for; its repr shows none of them."""

    def __init__(self, directory: Path | None, environ: Mapping[str, str]) -> None:
        self.directory = directory
        self._environ = environ

    @classmethod
    def from_directory(
        cls, path: Path | None, environ: Mapping[str, str] = os.environ
    ) -> "KeyRing":
        """Return the ring of a keys directory (None: environment only)."""
        return cls(path, environ)

    def __repr__(self) -> str:
        """Return the directory only."""
        return f"KeyRing({self.directory})"

    def bytes(self, name: str) -> bytes:
        """Return one key, raw. Raises KeyMissing, KeyInvalid or KeyInTwoPlaces."""
        length = key_bytes(name)
        text, source = self._only_text(name)
        if not _HEX.fullmatch(text) or len(text) != 2 * length:
            raise KeyInvalid(f"key {name} ({source}) is not {length} bytes of lower-case hex")
        return bytes.fromhex(text)

    def text(self, name: str) -> str:
        """Return a secret of TEXT_KEYS: 8 to 4,096 visible ASCII characters.

        Raises KeyMissing, KeyInvalid or KeyInTwoPlaces.
        """
        if name not in TEXT_KEYS:
            raise KeyMissing(f"there is no secret text named {name}")
        text, source = self._only_text(name)
        if not _TOKEN.fullmatch(text):
            raise KeyInvalid(f"key {name} ({source}) is not 8 to 4,096 visible ASCII characters")
        return text

    def has(self, name: str) -> bool:
        """Return whether any source that this process can read holds the key."""
        return bool(self._sources(name))

    def private_numbers(self) -> list[int]:
        """Return the numbers of the private keys that any source holds, ascending."""
        names = {
            name.removeprefix(_VARIABLE_PREFIX).removesuffix("_COMMAND").lower()
            for name in self._environ
            if name.startswith(_VARIABLE_PREFIX)
        }
        if self.directory is not None and self.directory.is_dir():
            names |= {file.name for file in self.directory.iterdir()}
        matches = (PRIVATE_NAME.fullmatch(name) for name in names)
        numbers = (int(match[0].removeprefix("private_")) for match in matches if match)
        return sorted(no for no in numbers if self.has(f"private_{no}"))

    @property
    def can_sign(self) -> bool:
        """Whether the signing key can be read here; the web tier must not."""
        return self.has("signing")

    def _only_text(self, name: str) -> tuple[str, str]:
        """Return what the one source of a key holds, and which source that is."""
        sources = self._sources(name)
        if not sources:
            place = "" if self.directory is None else f" in {self.directory}"
            raise KeyMissing(f"key {name} is missing{place}")
        if len(sources) > 1:
            raise KeyInTwoPlaces(f"key {name} is given twice: {' and '.join(sources)}")
        return self._text(name, sources[0]).strip(), sources[0]

    def _sources(self, name: str) -> list[str]:
        variable = _variable(name)
        sources = [v for v in (variable, f"{variable}_COMMAND") if self._environ.get(v)]
        if self.directory is not None and os.access(self.directory / name, os.R_OK):
            sources.append(f"file {name}")
        return sources

    def _text(self, name: str, source: str) -> str:
        if source.startswith("file ") and self.directory is not None:
            return self._read(self.directory / name, name)
        if source.endswith("_COMMAND"):
            return _printed_by(self._environ[source], name)
        return self._environ[source]

    @staticmethod
    def _read(path: Path, name: str) -> str:
        try:
            return read_regular(path, KEY_MAX_BYTES).decode("ascii")
        except (OSError, UnicodeDecodeError) as error:
            raise KeyInvalid(f"key {name}: its file cannot be read") from error


def _variable(name: str) -> str:
    return _VARIABLE_PREFIX + name.upper().replace(".", "_")


def _printed_by(command: str, name: str) -> str:
    try:
        done = subprocess.run(  # noqa: S603 - the operator's own command, without a shell
            shlex.split(command),
            capture_output=True,
            check=True,
            timeout=COMMAND_TIMEOUT_SECONDS,
        )
        return done.stdout.decode("ascii")
    except (OSError, ValueError, subprocess.SubprocessError):
        # the cause may quote output, and output may be the key: it is not chained
        raise KeyInvalid(f"key {name}: its command failed") from None
