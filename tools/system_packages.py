"""Debian packages that this machine lacks: installed by root, else named with the command."""

import os
import shutil
from collections.abc import Sequence
from pathlib import Path

from tools.quiet_programs import InstallFailed, run_quietly
from tools.stamps import say

POSTGRESQL_FOLDER = Path("/usr/lib/postgresql")  # Debian keeps its programs out of the PATH
CJK_FONT_FOLDERS = (Path("/usr/share/fonts/opentype/noto"), Path("/usr/share/fonts/truetype/noto"))
# the same engine without a window comes first: a page opens in it two to three times as fast
CHROMIUM = ("chromium-headless-shell", "chromium", "chromium-browser", "google-chrome")
PROGRAMS_OF_TESTS = {
    "redis-server": ("redis-server",),
    "chromium-headless-shell": CHROMIUM,
    "openjdk-17-jre-headless": ("java",),
    "nginx-light": ("nginx",),
}
"""Package → the programs of which one will do."""


class SystemPackagesMissing(Exception):
    """Packages are missing and we may not install them; the message holds the command to type."""


def install(packages: Sequence[str], *, purpose: str) -> None:
    """Install Debian packages as root.

    Raises SystemPackagesMissing when not root, when there is no apt-get, or when apt-get fails.
    """
    command = "apt-get update && apt-get install -y --no-install-recommends " + " ".join(packages)
    if os.geteuid() != 0 or shutil.which("apt-get") is None:
        message = f"{purpose} needs system packages. As root, type:\n    {command}"
        raise SystemPackagesMissing(message)
    say(f"system packages for {purpose}: {' '.join(packages)}")
    # RUNLEVEL: Debian starts no service of a package that the tests start themselves
    environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive", "RUNLEVEL": "1"}
    for arguments in (
        ["apt-get", "update", "-qq"],
        ["apt-get", "install", "-y", "-qq", "--no-install-recommends", *packages],
    ):
        try:
            run_quietly(arguments, " ".join(arguments), environment=environment)
        except InstallFailed as error:
            raise SystemPackagesMissing(str(error)) from error


def missing_for_tests() -> list[str]:
    """Return the Debian packages that the tests need and this machine lacks."""
    missing = [
        package
        for package, programs in PROGRAMS_OF_TESTS.items()
        if not any(map(shutil.which, programs))
    ]
    if not any(POSTGRESQL_FOLDER.glob("*/bin/initdb")):
        missing.append("postgresql")
    if not any(True for folder in CJK_FONT_FOLDERS for _ in folder.glob("*CJK*")):
        missing.append("fonts-noto-cjk")
    return missing
