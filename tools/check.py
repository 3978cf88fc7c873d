"""Everything `make check` holds: all checks run, and each that fails says what it said."""

import os
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

from loadtests.command_line import run_command

ROOT = Path(__file__).resolve().parent.parent
BIN = Path(sys.executable).parent
PYTHON = str(sys.executable)
# Every file of the checkout. The baseline names what only looks like a secret, and leaves lock
# files out: they are nothing but hashes, and `tools.lock_files` reads them.
SECRETS = (
    "git ls-files -z --cached --others --exclude-standard --deduplicate"
    f" | xargs -0 {BIN}/detect-secrets-hook --baseline .secrets.baseline"
)

CHECKS: dict[str, tuple[str, ...]] = {
    "types": ("mypy",),
    "format": ("ruff", "format", "--check", "--quiet", "."),
    "lint": ("ruff", "check", "--quiet", "."),
    "import rules": ("lint-imports", "--no-logo"),
    "dead code": ("vulture",),
    "lock files": (PYTHON, "-m", "tools.lock_files", "check"),
    "licences": ("pip-licenses", "--summary"),
    "licences of npm": (PYTHON, "-m", "tools.npm_licences"),
    "secrets": ("/bin/sh", "-c", SECRETS),
}


@dataclass(frozen=True)
class Outcome:
    """What one check said, and how long it took in seconds."""

    name: str
    passed: bool
    said: str
    seconds: float


def main() -> int:
    """Run every check, two at a time; return 1 where one fails, after all have had their say."""
    with ThreadPoolExecutor(max_workers=2) as pool:
        outcomes = list(pool.map(_run, CHECKS))
    for outcome in outcomes:
        verdict = "ok" if outcome.passed else "FAILED"
        print(f"check: {outcome.name}: {verdict} ({outcome.seconds:.1f} s)")
        if not outcome.passed:
            print(outcome.said)
    return 0 if all(outcome.passed for outcome in outcomes) else 1


def _run(name: str) -> Outcome:
    program, *arguments = CHECKS[name]
    started = time.monotonic()
    done = subprocess.run(
        [program if Path(program).is_absolute() else str(BIN / program), *arguments],
        cwd=ROOT,
        env={**os.environ, "NO_COLOR": "1"},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        check=False,
    )
    return Outcome(name, done.returncode == 0, done.stdout.strip(), time.monotonic() - started)


if __name__ == "__main__":
    sys.exit(run_command(main, __doc__))
