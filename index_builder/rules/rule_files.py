"""Loads rule sets: those that are shipped, by name, and a department's own, by path."""

import tomllib
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any

from exposure_index.errors import ExitCode, ForeseenError
from index_builder.rules.further_languages import add_further_languages
from index_builder.rules.rule_form import FormFault, rule_set_of
from index_builder.rules.rule_set import OWN_NUMBERS, RuleSet

SUFFIX = ".toml"
LITERATURE_FILE = "literature.toml"
_OTHER_FILES = frozenset({"registry.toml", LITERATURE_FILE})
_BORROWED_KEYS = {"zones_of": ("zones", "words"), "advice_of": ("advice",)}


class RuleSetUnknown(ForeseenError, ValueError):
    """No rule set has that name; the message lists those there are."""

    exit_code = ExitCode.USAGE


class RuleSetInvalid(ForeseenError, ValueError):
    """A shipped rule set's file contradicts the form: the installation is damaged."""

    exit_code = ExitCode.UNAVAILABLE


class RuleFileRefused(ForeseenError, ValueError):
    """A department's own file cannot be used; the message names file and keys."""

    exit_code = ExitCode.BAD_INPUT


def rule_set_names() -> list[str]:
    """Return the names of all shipped rule sets."""
    return sorted(
        entry.name.removesuffix(SUFFIX)
        for entry in files("index_builder.rules").iterdir()
        if entry.name.endswith(SUFFIX) and entry.name not in _OTHER_FILES
    )


def rule_set_text(name: str) -> str:
    """Return the file of a rule set as it is. Raises as load_rule_set does."""
    if name.endswith(SUFFIX):
        return _own_text(name)
    if name not in rule_set_names():
        message = (
            f"no rule set {name!r}; there are: {', '.join(rule_set_names())}, or give the path of "
            f"your own file, which ends in {SUFFIX}"
        )
        raise RuleSetUnknown(message)
    return (files("index_builder.rules") / f"{name}{SUFFIX}").read_text("utf-8")


def load_rule_set(name: str) -> RuleSet:
    """Return a rule set: a shipped one by its name, another by the path of its file.

    Raises RuleSetUnknown for a name that is not shipped, RuleFileRefused for an own file that
    cannot be used, RuleSetInvalid where a shipped file is not whole.
    """
    text = rule_set_text(name)
    if name.endswith(SUFFIX):
        return _own(name, text)
    try:
        return rule_set_of(_whole(_shipped(name)), _registry()[name])
    except (KeyError, ValueError) as error:
        message = f"rule set {name}: {type(error).__name__}: {error}"
        raise RuleSetInvalid(message) from error


@cache
def rule_sets_for(disease: str) -> tuple[str, ...]:
    """Return the names of the shipped rule sets for a disease, by its canonical name."""
    return tuple(name for name in rule_set_names() if disease in load_rule_set(name).diseases)


def findings(mode: str) -> list[Mapping[str, str]]:
    """Return `finding` and `source` of each study on a mode; none where none is known."""
    text = (files("index_builder.rules") / LITERATURE_FILE).read_text("utf-8")
    studies: list[Mapping[str, str]] = tomllib.loads(text).get(mode, [])
    return studies


@cache
def _registry() -> dict[str, int]:
    text = (files("index_builder.rules") / "registry.toml").read_text("utf-8")
    numbers: dict[str, int] = tomllib.loads(text)["numbers"]
    return numbers


def _shipped(name: str) -> dict[str, Any]:
    return add_further_languages(name, tomllib.loads(rule_set_text(name)))


def _whole(data: dict[str, Any]) -> dict[str, Any]:
    """Add zones and words, or advice, of the shipped set that the file names, if it does."""
    for key, keys in _BORROWED_KEYS.items():
        if key in data:
            if data[key] not in _registry() or data.keys() & set(keys):
                message = f"{key}: must name a shipped rule set, and no {keys[0]} beside it"
                raise FormFault(message)
            same = _whole(_shipped(data[key]))
            data = data | {name: same[name] for name in keys}
    return data


def _own_text(path: str) -> str:
    try:
        return Path(path).read_text("utf-8")
    except FileNotFoundError as error:
        message = f"no rule set {path}: there is no such file"
        raise RuleSetUnknown(message) from error
    except UnicodeDecodeError as error:
        message = f"{path}: not UTF-8; save it as UTF-8"
        raise RuleFileRefused(message) from error


def _own(path: str, text: str) -> RuleSet:
    numbers = f"{OWN_NUMBERS.start} to {OWN_NUMBERS.stop - 1}"
    try:
        data = tomllib.loads(text)
        number = data.get("number")
        if type(number) is not int or number not in OWN_NUMBERS:
            message = f"number: your own sets take {numbers}, one each, and never again for another"
            raise FormFault(message)
        rule_set = rule_set_of(_whole(data), number)
        if rule_set.name in _registry():
            message = "name: that of a shipped rule set; choose another"
            raise FormFault(message)
    except tomllib.TOMLDecodeError as error:
        message = f"{path}: not TOML: {error}"
        raise RuleFileRefused(message) from error
    except FormFault as error:
        message = (
            f"{path}: {error}; `index-builder rules show nhc-2020-03` prints one to begin from"
        )
        raise RuleFileRefused(message) from error
    return rule_set
