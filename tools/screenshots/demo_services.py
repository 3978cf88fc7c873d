"""The services behind the pictures: `gauge serve` over the demo, in part, and without data."""

import csv
import json
import os
import re
import secrets
import subprocess
import time
import urllib.error
import urllib.request
from collections.abc import Mapping
from contextlib import ExitStack
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from urllib.parse import urlsplit

import pyotp

from loadtests.ports import free_port
from tools.demo_organisation import TITLE
from tools.screenshots.sms_gateway import sms_gateway
from tools.serve import DEMO_AUTHORITY, DEMO_HOTLINE, DEMO_PLACES

STRICT = {"GAUGE_NAMES_PER_DOCUMENT": "1", "GAUGE_NAMES_PER_DOCUMENT_PROVEN": "1"}
# busy after one check, and calculations that are never done
BUSY = {"GAUGE_NETWORK_CHECKS": "1", "GAUGE_PROOF_HASHES": "100000000"}
ADDRESSED = {"GAUGE_BASE_URL": "https://check.example.org"}  # else a port that is another each time
START_SECONDS = END_SECONDS = 180.0  # on a busy machine
HEADCOUNT = 100_000  # of each organisation: its quota is in no picture's way


@dataclass(frozen=True)
class Clerk:
    """An account of the counter or of an organisation, with a one-time code of now."""

    account: str
    password: str
    code: str


class DemoServices:
    """Starts each service when it is first asked for, and ends them all."""

    def __init__(self, root: Path, folder: Path) -> None:
        self._root = root
        self._folder = folder
        self._started: dict[str, tuple[str, subprocess.Popen[bytes]]] = {}
        self._open = ExitStack()

    def __enter__(self) -> "DemoServices":
        """Return the services."""
        return self

    def __exit__(self, *_error: object) -> None:
        """End the services."""
        processes = [process for _, process in self._started.values()]
        for process in processes:
            process.terminate()
        for process in processes:
            process.wait(END_SECONDS)
        self._open.close()

    def url(self, name: str = "whole") -> str:
        """Return the address of a service.

        name: whole, part (an authority is missing), none (no index), strict, busy, counter, phone,
        organisation, addressed (by the public, at https://check.example.org).
        """
        if name not in self._started:
            self._started[name] = self._start(name, self._settings(name))
        return self._started[name][0]

    def clerk(self, account: str) -> Clerk:
        """Add an account to the counter and return it."""
        return self._account("counter", account, ["counter", "add", account])

    def administrator(self, slug: str) -> Clerk:
        """Make an organisation and return its administrator."""
        choices = ["--title", TITLE, "--headcount", str(HEADCOUNT)]
        command = ["org", "create", slug, *choices]
        return self._account("organisation", f"admin@{slug}", command)

    def officer_invitation(self, slug: str) -> str:
        """Invite somebody as health officer of an organisation; return the link's address."""
        command = ["org", "invite", slug, "--role", "officer", "--json"]
        link: str = json.loads(self._run("organisation", command))["invitation"]
        return self.url("organisation") + urlsplit(link).path  # the command knows no port

    def workbook(self, name: str) -> bytes:
        """Return one of the workbooks of the demo."""
        return (self._root / "var" / "demo" / "workbooks" / name).read_bytes()

    def published_day(self, number: str) -> date:
        """Return the day of a published trip of the demo, which moves with the day it was built."""
        notices = self._root / "var" / "demo" / "source" / "notices.csv"
        with notices.open(encoding="utf-8", newline="") as lines:
            return next(
                date.fromisoformat(row["date"])
                for row in csv.DictReader(lines)
                if row["number"] == number
            )

    def _account(self, service: str, account: str, command: list[str]) -> Clerk:
        password = secrets.token_hex()
        text = self._run(service, [*command, "--password-stdin"], f"{password}\n")
        secret = re.findall(r"\b[A-Z2-7]{32}\b", text)[-1]
        return Clerk(account, password, pyotp.TOTP(secret).now())

    def _run(self, service: str, command: list[str], stdin: str = "") -> str:
        """Run ``gauge`` beside a service that is started; return what it prints."""
        self.url(service)
        return subprocess.run(
            [self._gauge, *command],
            input=stdin,
            capture_output=True,
            text=True,
            check=True,
            env=self._environment(service, self._settings(service)),
        ).stdout

    def _settings(self, name: str) -> dict[str, str]:
        index = self._root / "var" / "demo" / "index"
        if name == "part":
            index = self._side_by_side(index)
        if name == "none":
            index = self._folder / "nothing"
        return {
            "GAUGE_INDEX_DIR": str(index),
            "GAUGE_COUNTER": "on" if name == "counter" else "off",
            **(STRICT if name == "strict" else {}),
            **(BUSY if name == "busy" else {}),
            **(ADDRESSED if name == "addressed" else {}),
            **(self._phones() if name == "phone" else {}),
        }

    def _phones(self) -> dict[str, str]:
        return {
            "GAUGE_PHONE_VERIFICATION": "on",
            "GAUGE_PHONE_MESSAGES": "1000",
            "GAUGE_SMS_GATEWAY_URL": self._open.enter_context(sms_gateway()),
            "GAUGE_KEY_SMS_TOKEN": secrets.token_hex(),
        }

    def _side_by_side(self, index: Path) -> Path:
        several = self._folder / "several"
        (several / "west").mkdir(parents=True)
        (several / "east").symlink_to(index)
        return several

    @property
    def _gauge(self) -> Path:
        return self._root / ".venv" / "bin" / "gauge"

    def _environment(self, name: str, settings: Mapping[str, str]) -> dict[str, str]:
        inherited = {k: v for k, v in os.environ.items() if not k.startswith("GAUGE_")}
        return {
            **inherited,
            "GAUGE_DEMO": "1",
            "GAUGE_KEYS_DIR": str(self._root / "var" / "demo" / "keys"),
            "GAUGE_STATE_DIR": str(self._folder / f"state-{name}"),
            "GAUGE_AUTHORITY_NAME": json.dumps(DEMO_AUTHORITY),
            "GAUGE_HOTLINE": DEMO_HOTLINE,
            "GAUGE_HELP_PLACES": str(DEMO_PLACES),
            **settings,
        }

    def _start(
        self, name: str, settings: Mapping[str, str]
    ) -> tuple[str, "subprocess.Popen[bytes]"]:
        port = free_port()
        environment = {**self._environment(name, settings), "GAUGE_PORT": str(port)}
        with (self._folder / f"{name}.log").open("wb") as log:
            process = subprocess.Popen(
                [self._gauge, "serve"], env=environment, stdout=log, stderr=log
            )
        url = f"http://127.0.0.1:{port}"
        try:
            _wait_for(url, process)
        except RuntimeError:
            process.terminate()  # else it would start after all, beside the next one
            process.wait(END_SECONDS)
            raise
        return url, process


def _wait_for(url: str, process: "subprocess.Popen[bytes]") -> None:
    deadline = time.monotonic() + START_SECONDS
    while time.monotonic() < deadline and process.poll() is None:
        try:
            with urllib.request.urlopen(f"{url}/healthz", timeout=5):  # noqa: S310 - loopback
                return
        except (urllib.error.URLError, ConnectionError, TimeoutError):
            time.sleep(0.05)
    message = "the service of the screenshots did not start"
    raise RuntimeError(message)
