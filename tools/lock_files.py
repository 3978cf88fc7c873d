"""The lock files: written by uv, and checked without a network.

`python -m tools.lock_files check` prints every fault and exits 1 where there is one;
`write [--upgrade]` makes `requirements/*.txt` again from `pyproject.toml`.
"""

import json
import re
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path
from typing import Any

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from loadtests.command_line import command_parser

ROOT = Path(__file__).resolve().parent.parent
REQUIREMENTS = ROOT / "requirements"
NPM_LOCKS = ("frontend/package-lock.json", "tests/browser/lighthouse/package-lock.json")
EVERYTHING = "test.txt"

# What each lock holds, as options of `uv pip compile`. The first is written first, and constrains
# the others, so that a package has one version in all of them.
OF_RUN = ("pyproject.toml", "--extra", "web", "--extra", "builder", "--group", "build")
SELECTIONS: dict[str, tuple[str, ...]] = {
    EVERYTHING: (*OF_RUN, "--extra", "dev"),
    "run.txt": OF_RUN,
    "web.txt": ("pyproject.toml", "--extra", "web"),
    "builder.txt": ("pyproject.toml", "--extra", "builder"),
    "build.txt": ("--group", "build"),
    "node.txt": ("--group", "node"),
    "audit.txt": ("--group", "audit"),
    "spark-build.txt": ("--group", "spark-build"),
    "spark.txt": ("--group", "spark"),
}
# Installed beside the rest, or elsewhere.
APART = frozenset({"node.txt", "audit.txt", "spark-build.txt", "spark.txt"})
AS_SOURCE = {"spark.txt": "py4j"}  # locks with a package that has no wheel: which have one

COMPILE = (
    *("pip", "compile", "--quiet", "--universal", "--python-version=3.11"),
    *("--generate-hashes", "--no-annotate"),
    *("--no-emit-index-url", "--no-emit-find-links", "--custom-compile-command=make lock"),
)
ADDRESS = re.compile(r"[a-z+]+://|--(index-url|extra-index-url|find-links|trusted-host)")
ENTRY = re.compile(r"^(?P<name>[A-Za-z0-9._-]+)(\[[^\]]*\])?==(?P<version>[^\s;]+)")


def faults() -> list[str]:
    """Return, as text, everything wrong with the lock files; empty when all is well."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    problems = []
    for name, selection in SELECTIONS.items():
        text = (REQUIREMENTS / name).read_text(encoding="utf-8")
        problems += [f"requirements/{name}: {fault}" for fault in lock_faults(text)]
        requirements = _requirements_of(project, selection)
        problems += [f"requirements/{name}: {fault}" for fault in unmet(text, requirements)]
        if name not in APART:
            everything = (REQUIREMENTS / EVERYTHING).read_text(encoding="utf-8")
            problems += [f"requirements/{name}: {fault}" for fault in differing(text, everything)]
    own = {REQUIREMENTS / name for name in SELECTIONS}
    problems += [f"{path.relative_to(ROOT)}: no part of this project" for path in _strangers(own)]
    for place in NPM_LOCKS:
        lock = json.loads((ROOT / place).read_text(encoding="utf-8"))
        problems += [f"{place}: {fault}" for fault in npm_faults(lock)]
    return problems


def lock_faults(text: str) -> Iterator[str]:
    """Yield what one requirements file lacks: a pinned version, hashes; or has: an address."""
    if ADDRESS.search(text):
        yield "records a download address"
    for entry in _entries(text):
        if ENTRY.match(entry) is None:
            yield f"not pinned: {entry.split()[0]}"
        elif "--hash=sha256:" not in entry:
            yield f"without hashes: {entry.split()[0]}"


def versions(text: str) -> dict[str, set[str]]:
    """Return the pinned versions by canonical name (several where markers choose between them)."""
    pinned: dict[str, set[str]] = {}
    for entry in _entries(text):
        if match := ENTRY.match(entry):
            pinned.setdefault(canonicalize_name(match["name"]), set()).add(match["version"])
    return pinned


def unmet(text: str, requirements: list[str]) -> Iterator[str]:
    """Yield each requirement of `pyproject.toml` that no pinned version of the lock satisfies."""
    pinned = versions(text)
    for line in requirements:
        requirement = Requirement(line)
        candidates = pinned.get(canonicalize_name(requirement.name), set())
        if not any(requirement.specifier.contains(version, True) for version in candidates):
            yield f"does not satisfy {line}: type `make lock`"


def differing(text: str, everything: str) -> Iterator[str]:
    """Yield each package pinned otherwise here than in the lock that holds everything."""
    reference = versions(everything)
    for name, pinned in versions(text).items():
        if not pinned <= reference.get(name, set()):
            yield f"{name} is pinned otherwise than in {EVERYTHING}: type `make lock`"


def npm_faults(lock: dict[str, Any]) -> Iterator[str]:
    """Yield each package of npm's lock with a download address or without an integrity hash."""
    for place, package in lock["packages"].items():
        if "resolved" in package:
            yield f"records a download address: {place}"
        if place and "integrity" not in package:
            yield f"without integrity: {place}"


def write(options: list[str]) -> None:
    """Write every lock again. Options go to uv: `--upgrade` takes newer releases."""
    for name, selection in SELECTIONS.items():
        constraint = [] if name == EVERYTHING or name in APART else ["-c", _relative(EVERYTHING)]
        command = [str(Path(sys.executable).parent / "uv"), *COMPILE]
        command += [f"--only-binary={AS_SOURCE.get(name, ':all:')}"]
        command += ["--output-file", _relative(name), *selection, *constraint, *options]
        subprocess.run(command, cwd=ROOT, stdout=subprocess.DEVNULL, check=True)


def _relative(name: str) -> str:
    return str((REQUIREMENTS / name).relative_to(ROOT))


def _entries(text: str) -> list[str]:
    """Return the logical lines: comments dropped, lines ending in a backslash joined."""
    joined = text.replace("\\\n", " ")
    return [line.strip() for line in joined.splitlines() if line.strip() and line[0] not in "#- "]


def _requirements_of(project: dict[str, Any], selection: tuple[str, ...]) -> list[str]:
    requirements = list(project["project"]["dependencies"]) if "pyproject.toml" in selection else []
    for option, value in pairwise(selection):
        if option == "--extra":
            requirements += project["project"]["optional-dependencies"][value]
        elif option == "--group":
            requirements += project["dependency-groups"][value]
    return requirements


def _strangers(own: set[Path]) -> list[Path]:
    return sorted(set(REQUIREMENTS.iterdir()) - own)


def main(arguments: list[str]) -> int:
    """Check or write; return the exit code."""
    parser = command_parser(__doc__)
    deeds = parser.add_subparsers(dest="deed", required=True)
    deeds.add_parser("check", help="print every fault; exit code 1 where there is one")
    writing = deeds.add_parser("write", help="make requirements/*.txt again")
    writing.add_argument("--upgrade", action="store_true", help="take newer releases")
    chosen = parser.parse_args(arguments)
    if chosen.deed == "write":
        write(["--upgrade"] if chosen.upgrade else [])
        return 0
    problems = faults()
    print("\n".join(problems))
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
