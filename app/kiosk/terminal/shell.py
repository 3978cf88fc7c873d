"""The shell of a kiosk's page: what a tablet keeps, so that it starts without network.

Page, scripts, styles, icons and the reader of codes, under a version that changes with any of them.
"""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass

from app.web.assets import BUNDLE, asset_url

WORKER = "kiosk_worker.js"
SHELL_PREFIXES = ("kiosk", "icon", "zxing_reader")
VERSION_LETTERS = 16


@dataclass(frozen=True, slots=True)
class Shell:
    """page: its path; files: paths of everything it loads; version: of all of them."""

    version: str
    page: str
    files: tuple[str, ...]


def shell_of(page: str, content: str, manifest: str, names: Mapping[str, str]) -> Shell:
    """Return the shell of a page; names: hashed name of each asset, manifest: path of the app's."""
    assets = sorted(name for name in names if name.startswith(SHELL_PREFIXES) and name != WORKER)
    files = (manifest, *(asset_url(name, dict(names)) for name in assets))
    version = hashlib.sha256("\n".join((page, content, *files)).encode()).hexdigest()
    return Shell(version[:VERSION_LETTERS], page, files)


def worker_script(shell: Shell, names: Mapping[str, str]) -> str:
    """Return the service worker: its shell, then the script of the bundle."""
    facts = {"version": shell.version, "page": shell.page, "files": shell.files}
    script = (BUNDLE / names[WORKER]).read_text(encoding="utf-8")
    return f"self.SHELL={json.dumps(facts)};\n{script}"
