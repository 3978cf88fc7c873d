"""The command `gauge` as its script runs it, over a published index and records of its own."""

import io
import subprocess

import pytest
from click.testing import CliRunner

from app import commands
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
