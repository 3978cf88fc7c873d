"""A tablet whose battery ends in mid-queue, and what somebody finds on it who steals it then."""

import contextlib
import os
import signal
from dataclasses import dataclass
from pathlib import Path

import pytest

from app.records.kiosks.checkins import StoredCheckin
from tests.fixtures.kiosk_doors import KioskTab, wait_for_checkins
from tests.fixtures.kiosk_roster import OBSERVED, OBSERVED_BEFORE
from tests.fixtures.patience import PATIENCE_SECONDS, wait_until
from tests.fixtures.people import UNLISTED
from tools.chromium import QUIET, START_MILLISECONDS, find_chromium

DUMP = Path(__file__).with_name("dump_storage.js").read_text("utf-8")
GUARD_REASON = "熟人担保 vouched for"
PEOPLE = (OBSERVED, OBSERVED_BEFORE, UNLISTED)
READABLE = [
    GUARD_REASON,
    *(each.name for each in PEOPLE),
    *(each.id_number for each in PEOPLE),
]
CHECKINS = 5
"""What passes before the battery ends: four people, one of them overridden by the guard."""


@dataclass
class LostTablet:
    """dump: all that a page can read of what is stored; profile: the files of the browser."""

    dump: str
    badge_secrets: list[str]
    profile: Path
    checkins: list[StoredCheckin]


def passages(tab):
    """Let people pass, with badges, with typed details, and with the guard's word."""
    tab.pass_by(tab.door.badges["come_in"])
    tab.pass_by(tab.door.badges["wait"])
    tab.press("details")
    tab.page.check("input[data-choice=passport]")
    tab.page.fill("[data-field=id_number]", OBSERVED_BEFORE.id_number)
    tab.page.fill("[data-field=name]", OBSERVED_BEFORE.name)
    tab.press("send")
    tab.finish()
    for _ in range(2):
        tab.press("override")
    tab.press("override-come_in")
    tab.page.fill("[data-field=reason]", GUARD_REASON)
    tab.press("confirm")
    tab.word()
    tab.press("next")
    tab.wait_for("ready")


def started(browser, profile):
    """Start a Chromium that keeps its files; return its context."""
    context = browser.browser_type.launch_persistent_context(
        profile,
        executable_path=find_chromium(),
        args=list(QUIET),
        timeout=START_MILLISECONDS,
        viewport={"width": 1280, "height": 800},
        locale="en",
    )
    context.set_default_timeout(PATIENCE_SECONDS * 1_000)
    return context


def process_of(profile):
    """Return the first process of the Chromium that keeps its files there, past its script."""
    wanted = f"--user-data-dir={profile}".encode()
    for folder in Path("/proc").glob("[0-9]*"):
        with contextlib.suppress(OSError):  # ended meanwhile
            arguments = (folder / "cmdline").read_bytes().split(b"\0")
            is_script = arguments[0].endswith(b"/sh")
            is_part = any(one.startswith(b"--type=") for one in arguments)
            if wanted in arguments and not is_script and not is_part:
                return int(folder.name)
    raise LookupError(profile)


def runs(process):
    try:
        state = Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()[0]
    except FileNotFoundError:
        return False
    return state != "Z"  # ended, and only its parent does not know


@pytest.fixture(scope="module")
def lost(browser, door, tmp_path_factory) -> LostTablet:
    """A tablet that lost its network, then its power, and was switched on again."""
    profile = tmp_path_factory.mktemp("tablet") / "profile"
    context = started(browser, profile)
    tab = KioskTab(context.pages[0], door, next(door.names))
    tab.enrol()
    tab.keep_for_offline()
    context.set_offline(True)
    passages(tab)
    dump = tab.page.evaluate(DUMP)
    process = process_of(profile)
    os.kill(process, signal.SIGKILL)
    wait_until(lambda: not runs(process))
    context = started(browser, profile)
    tab.page = context.pages[0]
    tab.open()
    checkins = wait_for_checkins(tab, CHECKINS)
    context.close()
    secrets = [badge.split(":")[2] for badge in door.badges.values()]
    return LostTablet(dump, secrets, profile, checkins)


def test_each_check_in_that_waited_is_there_once(lost):
    assert [1, 2, 3, 4, 5] == [one.sequence for one in lost.checkins]


def test_nothing_that_a_page_can_read_names_anybody(lost):
    assert ("GAUGEK01" in lost.dump, '"waiting"' in lost.dump) == (True, True)
    assert [] == [text for text in [*READABLE, *lost.badge_secrets] if text in lost.dump]


def test_no_key_can_be_taken_away(lost):
    assert "private key, extractable false" in lost.dump
    assert "private key, extractable true" not in lost.dump


def test_no_file_of_the_browser_names_anybody(lost):
    wanted = [*READABLE, *lost.badge_secrets]
    needles = [text.encode(encoding) for text in wanted for encoding in ("utf-8", "utf-16-le")]
    files = [path for path in lost.profile.rglob("*") if path.is_file()]
    found = [
        (str(path.relative_to(lost.profile)), needle)
        for path in files
        for content in [path.read_bytes()]
        for needle in needles
        if needle in content
    ]
    assert (True, []) == (len(files) > 20, found)
