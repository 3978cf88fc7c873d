"""The virtual environment `.venv`: made, mended when broken, filled from locks with hashes."""

import os
import subprocess
import sys
from pathlib import Path

from tools import system_packages
from tools.quiet_programs import InstallFailed, run_quietly
from tools.stamps import Step, perform, say

PROBE = "import sys, pip; sys.exit(sys.version_info < (3, 11))"


def make_ready(root: Path, lock: Path) -> None:
    """Leave `.venv` whole, with everything of the lock and the project itself, in editable form.

    Raises SystemPackagesMissing or InstallFailed.
    """
    venv = root / ".venv"
    if not is_healthy(venv):
        if venv.is_symlink():
            # Making it anew would empty the environment of the checkout that it leads to.
            message = f"{venv} leads to another checkout's environment: remove the link first"
            raise InstallFailed(message)
        _create(venv)
    place = str(venv)
    perform(
        Step(
            name=f"Python packages of {lock.relative_to(root)} (a minute or two the first time)",
            action=lambda: _install_lock(venv, lock),
            stamp=venv / "stamps" / lock.stem,
            inputs=(lock,),
            outputs=(venv / "bin" / "python",),
            facts=(place,),
        )
    )
    perform(
        Step(
            name="the project itself",
            action=lambda: _pip(venv, "--no-deps", "--no-build-isolation", "--editable", str(root)),
            stamp=venv / "stamps" / "project",
            inputs=(root / "pyproject.toml",),
            outputs=(venv / "bin" / "gauge", venv / "bin" / "index-builder"),
            facts=(place,),
        )
    )


def is_healthy(venv: Path) -> bool:
    """Tell whether `.venv` runs, is new enough, has pip, and was not moved here from elsewhere."""
    pip, python = venv / "bin" / "pip", venv / "bin" / "python"
    if not pip.is_file() or not python.exists():
        return False
    if str(venv).encode() not in pip.read_bytes()[:512]:
        return False  # the scripts' first lines still name the place it was moved from
    try:
        probe = subprocess.run(
            [python, "-c", PROBE], capture_output=True, stdin=subprocess.DEVNULL, check=False
        )
    except OSError:
        return False
    return probe.returncode == 0


def install_node(root: Path) -> None:
    """Install the pinned Node of `requirements/node.txt` into `.venv`. Raises InstallFailed."""
    lock = root / "requirements" / "node.txt"
    _install_lock(root / ".venv", lock)


def install_spark(root: Path) -> None:
    """Leave PySpark in `.venv`, built from its source as it has no wheel. Raises InstallFailed."""
    venv, locks = root / ".venv", root / "requirements"
    build_tools, lock = locks / "spark-build.txt", locks / "spark.txt"

    def install() -> None:
        _install_lock(venv, build_tools)
        options = ("--require-hashes", "--only-binary", "py4j", "--no-build-isolation")
        _pip(venv, *options, "--requirement", str(lock))

    perform(
        Step(
            name="PySpark (430 MB, two minutes the first time)",
            action=install,
            stamp=venv / "stamps" / "spark",
            inputs=(build_tools, lock),
            outputs=(venv / "bin" / "python",),
            facts=(str(venv),),
        )
    )


def _create(venv: Path) -> None:
    say(f"virtual environment {venv}")
    done = _venv(venv)
    if done.returncode != 0 and "ensurepip" in done.stdout:
        package = f"python{sys.version_info.major}.{sys.version_info.minor}-venv"
        system_packages.install([package], purpose="the virtual environment")
        done = _venv(venv)
    if done.returncode != 0:
        message = f"python3 -m venv failed:\n{done.stdout[-2000:]}"
        raise InstallFailed(message)


def _venv(venv: Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "venv", "--clear", venv],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        check=False,
    )


def _install_lock(venv: Path, lock: Path) -> None:
    _pip(venv, "--require-hashes", "--only-binary", ":all:", "--requirement", str(lock))


def _pip(venv: Path, *arguments: str) -> None:
    """Run pip in the environment; wheels only, so that no compiler is needed."""
    command = [str(venv / "bin" / "python"), "-m", "pip", "install", "--quiet", "--no-input"]
    environment = {**os.environ, "PIP_DISABLE_PIP_VERSION_CHECK": "1"}
    what = f"pip install {' '.join(arguments)}"
    run_quietly([*command, *arguments], what, environment=environment)
