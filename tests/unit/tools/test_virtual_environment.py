import sys

import pytest

from tools.quiet_programs import InstallFailed
from tools.virtual_environment import is_healthy, make_ready


@pytest.fixture
def venv_like(tmp_path):
    folder = tmp_path / ".venv"
    (folder / "bin").mkdir(parents=True)
    (folder / "bin" / "pip").write_text(f"#!{folder}/bin/python\n")
    (folder / "bin" / "python").write_text(f'#!/bin/sh\nexec "{sys.executable}" "$@"\n')
    (folder / "bin" / "python").chmod(0o700)
    return folder


def test_an_environment_whose_scripts_start_its_own_python_is_healthy(venv_like):
    assert is_healthy(venv_like)


def test_an_environment_moved_from_elsewhere_is_not_healthy(venv_like):
    moved = venv_like.rename(venv_like.with_name("elsewhere"))
    assert not is_healthy(moved)


def test_an_environment_whose_python_is_gone_is_not_healthy(venv_like):
    python = venv_like / "bin" / "python"
    python.unlink()
    python.symlink_to("/nonexistent/python3")
    assert not is_healthy(venv_like)


@pytest.mark.parametrize("missing", ["pip", "python"])
def test_an_environment_without_its_programs_is_not_healthy(venv_like, missing):
    (venv_like / "bin" / missing).unlink()
    assert not is_healthy(venv_like)


def test_an_environment_whose_python_does_not_run_is_not_healthy(venv_like):
    python = venv_like / "bin" / "python"
    python.unlink()
    python.write_text("not a program")
    python.chmod(0o644)
    assert not is_healthy(venv_like)
    python.chmod(0o700)
    assert not is_healthy(venv_like)


def test_the_environment_of_another_checkout_is_not_emptied_through_a_link(venv_like, tmp_path):
    here = tmp_path / "worktree"
    here.mkdir()
    (here / ".venv").symlink_to(venv_like)
    with pytest.raises(InstallFailed, match="another checkout"):
        make_ready(here, here / "requirements" / "test.txt")
    assert (venv_like / "bin" / "pip").exists()
