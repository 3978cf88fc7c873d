"""The browser's modules, bundled for Node and called with lines of JSON."""

import json
import subprocess
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import pytest

from tools.browser_bundle import find_node

ROOT = Path(__file__).resolve().parents[3]
FRONTEND = ROOT / "frontend"
MODULES = sorted((FRONTEND / "scripts" / "private").glob("*.ts"))
WITH_A_PAGE = frozenset({"identity_tables.d.ts"})
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


@pytest.fixture(scope="session")
def in_browser(tmp_path_factory: pytest.TempPathFactory) -> Callable[[Calls], list[Any]]:
    """Call functions of the browser's modules, in one process of Node; return their answers."""
    folder = tmp_path_factory.mktemp("frontend")
    node = find_node(ROOT).folder / "node"
    modules = [str(m.relative_to(FRONTEND)) for m in MODULES if m.name not in WITH_A_PAGE]
    bundled, caller = folder / "modules.mjs", folder / "caller.mjs"
    subprocess.run([node, "for_node.mjs", bundled, *modules], cwd=FRONTEND, check=True)
    caller.write_text(CALLER)

    def call(calls: Calls) -> list[Any]:
        lines = "\n".join(json.dumps(one) for one in calls)  # ASCII: lone surrogates survive
        done = subprocess.run(
            [node, caller, bundled], input=lines.encode(), capture_output=True, check=False
        )
        assert 0 == done.returncode, done.stderr.decode()
        return [json.loads(line) for line in done.stdout.splitlines()]

    return call
