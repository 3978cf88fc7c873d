"""A long list by `gauge private-check`, interrupted in every manner, against a real service."""

import csv
import signal
import subprocess
import urllib.request
from dataclasses import dataclass
from pathlib import Path

import pytest

from app.private_lists import list_watch
from tests.fixtures.patience import PATIENCE_SECONDS, wait_until
from tests.fixtures.programs import gauge_with

UNLISTED = 800  # so long that a run is interrupted before it ends
LIMITS_OFF = {"GAUGE_LIMITS": "off"}
ONE_THAT_LOOKS = {
    "GAUGE_INDEX_RELOAD_SECONDS": "0.2",
    "GAUGE_WORKERS": "1",  # each worker sees a change by its own look
}


@pytest.fixture(scope="module")
def service(start_module_service, published_privately):
    running = start_module_service(published_privately, LIMITS_OFF)
    yield running
    running.stop()


@dataclass
class ListCommand:
    """`gauge private-check` over one list and output, as often as a test wants."""

    url: str
    folder: Path
    trust: Path

    @property
    def out(self):
        return self.folder / "answers.csv"

    @property
    def progress(self):
        return self.folder / "answers.csv.progress"

    def start(self, *options, constants=None):
        command = [*gauge_with(constants or {}), "private-check", self.url, "--trust", self.trust]
        files = ("--people", "people.csv", "--out", self.out)
        return subprocess.Popen(
            [*command, *files, *options],
            cwd=self.folder,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )

    def run(self, *options):
        process = self.start(*options)
        _, err = process.communicate(timeout=PATIENCE_SECONDS)
        return process.returncode, err

    def interrupt(self, number):
        """Start it, send a signal once some answers are kept; return exit code and words."""
        process = self.start()
        wait_until(lambda: self.progress.exists() and self.progress.stat().st_size > 20_000)
        process.send_signal(number)
        _, err = process.communicate(timeout=PATIENCE_SECONDS)
        return process.returncode, err

    def statuses(self):
        with self.out.open(encoding="utf-8", newline="") as file:
            return [row["status"] for row in csv.DictReader(file)]


@pytest.fixture
def list_command(service, published_privately, people, tmp_path):
    lines = ["id_type,id_number,name"]
    lines += [f"passport,E9{number:07},ANY PERSON" for number in range(UNLISTED)]
    for person in (people.close, people.general):
        form = person.as_form()
        lines.append(",".join(form[key] for key in ("id_type", "id_number", "name")))
    (tmp_path / "people.csv").write_text("\n".join(lines) + "\n", "utf-8")
    trust = published_privately.web_keys / "trust.json"
    return ListCommand(service.url, tmp_path, trust)


EXPECTED = ["not_found"] * UNLISTED + ["exposed"] * 3  # one of both has two trips


@pytest.mark.parametrize(
    ("number", "code"), [(signal.SIGKILL, -signal.SIGKILL), (signal.SIGTERM, 130)], ids=str
)
def test_an_interrupted_run_leaves_no_output_and_is_continued(list_command, number, code):
    assert code == list_command.interrupt(number)[0]
    assert not list_command.out.exists()
    ended, err = list_command.run()
    assert (0, True) == (ended, "were answered by the run before" in err), err
    assert EXPECTED == list_command.statuses()
    assert ["answers.csv", "people.csv", "seen.json"] == sorted(
        path.name for path in list_command.folder.iterdir()
    )


def test_a_killed_run_leaves_no_process_behind(list_command):
    list_command.interrupt(signal.SIGKILL)
    folder = str(list_command.folder)

    def orphans():
        return [pid for pid in Path("/proc").glob("[0-9]*") if folder == _working_directory(pid)]

    wait_until(lambda: not orphans())


def _working_directory(process):
    try:
        return str((process / "cwd").readlink())
    except OSError:  # ended meanwhile
        return ""


def test_another_list_is_asked_about_anew(list_command):
    list_command.interrupt(signal.SIGTERM)
    people = list_command.folder / "people.csv"
    people.write_text("".join(people.read_text("utf-8").splitlines(keepends=True)[:200]), "utf-8")
    ended, err = list_command.run()
    assert (0, True) == (ended, "everybody is asked about anew" in err), err
    assert 199 == len(list_command.statuses())


def test_answers_of_two_builds_are_never_mixed(start_service, own_private_deployment, list_command):
    own = start_service(own_private_deployment, {**LIMITS_OFF, **ONE_THAT_LOOKS})
    list_command.url = own.url
    list_command.interrupt(signal.SIGTERM)
    build_id = own_private_deployment.publish(private=True)
    wait_until(lambda: build_id in index_of(own))
    ended, err = list_command.run()
    own.stop()
    assert (0, True) == (ended, "everybody is asked about anew" in err), err
    assert EXPECTED == list_command.statuses()


def test_a_watch_checks_at_each_new_build_and_ends_by_sigterm(
    start_service, own_private_deployment, list_command
):
    own = start_service(own_private_deployment, {**LIMITS_OFF, **ONE_THAT_LOOKS})
    list_command.url = own.url
    changes = list_command.folder / "answers.csv.changes.csv"
    often = {list_watch: {"LOOK_SECONDS": 0.2}}
    watch = list_command.start("--own-columns", "--watch", constants=often)
    wait_until(list_command.out.exists)
    own_private_deployment.publish(private=True)
    wait_until(changes.exists)
    watch.send_signal(signal.SIGTERM)
    _, err = watch.communicate(timeout=PATIENCE_SECONDS)
    own.stop()
    assert (0, True, True) == (watch.returncode, "rows checked" in err, "watching ends" in err), err
    assert 0o600 == changes.stat().st_mode & 0o777


def index_of(service):
    with urllib.request.urlopen(f"{service.url}/api/v1/index", timeout=PATIENCE_SECONDS) as answer:
        return answer.read().decode()
