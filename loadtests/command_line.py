"""The command lines of what is run by ``python -m``: a help each, and settings of the environment.

Those of tools/ and of loadtests/. Standard library only: the set-up begins with it.
"""

import argparse
import os
import re
import sys
from collections.abc import Callable
from typing import TypeVar

EXIT_USAGE = 2
NUMBER_MAX = 1_000_000_000
_MEMORY = re.compile(r"[1-9][0-9]{0,8}(\.[0-9]{1,3})? ?([KMGT]i?B)")

Value = TypeVar("Value")


class BadSetting(Exception):
    """A variable of the environment holds what is not allowed there; the message says it all."""


def command_parser(description: str | None) -> argparse.ArgumentParser:
    """Return a parser of arguments that shows a module's docstring as its help."""
    spec = sys.modules["__main__"].__spec__
    return argparse.ArgumentParser(
        prog=f"python -m {spec.name.removesuffix('.__main__')}" if spec else None,
        description=description,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )


def run_command(main: Callable[[], int], description: str | None) -> int:
    """Run a command that takes no arguments; return its exit code, 2 after a wrong setting."""
    command_parser(description).parse_args()
    try:
        return main()
    except BadSetting as error:
        print(error, file=sys.stderr)
        return EXIT_USAGE


def read_setting(name: str, default: Value, parse: Callable[[str], Value]) -> Value:
    """Return what a variable of the environment holds; default: where it is not set, or empty.

    parse: raises ValueError with what is allowed. Raises BadSetting.
    """
    text = os.environ.get(name, "").strip()
    if not text:
        return default
    try:
        return parse(text)
    except ValueError as error:
        raise BadSetting(f"{name} is {text!r}; it must be {error}") from None


def whole_number(text: str) -> int:
    """Return a number of rows, people or the like; raises ValueError with what is allowed."""
    if text.isascii() and text.isdigit() and len(text) <= len(str(NUMBER_MAX)):
        number = int(text)
        if 1 <= number <= NUMBER_MAX:
            return number
    raise ValueError(f"a whole number from 1 to {NUMBER_MAX}, in digits alone")


def memory_size(text: str) -> str:
    """Return a size as DuckDB takes it; raises ValueError with what is allowed."""
    if _MEMORY.fullmatch(text) is None:
        raise ValueError("a size with its unit (KB, MB, GB, TB, KiB, MiB, GiB or TiB), as 4GB")
    return text
