"""The command `gauge` as its script runs it, over a published index and records of its own."""

import io
import subprocess

import pytest
from click.testing import CliRunner

from app import commands
from app.records.database import open_records
from app.settings import read_settings
from exposure_index.crypto.keys import KeyRing
from exposure_index.private.evaluation import LocalEvaluator, private_keys
from exposure_index.remote import http_transport
from tests.fixtures.patience import PATIENCE_SECONDS
from tests.fixtures.programs import BIN


@pytest.fixture
def gauge(published, tmp_path, monkeypatch, capfd):
    """Run the command as its script does; return exit code, standard output, standard error."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("GAUGE_KEYS_DIR", str(published.web_keys))
    monkeypatch.setenv("GAUGE_STATE_DIR", str(tmp_path / "state"))
    monkeypatch.setattr("sys.stdin", io.StringIO("four words of a clerk\n"))

    def run(*arguments):
        with pytest.raises(SystemExit) as ended:
            commands.main(arguments)
        output = capfd.readouterr()
        return ended.value.code, output.out, output.err

    return run


@pytest.fixture
def begun(gauge):
    """Make the records, empty, as a start of the service does."""
    open_records(read_settings()).upgrade()


def run_gauge(*arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [BIN / "gauge", *arguments],
        env={"PATH": "/usr/bin:/bin", **environment},
        capture_output=True,
        text=True,
        check=False,
        timeout=PATIENCE_SECONDS,
    )


@pytest.fixture
def gauge_with_state(tmp_path):
    def gauge_command(*arguments):
        return CliRunner().invoke(commands.gauge, arguments, env={"GAUGE_STATE_DIR": str(tmp_path)})

    return gauge_command


@pytest.fixture
def private_gauge(gauge, published_privately, monkeypatch):
    """The command, over a transport that answers from the files of a published build."""
    evaluator = LocalEvaluator(private_keys(KeyRing(published_privately.web_keys, {})))
    out, index = published_privately.index, []

    class FromFiles(http_transport.HttpTransport):
        def get(self, path):
            if path == "/api/v1/index":
                manifest = (out / "current" / "manifest.json").read_bytes()
                return b'{"manifests":[%s]}' % manifest
            index.append(path)
            return (out / path.removeprefix("/b/").replace("/", "/b/")).read_bytes()

        def post(self, path, body):
            return evaluator.evaluate(body)

    monkeypatch.setattr(http_transport, "HttpTransport", FromFiles)
    monkeypatch.setattr("exposure_index.remote.service.HttpTransport", FromFiles)
    trust = ("--trust", str(published_privately.web_keys / "trust.json"))
    return lambda *arguments: gauge(
        "private-check", "https://check.example.org", *trust, *arguments
    )
