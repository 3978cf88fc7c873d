from importlib.metadata import version

import click
import pytest

from app.commands import gauge, main
from app.factory import SigningKeyReadable
from app.server.gunicorn_server import AddressTaken
from app.settings import SettingsInvalid
from app.web.assets import BundleMissing
from exposure_index.crypto.keys import KeyMissing
from tests.unit.app.commands.conftest import run_gauge


@pytest.mark.parametrize(
    ("error", "code"),
    [
        (click.UsageError("x"), 2),
        (SettingsInvalid(["x"]), 2),
        (SigningKeyReadable(), 11),
        (KeyMissing("x"), 11),
        (AddressTaken(), 12),
        (BundleMissing("x"), 12),
        (RuntimeError("x"), 1),
    ],
)
def test_each_kind_of_error_has_its_exit_code(ended_by, error, code):
    assert code == ended_by(error)[0]


def test_the_version_is_told_as_the_index_builder_tells_its():
    told = run_gauge("--version").stdout
    assert f"gauge, version {version('contact-gauge')}\n" == told


def test_a_bug_is_told_without_its_message(ended_by):
    assert "hidden-word" not in ended_by(RuntimeError("hidden-word"))[1]


@pytest.fixture
def ended_by(monkeypatch, capsys):
    def ended_by(error):
        def fail(*_, **__):
            raise error

        monkeypatch.setattr(gauge, "main", fail)
        with pytest.raises(SystemExit) as ended:
            main([])
        return ended.value.code, capsys.readouterr().err

    return ended_by
