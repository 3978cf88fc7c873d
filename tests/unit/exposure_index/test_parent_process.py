"""A process ends with its parent, also where the parent had no time to say so."""

import signal
import subprocess
import sys

import pytest

CHILD = """
import os, signal
from exposure_index.parent_process import end_with_parent

parent = os.getpid()
child = os.fork()
if child == 0:
    end_with_parent(parent)
    print(os.getpid(), flush=True)
    signal.pause()
signal.pause()
"""
FOREIGN = """
import os
from exposure_index.parent_process import end_with_parent

end_with_parent(os.getppid() + 1)
print("goes on")
"""


@pytest.mark.skipif(sys.platform != "linux", reason="prctl(2) is of Linux")
def test_the_kernel_ends_it_with_a_parent_that_is_killed():
    with subprocess.Popen([sys.executable, "-c", CHILD], stdout=subprocess.PIPE) as parent:
        stream = parent.stdout
        assert int(stream.readline()) > 0
        parent.kill()
        # both have the pipe: its end is the end of both
        assert b"" == stream.read()
        assert -signal.SIGKILL == parent.wait()


def test_it_ends_at_once_where_its_parent_has_gone_before():
    done = subprocess.run([sys.executable, "-c", FOREIGN], capture_output=True, check=True)
    assert b"" == done.stdout
