"""Start the service as `make run` does: with the demo, unless settings name something else.

`python -m tools.serve --incomplete`: the demo as if the data of a second authority were missing.
"""

import json
import os
import sys
from pathlib import Path

from app.logs import configure_logs
from app.records.database import RecordsUnavailable
from app.server.gunicorn_server import AddressTaken, require_free_address
from app.settings import SettingsInvalid, read_settings
from loadtests.command_line import command_parser
from tools import demo_index, demo_kiosk, demo_organisation

ROOT = Path(__file__).resolve().parent.parent
# Names as long as real ones are, and a number as long: no place has the code 0000.
DEMO_AUTHORITY = {
    "zh-Hans": demo_index.AUTHORITY,
    "zh-Hant": "示範市疾病預防控制中心",
    "en": "Demonstration City Centre for Disease Control and Prevention",
    "ja": "デモ市疾病予防管理センター",
    "ko": "시범시 질병예방통제센터",
}
DEMO_HOTLINE = "0000-88001234"
MISSING_AUTHORITY = "邻市疾病预防控制中心（演示）"
DEMO_PLACES = ROOT / "examples" / "help_places.toml"
DEMO_SECURITY_CONTACT = "mailto:security@health-authority.example"


def main(arguments: list[str]) -> None:
    """Replace this process by `gauge serve`, so that a signal reaches the service itself."""
    parser = command_parser(__doc__)
    parser.add_argument("--incomplete", action="store_true", help="a second authority is missing")
    incomplete = parser.parse_args(arguments).incomplete
    environment = dict(os.environ)
    if demo_index.is_wanted():
        demo = ROOT / "var" / "demo"
        environment.update(
            GAUGE_DEMO="1", GAUGE_INDEX_DIR=str(demo / "index"), GAUGE_KEYS_DIR=str(demo / "keys")
        )
        environment.setdefault("GAUGE_STATE_DIR", str(demo / "state"))
        environment.setdefault("GAUGE_AUTHORITY_NAME", json.dumps(DEMO_AUTHORITY))
        environment.setdefault("GAUGE_HOTLINE", DEMO_HOTLINE)
        environment.setdefault("GAUGE_HELP_PLACES", str(DEMO_PLACES))
        environment.setdefault("GAUGE_SECURITY_CONTACT", DEMO_SECURITY_CONTACT)
        if incomplete:
            there = json.dumps([demo_index.AUTHORITY, MISSING_AUTHORITY])
            environment.setdefault("GAUGE_AUTHORITIES", there)
        os.environ.update(environment)
        if not incomplete:
            print("  to see incomplete: make run-incomplete, and whoever is not listed", flush=True)
        try:
            tell_of_organisation(demo)
        except AddressTaken as error:
            print(f"gauge: {error.explanation}", file=sys.stderr)
            sys.exit(error.exit_code)
    gauge = str(ROOT / ".venv" / "bin" / "gauge")
    os.execve(gauge, [gauge, "serve"], environment)  # noqa: S606 - no shell is wanted


def tell_of_organisation(demo: Path) -> None:
    """Make the demo's organisation ready and print its account, where service and records can be.

    Raises AddressTaken before anything is changed: another service may be using the demo's files.
    """
    try:
        settings = read_settings()
        require_free_address(settings.host, settings.port)
        configure_logs("error")  # of what is made ready here; the service configures its own
        organisation = demo_organisation.make_ready(settings, demo)
        kiosk = demo_kiosk.make_ready(settings, demo)
    except (RecordsUnavailable, SettingsInvalid):  # the service says so itself
        return
    lines = demo_organisation.lines_to_try(organisation, demo / "workbooks")
    for line in (*lines, *demo_kiosk.lines_to_try(kiosk, demo)):
        print(line, flush=True)


if __name__ == "__main__":
    main(sys.argv[1:])
