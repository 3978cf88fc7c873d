"""Reads fields of one table of a TOML file, each of one kind, and notes every fault."""

from collections.abc import Collection, Mapping, Sequence
from datetime import date, datetime
from typing import Any

TEXT_MAX_BYTES = 2_000
NAME_MAX_BYTES = 60
WORDS_MAX_BYTES = 600
STEP_MAX_BYTES = 200
STEPS_MAX = 4
"""What citizens read, in UTF-8, must fit the padded answer of the web service."""

_REQUIRED: Any = object()


class FormFields:
    """One table of a file. Every fault names its key and says what to write instead.

    A field at fault is returned as the default, or None: look at `faults` before using any.
    """

    def __init__(self, data: object, place: str, faults: list[str]) -> None:
        """place: key of the table in the file, "" for the file itself; faults: where to note."""
        self._place = place
        self.faults = faults
        self._data: Mapping[str, Any] = data if isinstance(data, Mapping) else {}
        if not isinstance(data, Mapping):
            faults.append(f"{place}: write it as a table")

    def fault(self, key: str, words: str) -> None:
        """Note a fault of a key."""
        self.faults.append(f"{self._place}.{key}: {words}" if self._place else f"{key}: {words}")

    def only(self, keys: Collection[str]) -> None:
        """Note each key that is none of the known ones: it may be one of them, misspelt."""
        for key in self._data.keys() - set(keys):
            self.fault(key, f"not known here; there are {', '.join(keys)}")

    def has(self, key: str) -> bool:
        """Return whether the key is given."""
        return key in self._data

    def text(self, key: str, default: str = _REQUIRED, maximum_bytes: int = TEXT_MAX_BYTES) -> str:
        """Return a text of one line."""

        def fits(value: object) -> bool:
            return _is_text(value, maximum_bytes)

        return self._of(key, f"a text of 1 to {maximum_bytes} bytes in one line", fits, default)  # type: ignore[no-any-return]

    def names(self, key: str) -> tuple[str, ...]:
        """Return one text, or each of a list of texts."""

        def fits(value: object) -> bool:
            several = value if isinstance(value, list) else [value]
            return bool(several) and all(_is_text(each, NAME_MAX_BYTES) for each in several)

        expectation = f"a text of 1 to {NAME_MAX_BYTES} bytes, or a list of such texts"
        value = self._of(key, expectation, fits, _REQUIRED) or ()
        return (value,) if isinstance(value, str) else tuple(value)

    def steps(self, key: str) -> tuple[str, ...]:
        """Return what to do, step by step."""

        def fits(value: object) -> bool:
            return (
                isinstance(value, list)
                and 0 < len(value) <= STEPS_MAX
                and all(_is_text(step, STEP_MAX_BYTES) for step in value)
            )

        expectation = f"a list of 1 to {STEPS_MAX} texts of at most {STEP_MAX_BYTES} bytes"
        return tuple(self._of(key, expectation, fits, _REQUIRED) or ())

    def whole(self, key: str, maximum: int, default: int | None = _REQUIRED) -> int:
        """Return a whole number from 0 to the maximum."""

        def fits(value: object) -> bool:
            return type(value) is int and 0 <= value <= maximum

        return self._of(key, f"a whole number from 0 to {maximum}", fits, default)  # type: ignore[no-any-return]

    def day(self, key: str, default: date | None = _REQUIRED) -> date:
        """Return a date."""
        return self._of(key, "a date such as 2020-03-07, without quotes", _is_day, default)  # type: ignore[no-any-return]

    def truth(self, key: str) -> bool | None:
        """Return true, false, or None where the key is not given."""
        return self._of(key, "true or false", lambda value: type(value) is bool, None)  # type: ignore[no-any-return]

    def one_of(self, key: str, words: Sequence[str], default: str | None = _REQUIRED) -> Any:  # noqa: ANN401 - one of the words, as the caller knows
        """Return one of the words."""
        return self._of(key, f"one of {', '.join(words)}", lambda value: value in words, default)

    def choices(self, key: str, words: Sequence[str]) -> tuple[str, ...]:
        """Return some of the words, given as a list; () where the key is not given."""

        def fits(value: object) -> bool:
            return isinstance(value, list) and all(word in words for word in value)

        return tuple(self._of(key, f"a list of {', '.join(words)}", fits, []) or ())

    def table(self, key: str, default: Mapping[str, Any] = _REQUIRED) -> Mapping[str, Any]:
        """Return a table within this one."""
        return self._of(key, f"write it as [{key}]", _is_table, default) or {}

    def tables(self, key: str) -> list[Mapping[str, Any]]:
        """Return a list of at least one table."""

        def fits(value: object) -> bool:
            return isinstance(value, list) and bool(value) and all(map(_is_table, value))

        return self._of(key, f"write each as [[{key}]]", fits, _REQUIRED) or []

    def _of(self, key: str, expectation: str, fits: Any, default: Any) -> Any:  # noqa: ANN401 - each caller knows its kind
        if key not in self._data:
            if default is not _REQUIRED:
                return default
            self.fault(key, f"missing: {expectation}")
            return None
        value = self._data[key]
        if fits(value):
            return value
        self.fault(
            key, f"must be {expectation}" if not expectation.startswith("write") else expectation
        )
        return None if default is _REQUIRED else default


def _is_text(value: object, maximum_bytes: int) -> bool:
    return (
        isinstance(value, str)
        and 0 < len(value.encode(errors="replace")) <= maximum_bytes
        and value.isprintable()
    )


def _is_day(value: object) -> bool:
    return isinstance(value, date) and not isinstance(value, datetime)


def _is_table(value: object) -> bool:
    return isinstance(value, dict)
