"""Start the service as `make run` does: with the demo, unless settings name something else."""

import json
import os
from pathlib import Path

from app.logs import configure_logs
from app.records.database import RecordsUnavailable
from app.settings import read_settings
from tools import demo_index, demo_kiosk, demo_organisation

ROOT = Path(__file__).resolve().parent.parent
DEMO_AUTHORITY = {
    "zh-Hans": "演示卫生机构",
    "zh-Hant": "示範衛生機關",
    "en": "Demonstration Health Authority",
}
DEMO_HOTLINE = "12320"  # China's public health line, for anybody who takes the demo for real


def main() -> None:
    """Replace this process by `gauge serve`, so that a signal reaches the service itself."""
    environment = dict(os.environ)
    if demo_index.is_wanted():
        demo = ROOT / "var" / "demo"
        environment.update(
            GAUGE_DEMO="1", GAUGE_INDEX_DIR=str(demo / "index"), GAUGE_KEYS_DIR=str(demo / "keys")
        )
        environment.setdefault("GAUGE_STATE_DIR", str(demo / "state"))
        environment.setdefault("GAUGE_AUTHORITY_NAME", json.dumps(DEMO_AUTHORITY))
        environment.setdefault("GAUGE_HOTLINE", DEMO_HOTLINE)
        environment.setdefault("GAUGE_DEMO_DAY", demo_index.DOOR_DAY)
        os.environ.update(environment)
        _tell_of_organisation(demo)
    gauge = str(ROOT / ".venv" / "bin" / "gauge")
    os.execve(gauge, [gauge, "serve"], environment)  # noqa: S606 - no shell is wanted


def _tell_of_organisation(demo: Path) -> None:
    """Make the demo's organisation ready and print its account, unless there are no records."""
    try:
        settings = read_settings()
        configure_logs("error")  # of what is made ready here; the service configures its own
        organisation = demo_organisation.make_ready(settings, demo)
        kiosk = demo_kiosk.make_ready(settings, demo)
    except RecordsUnavailable:  # the service says so itself
        return
    lines = demo_organisation.lines_to_try(organisation, demo / "workbooks")
    for line in (*lines, *demo_kiosk.lines_to_try(kiosk, demo)):
        print(line, flush=True)


if __name__ == "__main__":
    main()
