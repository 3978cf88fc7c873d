"""Hold the licences of npm packages against `[tool.npm-licences]` of `pyproject.toml`.

The packages are those of each `package-lock.json`; pip-licenses does the same for Python's. Exits 1
and names each package that is not allowed.
"""

import json
import re
import sys
import tomllib
from collections.abc import Iterable
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
NPM_LOCKS = (
    ROOT / "frontend" / "package-lock.json",
    ROOT / "tests" / "browser" / "lighthouse" / "package-lock.json",
)


def is_allowed(expression: str, allowed: frozenset[str]) -> bool:
    """Tell whether a licence expression holds: every part of AND and `;`, one part of OR.

    Brackets are not read: an expression with them is not allowed, and wants an exception.
    """
    return all(
        any(choice.strip() in allowed for choice in part.split(" OR "))
        for part in re.split(r" AND |;", expression)
    )


def refused(
    packages: Iterable[tuple[str, str]], allowed: frozenset[str], exceptions: dict[str, str]
) -> list[str]:
    """Return `name: licence` of each package neither allowed nor excepted, and stale exceptions."""
    listed = dict(packages)
    wrong = [
        f"{name}: {licence}"
        for name, licence in sorted(listed.items())
        if name not in exceptions and not is_allowed(licence, allowed)
    ]
    stale = [f"{name}: excepted, but not installed" for name in exceptions if name not in listed]
    return wrong + stale


def npm_packages() -> list[tuple[str, str]]:
    """Return name and licence of every npm package of the lock files."""
    locks = [json.loads(file.read_text(encoding="utf-8")) for file in NPM_LOCKS]
    return [
        (place.rpartition("node_modules/")[2], package.get("license", "UNKNOWN"))
        for lock in locks
        for place, package in lock["packages"].items()
        if place
    ]


def main() -> int:
    """Print what is refused; return the exit code."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    settings = project["tool"]["npm-licences"]
    wrong = refused(npm_packages(), frozenset(settings["allowed"]), settings["exceptions"])
    print("\n".join(wrong))
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
