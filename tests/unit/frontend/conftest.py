"""The browser's modules, bundled for Node and called with lines of JSON."""

import json
import os
import subprocess
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

import pytest

from tests.fixtures.node_process import node_process
from tools.browser_bundle import find_node

ROOT = Path(__file__).resolve().parents[3]
FRONTEND = ROOT / "frontend"
MODULES = sorted((FRONTEND / "scripts" / "private").glob("*.ts"))
WITH_A_PAGE = frozenset({"identity_tables.d.ts"})
KIOSK_MODULES = sorted((FRONTEND / "scripts" / "kiosk").glob("*.ts"))
WITH_A_WINDOW = frozenset({"browser_surroundings.ts", "browser_terminal.ts", "updates.ts"})
KIOSK_DRIVER = Path(__file__).parent / "kiosk" / "kiosk_driver.mjs"
# One call a line, [function, arguments]; bytes travel as {"hex": …}, fixed randomness as
# {"drawn": [hex, …]}, a time as {"time": …}; one answer a line.
CALLER = """
import { createInterface } from "node:readline";
const module = await import(process.argv[2]);
const bytes = (hex) => Uint8Array.from(Buffer.from(hex, "hex"));
const read = (_, value) => {
  if (value?.hex !== undefined) return bytes(value.hex);
  if (value?.time !== undefined) return new Date(value.time);
  if (value?.drawn === undefined) return value;
  const left = [...value.drawn];
  return () => bytes(left.shift());
};
const write = (_, value) => {
  if (value instanceof Uint8Array) return { hex: Buffer.from(value).toString("hex") };
  return value instanceof Map ? [...value] : value === undefined ? null : value;
};
for await (const line of createInterface({ input: process.stdin })) {
  const [name, args] = JSON.parse(line, read);
  let answer;
  try { answer = { returned: await module[name](...args) }; }
  catch (error) {
    answer = { thrown: error.constructor.name, reason: error.message ?? error.reason };
  }
  process.stdout.write(JSON.stringify(answer, write) + "\\n");
}
"""

Calls = Sequence[tuple[str, Sequence[Any]]]
CallBrowser = Callable[[Calls], list[Any]]


def bundle(folder: Path, modules: Sequence[Path]) -> tuple[Path, Path]:
    """Bundle modules for Node; return the script that calls them, and them."""
    node = find_node(ROOT).folder / "node"
    bundled, caller = folder / "modules.mjs", folder / "caller.mjs"
    names = [os.path.relpath(module, FRONTEND) for module in modules]
    subprocess.run([node, "for_node.mjs", bundled, *names], cwd=FRONTEND, check=True)
    caller.write_text(CALLER)
    return caller, bundled


def calls_of(folder: Path, modules: Sequence[Path]) -> CallBrowser:
    """Bundle modules for Node; return what calls them, each list of calls in a process anew."""
    scripts = bundle(folder, modules)
    node = find_node(ROOT).folder / "node"

    def call(calls: Calls) -> list[Any]:
        lines = "\n".join(json.dumps(one) for one in calls)  # ASCII: lone surrogates survive
        done = subprocess.run(
            [node, *scripts], input=lines.encode(), capture_output=True, check=False
        )
        assert 0 == done.returncode, done.stderr.decode()
        return [json.loads(line) for line in done.stdout.splitlines()]

    return call


@pytest.fixture(scope="session")
def in_browser(tmp_path_factory: pytest.TempPathFactory) -> CallBrowser:
    """Call functions of the browser's modules, in one process of Node; return their answers."""
    modules = [module for module in MODULES if module.name not in WITH_A_PAGE]
    return calls_of(tmp_path_factory.mktemp("frontend"), modules)


@pytest.fixture(scope="session")
def in_kiosk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[CallBrowser]:
    """Call functions of the kiosk's core, and of kiosk_driver.mjs, as in_browser does."""
    modules = [module for module in KIOSK_MODULES if module.name not in WITH_A_WINDOW]
    scripts = bundle(tmp_path_factory.mktemp("kiosk"), [*modules, KIOSK_DRIVER])
    with node_process(find_node(ROOT).folder / "node", *scripts) as process:
        yield process
