"""Make this checkout ready: `python3 -m tools.set_up run|check|test`; standard library only.

run: virtual environment, packages, browser bundle, translations, demo index. check: what
`make check` needs. test: both, PySpark, Lighthouse, and the system packages that the tests need.
A second run does nothing and says nothing.
"""

import fcntl
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from loadtests.command_line import command_parser
from tools import browser_bundle, demo_index, system_packages, virtual_environment
from tools.quiet_programs import InstallFailed
from tools.stamps import Step, perform, say

ROOT = Path(__file__).resolve().parent.parent
EXIT_UNAVAILABLE = 12
EXIT_INTERRUPTED = 130


def main(arguments: list[str]) -> int:
    """Run the set-up for one purpose; return the exit code."""
    parser = command_parser(__doc__)
    parser.add_argument("purpose", choices=("run", "check", "test"))
    purpose = parser.parse_args(arguments).purpose
    try:
        with _alone(ROOT / "var"):
            _set_up(purpose)
    except (InstallFailed, system_packages.SystemPackagesMissing) as fault:
        say(str(fault))
        return EXIT_UNAVAILABLE
    except subprocess.CalledProcessError as fault:
        say(f"failed: {fault}")
        return EXIT_UNAVAILABLE
    except KeyboardInterrupt:
        say("interrupted; the same command goes on where it stopped")
        return EXIT_INTERRUPTED
    return 0


def _set_up(purpose: str) -> None:
    lock = "run.txt" if purpose == "run" else "test.txt"
    if purpose == "run" and (ROOT / ".venv" / "stamps" / "test").is_file():
        lock = "test.txt"  # a developer's environment: its lock holds every package of run.txt too
    if purpose == "test" and (missing := system_packages.missing_for_tests()):
        system_packages.install(missing, purpose="the tests")
    virtual_environment.make_ready(ROOT, ROOT / "requirements" / lock)
    if purpose == "check":
        return
    if purpose == "test":
        virtual_environment.install_spark(ROOT)
        browser_bundle.install_lighthouse(ROOT)
    browser_bundle.make_ready(ROOT)
    _compile_translations()
    demo_index.make_ready(ROOT)


def _compile_translations() -> None:
    folder = ROOT / "app" / "translations"
    sources = tuple(sorted(folder.rglob("*.po")))
    if not sources:
        return
    compile_all = "from app.i18n import compile_translations as compile; compile()"
    perform(
        Step(
            name="translations",
            action=lambda: _python(compile_all),
            stamp=ROOT / "var" / "stamps" / "translations",
            inputs=sources,
            outputs=tuple(source.with_suffix(".mo") for source in sources),
        )
    )


def _python(code: str) -> None:
    python = ROOT / ".venv" / "bin" / "python"
    subprocess.run([python, "-c", code], cwd=ROOT, stdin=subprocess.DEVNULL, check=True)


@contextmanager
def _alone(folder: Path) -> Iterator[None]:
    """Hold a lock on `var/set-up.lock`, so that two `make` at once wait for each other."""
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / "set-up.lock").open("w") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            say("waiting for another set-up of this checkout")
            fcntl.flock(file, fcntl.LOCK_EX)
        yield


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
