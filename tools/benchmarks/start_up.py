"""`make bench-start`: how long a command takes to start, beside Python alone and Python with click.

Commands and their two peers run in turns, and the fastest of each is printed: whatever else runs
on the machine only ever adds.
"""

import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path

from loadtests.command_line import run_command

ROUNDS = 7
BIN = Path(sys.executable).parent
PEERS = (("-c", "pass"), ("-c", "import click"))
COMMANDS = (
    ("gauge", "--help"),
    ("gauge", "settings"),
    ("gauge", "authorities", "list"),
    ("gauge", "clock", "show"),
    ("gauge", "canary", "--help"),
    ("gauge", "corrections", "--help"),
    ("gauge", "counter", "--help"),
    ("gauge", "evaluator", "--help"),
    ("gauge", "manifest", "--help"),
    ("gauge", "poster", "--help"),
    ("gauge", "private-check", "--help"),
    ("gauge", "purge", "--help"),
    ("gauge", "serve", "--help"),
    ("gauge", "watches", "--help"),
    ("index-builder", "--help"),
    ("index-builder", "build", "--help"),
    ("index-builder", "check", "--help"),
    ("index-builder", "corrections", "--help"),
    ("index-builder", "dictionary"),
    ("index-builder", "diff", "--help"),
    ("index-builder", "export", "--help"),
    ("index-builder", "inquiries", "--help"),
    ("index-builder", "inspect", "--help"),
    ("index-builder", "keygen", "keys"),
    ("index-builder", "notices", "--help"),
    ("index-builder", "publish", "--help"),
    ("index-builder", "rules", "list"),
    ("index-builder", "rules", "show", "nhc-2020-03"),
    ("index-builder", "verify", "--help"),
    ("index-builder", "why", "--help"),
)


def main() -> int:
    """Print milliseconds and ratios; return the exit code."""
    orders = [
        *((sys.executable, *peer) for peer in PEERS),
        *((str(BIN / program), *arguments) for program, *arguments in COMMANDS),
    ]
    fastest = [min(times) for times in zip(*map(_round, [orders] * ROUNDS), strict=True)]
    python, click, *commands = fastest
    print(f"python -c pass {python:.0f} ms, python -c 'import click' {click:.0f} ms")
    for command, milliseconds in zip(COMMANDS, commands, strict=True):
        print(
            f"{' '.join(command):40} {milliseconds:6.0f} ms  "
            f"{milliseconds / python:5.1f} × python  {milliseconds / click:5.1f} × click"
        )
    return 0


def _round(orders: Sequence[tuple[str, ...]]) -> list[float]:
    """Run each once, in an empty folder; return how long each took, in milliseconds."""
    times = []
    for order in orders:
        with tempfile.TemporaryDirectory() as folder:
            began = time.perf_counter()
            subprocess.run(
                order,
                cwd=folder,
                env={"PATH": "/usr/bin:/bin", "GAUGE_STATE_DIR": folder},
                stdout=subprocess.DEVNULL,
                check=True,
            )
            times.append((time.perf_counter() - began) * 1_000)
    return times


if __name__ == "__main__":
    sys.exit(run_command(main, __doc__))
