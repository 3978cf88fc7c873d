"""The demo under `var/demo/`: source tables, keys, a published index, and what to try."""

import json
import os
import shutil
from datetime import UTC, datetime, timedelta
from pathlib import Path

from tools.quiet_programs import run_quietly
from tools.stamps import Step, perform

RULES = "nhc-2020-03"
AUTHORITY = "演示卫生机构 Demonstration Health Authority"
AS_OF = "2020-02-05"  # the last day of the published trips: answers tell how far the data reach
DOOR_DAY = "2020-01-10"  # no observation is over: who is "exposed" in people.csv waits at kiosks
LEAST_VALIDITY = timedelta(hours=6)  # rebuilt earlier, so that a service started now lasts a while
OWN_SETTINGS = ("GAUGE_INDEX_DIR", "GAUGE_KEYS_DIR", "GAUGE_CONFIG")


def is_wanted() -> bool:
    """Tell whether the demo is to be used: nobody has named an index, keys or a settings file."""
    return not any(os.environ.get(name) for name in OWN_SETTINGS)


def make_ready(root: Path) -> None:
    """Leave a valid demo index, unless settings name another. Raises InstallFailed.

    It is built again when it is about to expire, and when the code that made it has changed.
    """
    if not is_wanted():
        return
    demo = root / "var" / "demo"
    code = tuple(root / package for package in ("exposure_index", "tables", "index_builder"))
    stamps = root / "var" / "stamps"
    perform(
        Step(
            name="demo source tables",
            action=lambda: _write_source(root, demo),
            stamp=stamps / "demo-source",
            inputs=code,
            outputs=(demo / "source", demo / "people.csv"),
        )
    )
    if not (demo / "keys" / "trust.json").is_file():
        for made_with_lost_keys in ("index", "state", "keys"):
            _remove(demo / made_with_lost_keys)
        _index_builder(root, "keygen", str(demo / "keys"))
    if remaining_validity(demo / "index") < LEAST_VALIDITY:
        (stamps / "demo-index").unlink(missing_ok=True)
    perform(
        Step(
            name="demo index",
            action=lambda: _build(root, demo),
            stamp=stamps / "demo-index",
            inputs=(*code, demo / "source"),
            outputs=(demo / "index" / "current",),
        )
    )
    perform(
        Step(
            name="demo workbooks",
            action=lambda: _write_workbooks(root, demo),
            stamp=stamps / "demo-workbooks",
            inputs=(demo / "people.csv", root / "tools" / "demo_workbooks.py"),
            outputs=(demo / "workbooks",),
        )
    )


def _write_workbooks(root: Path, demo: Path) -> None:
    python = root / ".venv" / "bin" / "python"
    command: list[str | Path] = [
        python,
        "-m",
        "tools.demo_workbooks",
        demo / "people.csv",
        demo / "workbooks",
    ]
    run_quietly(command, "demo workbooks", cwd=root)


def _write_source(root: Path, demo: Path) -> None:
    partial = demo / "source.partial"
    _remove(partial)
    demo.mkdir(parents=True, exist_ok=True)
    _index_builder(root, "demo", str(partial))
    _remove(demo / "source")
    partial.rename(demo / "source")
    shutil.copyfile(demo / "source" / "people.csv", demo / "people.csv")


def _build(root: Path, demo: Path) -> None:
    folders = [f"--{name}={demo / name}" for name in ("source", "keys")]
    what = (f"--rules={RULES}", f"--as-of={AS_OF}", f"--authority={AUTHORITY}")
    # invented people may come and go with every version of the demo
    publish = ("--private", "--publish", "--accept-change")
    _index_builder(root, "build", *folders, f"--out={demo / 'index'}", *what, *publish)


def remaining_validity(index: Path) -> timedelta:
    """Return how long the published build stays valid; nothing where there is none to be read."""
    try:
        manifest = json.loads((index / "current" / "manifest.json").read_bytes())
        until = datetime.fromisoformat(manifest["valid_until"])
        return until - datetime.now(UTC)
    except (OSError, ValueError, KeyError, TypeError):
        return timedelta(0)


def _remove(folder: Path) -> None:
    if folder.is_dir():
        shutil.rmtree(folder)


def _index_builder(root: Path, *arguments: str) -> None:
    """Run `index-builder`, showing what it says only where it fails."""
    program = root / ".venv" / "bin" / "index-builder"
    run_quietly([program, *arguments], f"index-builder {' '.join(arguments)}", cwd=root)
