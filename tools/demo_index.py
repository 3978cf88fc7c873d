"""The demo under `var/demo/`: source tables, keys, a published index, and what to try."""

import json
import os
import shutil
from datetime import UTC, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

from tools.quiet_programs import run_quietly
from tools.stamps import Step, perform

RULES = "nhc-2020-03"
AUTHORITY = "演示市疾病预防控制中心"
ZONE = ZoneInfo("Asia/Shanghai")  # of the trips, and of the day by which answers judge
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
    if not (demo / "keys" / "trust.json").is_file() or _is_of_another_authority(demo / "index"):
        for made_with_lost_keys in ("index", "state", "keys"):
            _remove(demo / made_with_lost_keys)
        _index_builder(root, "keygen", str(demo / "keys"))
    if remaining_validity(demo / "index") < LEAST_VALIDITY:
        for step in ("demo-source", "demo-index"):  # the dates of the source are those of a day
            (stamps / step).unlink(missing_ok=True)
    perform(
        Step(
            name="demo source tables",
            action=lambda: _write_source(root, demo),
            stamp=stamps / "demo-source",
            inputs=code,
            outputs=(demo / "source", demo / "people.csv", demo / "to-try.csv"),
        )
    )
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
    today = datetime.now(ZONE).date().isoformat()
    _index_builder(root, "demo", str(partial), f"--as-of={today}")
    _remove(demo / "source")
    partial.rename(demo / "source")
    for name in ("people.csv", "to-try.csv"):
        shutil.copyfile(demo / "source" / name, demo / name)


def _build(root: Path, demo: Path) -> None:
    folders = [f"--{name}={demo / name}" for name in ("source", "keys")]
    what = (f"--rules={RULES}", f"--authority={AUTHORITY}")
    # invented people may come and go with every version of the demo
    publish = ("--private", "--publish", "--accept-change")
    _index_builder(root, "build", *folders, f"--out={demo / 'index'}", *what, *publish)


def remaining_validity(index: Path) -> timedelta:
    """Return how long the published build stays valid; nothing where there is none to be read."""
    try:
        return datetime.fromisoformat(_manifest(index)["valid_until"]) - datetime.now(UTC)
    except (OSError, ValueError, KeyError, TypeError):
        return timedelta(0)


def _is_of_another_authority(index: Path) -> bool:
    """Tell a demo that an earlier version made, whose name the service would miss for ever."""
    try:
        return _manifest(index)["authority"] != AUTHORITY
    except (OSError, ValueError, KeyError, TypeError):
        return False


def _manifest(index: Path) -> dict[str, str]:
    manifest: dict[str, str] = json.loads((index / "current" / "manifest.json").read_bytes())
    return manifest


def _remove(folder: Path) -> None:
    if folder.is_dir():
        shutil.rmtree(folder)


def _index_builder(root: Path, *arguments: str) -> None:
    """Run `index-builder`, showing what it says only where it fails."""
    program = root / ".venv" / "bin" / "index-builder"
    run_quietly([program, *arguments], f"index-builder {' '.join(arguments)}", cwd=root)
