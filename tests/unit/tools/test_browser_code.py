"""The browser's code: its types hold, and the bundle that is served was built from it."""

import json
import os
import subprocess
from pathlib import Path

from tools.browser_bundle import find_node

ROOT = Path(__file__).resolve().parents[3]
FRONTEND = ROOT / "frontend"
BUNDLE = ROOT / "app" / "static" / "bundle"


def test_the_types_of_the_scripts_hold():
    node = find_node(ROOT)
    done = subprocess.run(
        [*node.npm, "run", "--silent", "types"],
        cwd=FRONTEND,
        env={**os.environ, "PATH": f"{node.folder}{os.pathsep}{os.environ['PATH']}"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert 0 == done.returncode, done.stdout


def test_every_script_stands_in_the_bundle_with_what_the_browser_must_find():
    scripts = {f"{path.stem}.js" for path in (FRONTEND / "scripts").glob("*.ts")}
    names = json.loads((BUNDLE / "manifest.json").read_text())
    integrity = json.loads((BUNDLE / "integrity.json").read_text())
    assert scripts
    assert scripts <= set(names)
    assert set(names) == set(integrity)


def test_no_script_needs_look_behinds_which_safari_has_since_16_4_only():
    names = json.loads((BUNDLE / "manifest.json").read_text())
    scripts = {name: BUNDLE / file for name, file in names.items() if name.endswith(".js")}
    assert scripts
    assert [] == [
        name
        for name, path in scripts.items()
        if "(?<=" in path.read_text() or "(?<!" in path.read_text()
    ]
