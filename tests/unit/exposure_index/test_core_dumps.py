"""What a crash leaves behind: nothing, in processes that are made to crash."""

import os
import signal
import subprocess
import sys

import pytest

from exposure_index.core_dumps import dumpable

FORBID = "from exposure_index.core_dumps import dumpable, forbid_core_dumps; forbid_core_dumps(); "


def output_of(statements: str) -> str:
    done = subprocess.run([sys.executable, "-c", statements], capture_output=True, check=True)
    return done.stdout.decode().strip()


def test_the_size_of_a_core_file_is_nought_for_good():
    limits = "import resource; print(resource.getrlimit(resource.RLIMIT_CORE))"
    assert "(0, 0)" == output_of(FORBID + limits)


@pytest.mark.skipif(sys.platform != "linux", reason="prctl(2) is of Linux")
def test_the_kernel_is_kept_from_dumping_the_process():
    assert "False" == output_of(FORBID + "print(dumpable())")


@pytest.mark.skipif(sys.platform != "linux", reason="prctl(2) is of Linux")
def test_a_forked_process_is_kept_from_it_too():
    fork = "import os; os.fork() and os.wait(); print(dumpable(), flush=True)"
    assert ["False", "False"] == output_of(FORBID + fork).split()


def test_a_program_it_starts_writes_no_core_file_either():
    ask = "import resource; print(resource.getrlimit(resource.RLIMIT_CORE)[0])"
    start = f"import subprocess, sys; subprocess.run([sys.executable, '-c', {ask!r}])"
    assert "0" == output_of(FORBID + start)


def test_without_prctl_the_size_alone_is_set(monkeypatch):
    monkeypatch.setattr(sys, "platform", "darwin")
    assert dumpable() is None


def test_a_crash_dumps_nothing(tmp_path):
    process = subprocess.Popen(
        [sys.executable, "-c", FORBID + "import os; os.abort()"], cwd=tmp_path
    )
    _, status = os.waitpid(process.pid, 0)
    process.returncode = status
    assert (signal.SIGABRT, False) == (os.WTERMSIG(status), os.WCOREDUMP(status))
    assert [] == list(tmp_path.iterdir())
