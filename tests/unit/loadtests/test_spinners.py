"""Programs that only spin."""

import os
import signal
from pathlib import Path

from loadtests.checks_beside_lists import Company
from loadtests.spinners import spinners
from tests.fixtures.patience import wait_until

STOPPED = "T"


def _state(process):
    return Path(f"/proc/{process}/stat").read_text("utf-8").rpartition(")")[2].split()[0]


def test_they_stand_still_but_while_they_are_company():
    with spinners(2) as processes:
        wait_until(lambda: all(_state(process) == STOPPED for process in processes))
        company = Company(processes)
        with company.present():
            wait_until(lambda: all(_state(process) != STOPPED for process in processes))
        wait_until(lambda: all(_state(process) == STOPPED for process in processes))
        assert 1 == len(company.busy)


def test_the_kernel_runs_them_last():
    with spinners(1) as (process,):
        assert os.SCHED_IDLE == os.sched_getscheduler(process)


def test_they_are_gone_when_the_block_ends():
    with spinners(1) as (process,):
        os.kill(process, signal.SIGCONT)
    assert not Path(f"/proc/{process}").exists()
