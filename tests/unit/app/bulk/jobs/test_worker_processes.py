"""A process of the worker lives as long as the one that forked it, whatever its number."""

import os

import pytest

from app.bulk.jobs.worker_processes import _end_with

ALIVE = 7


def code_of(parent):
    """Fork a process that ends with a parent of that number; return how it ended."""
    if child := os.fork():
        return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
    try:
        _end_with(parent)
        os._exit(ALIVE)
    except BaseException:
        os._exit(1)


@pytest.mark.parametrize(("is_own", "code"), [(True, ALIVE), (False, 0)])
def test_it_lives_with_the_process_that_forked_it_and_no_other(is_own, code):
    assert code == code_of(os.getpid() if is_own else 1)
