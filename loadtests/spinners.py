"""Programs that only spin, in the class that the kernel runs last: what any list costs at least.

They compute nothing, touch no memory and wait for nobody: what a check loses beside them is what
kernel and machine take to hand a processor over, and no fault of what else runs there.
"""

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager

SECONDS_MAX = 600
READY = b"ready\n"


@contextmanager
def spinners(number: int) -> Iterator[list[int]]:
    """Start so many; yield their processes, which stand still until SIGCONT."""
    command = [sys.executable, "-m", "loadtests.spinners"]
    programs = [subprocess.Popen(command, stdout=subprocess.PIPE) for _ in range(number)]
    try:
        for program in programs:
            if program.stdout is None or program.stdout.readline() != READY:
                message = "a program did not start to spin"
                raise RuntimeError(message)
            program.send_signal(signal.SIGSTOP)
        yield [program.pid for program in programs]
    finally:
        for program in programs:
            program.kill()
            with program:
                pass


def spin() -> None:
    """Spin until SECONDS_MAX have passed: the alarm ends the program."""
    signal.alarm(SECONDS_MAX)
    os.sched_setscheduler(0, os.SCHED_IDLE, os.sched_param(0))
    sys.stdout.buffer.write(READY)
    sys.stdout.flush()
    while True:
        pass


if __name__ == "__main__":
    spin()
