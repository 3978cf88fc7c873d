"""Start the service as `make run` does: with the demo, unless settings name something else."""

import os
from pathlib import Path

from tools import demo_index

ROOT = Path(__file__).resolve().parent.parent


def main() -> None:
    """Replace this process by `gauge serve`, so that a signal reaches the service itself."""
    environment = dict(os.environ)
    if demo_index.is_wanted():
        demo = ROOT / "var" / "demo"
        environment.update(
            GAUGE_DEMO="1", GAUGE_INDEX_DIR=str(demo / "index"), GAUGE_KEYS_DIR=str(demo / "keys")
        )
        environment.setdefault("GAUGE_STATE_DIR", str(demo / "state"))
    gauge = str(ROOT / ".venv" / "bin" / "gauge")
    os.execve(gauge, [gauge, "serve"], environment)  # noqa: S606 - no shell is wanted


if __name__ == "__main__":
    main()
