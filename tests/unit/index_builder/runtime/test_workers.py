"""Work given to other processes: in order, all of it, and gone with the build."""

import os
import signal
import subprocess
import sys
from functools import partial
from pathlib import Path

import pyarrow as pa
import pytest

from index_builder.build import WORKER_MODULES
from index_builder.people.identity_batches import canonical_batch
from index_builder.runtime import workers
from tests.fixtures.patience import wait_until

MANY = workers.ALONE_ROWS_MAX + 1


def copied(source: Path, to: Path) -> None:
    to.write_text(source.read_text())


def batch_of(number: int) -> pa.RecordBatch:
    row = {"id_type": "other", "id_number": f"x{number:07}", "name": f"Traveller {number}"}
    return pa.RecordBatch.from_pylist([row])


@pytest.mark.parametrize("rows", [1, MANY], ids=["alone", "in processes"])
def test_batches_come_back_in_order_and_whole(rows):
    results = workers.each_batch(canonical_batch, map(batch_of, range(25)), rows)
    assert [f"X{n:07}" for n in range(25)] == [b.column("document")[0].as_py() for b in results]


def test_what_a_worker_raises_reaches_the_build():
    wrong = pa.RecordBatch.from_pylist([{"id_type": "other"}])
    with pytest.raises(KeyError):
        list(workers.each_batch(canonical_batch, [batch_of(1), wrong], MANY))


def test_no_batches_are_no_results():
    assert [] == list(workers.each_batch(canonical_batch, [], MANY))


@pytest.mark.parametrize("rows", [1, MANY], ids=["alone", "in a process"])
def test_what_is_done_beside_is_done_when_it_is_left(tmp_path, rows):
    with workers.beside(partial(Path.write_text, tmp_path / "done", "whole"), rows):
        pass
    assert "whole" == (tmp_path / "done").read_text()


@pytest.mark.parametrize("rows", [1, MANY], ids=["alone", "in a process"])
def test_what_is_raised_beside_reaches_the_build(tmp_path, rows):
    with (
        pytest.raises(FileNotFoundError),
        workers.beside(partial(Path.write_text, tmp_path / "none" / "done", "whole"), rows),
    ):
        pass


@pytest.mark.skipif(workers.workers_count() == 1, reason="one core starts no processes")
def test_the_build_goes_on_meanwhile(tmp_path):
    pipe, told = tmp_path / "pipe", tmp_path / "told"
    os.mkfifo(pipe)
    with workers.beside(partial(copied, pipe, told), MANY):
        pipe.write_text("told while it ran")
    assert "told while it ran" == told.read_text()


READY = """
if __name__ == "__main__":
    from concurrent.futures import ProcessPoolExecutor
    from multiprocessing import get_context
    from index_builder.runtime import workers
    from index_builder.build import WORKER_MODULES

    workers.prepare_workers(workers.ALONE_ROWS_MAX + 1, WORKER_MODULES)
    with ProcessPoolExecutor(1, get_context("forkserver")) as pool:
        known = f"{{*{WORKER_MODULES}, 'pandas'}} <= {{*__import__('sys').modules}}"
        print(pool.submit(eval, known).result())
"""


@pytest.mark.skipif(workers.workers_count() == 1, reason="one core starts no processes")
def test_workers_start_with_their_modules_imported(tmp_path):
    program = tmp_path / "build.py"
    program.write_text(READY)
    output = subprocess.run([sys.executable, str(program)], capture_output=True, check=True)
    assert b"True\n" == output.stdout


@pytest.mark.parametrize("module", WORKER_MODULES)
def test_what_workers_call_needs_no_engine(module):
    looks = f"import {module}, sys; print({{'ibis', 'duckdb'}} & sys.modules.keys())"
    output = subprocess.run([sys.executable, "-c", looks], capture_output=True, check=True)
    assert b"set()\n" == output.stdout


UNDUMPABLE = """
if __name__ == "__main__":
    from index_builder.runtime import workers

    ask = "__import__('exposure_index.core_dumps').core_dumps.dumpable()"
    print(list(workers.each_batch(eval, [ask], workers.ALONE_ROWS_MAX + 1)))
"""


@pytest.mark.skipif(workers.workers_count() == 1, reason="one core starts no processes")
def test_a_worker_that_crashes_leaves_no_memory_on_a_disk(tmp_path):
    program = tmp_path / "build.py"
    program.write_text(UNDUMPABLE)
    output = subprocess.run([sys.executable, str(program)], capture_output=True, check=True)
    assert b"[False]\n" == output.stdout


KILLED = """
import sys
import pyarrow as pa
from index_builder.runtime import workers
from index_builder.people.identity_batches import canonical_batch

if __name__ == "__main__":
    row = {"id_type": "other", "id_number": "X0000001", "name": "A"}
    batches = iter(lambda: pa.RecordBatch.from_pylist([row]), None)
    for _ in workers.each_batch(canonical_batch, batches, workers.ALONE_ROWS_MAX + 1):
        print("begun", flush=True)
"""


def test_workers_end_when_the_build_is_killed(tmp_path):
    program = tmp_path / "build.py"
    program.write_text(KILLED)
    with subprocess.Popen(
        [sys.executable, str(program)], stdout=subprocess.PIPE, start_new_session=True
    ) as build:
        assert build.stdout is not None
        assert b"begun\n" == build.stdout.readline()
        assert len(_members(build.pid)) > 1
        os.kill(build.pid, signal.SIGKILL)
    wait_until(lambda: not _members(build.pid))


def _members(session: int) -> list[int]:
    """Return the processes of a session that have not ended."""
    processes = []
    for stat in Path("/proc").glob("[0-9]*/stat"):
        try:
            state, _, _, of = stat.read_text().rpartition(")")[2].split()[:4]
        except (FileNotFoundError, ProcessLookupError):
            continue
        if int(of) == session and state != "Z":
            processes.append(int(stat.parent.name))
    return processes
