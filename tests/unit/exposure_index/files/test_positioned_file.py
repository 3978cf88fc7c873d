import subprocess
import sys
import textwrap
import threading
from itertools import cycle, islice
from pathlib import Path

import pytest

from exposure_index.files.positioned_file import PIECE_BYTES, PositionedFile, ReadFailed
from tests.fixtures.open_files import times_open

DATA = bytes(range(256)) * 100


def opened(path) -> PositionedFile:
    with path.open("rb") as file:
        return PositionedFile(file)


@pytest.fixture
def path(tmp_path) -> Path:
    path = tmp_path / "file"
    path.write_bytes(DATA)
    return path


@pytest.mark.parametrize("length", [0, 1, PIECE_BYTES - 1, PIECE_BYTES, PIECE_BYTES + 1, 20_000])
def test_bytes_are_read_by_their_place(path, length):
    assert DATA[300 : 300 + length] == opened(path).read(300, length)


@pytest.mark.parametrize(("place", "length"), [(len(DATA), 1), (len(DATA) - 1, 2), (0, 30_000)])
def test_less_than_was_asked_for_is_a_failure(path, place, length):
    with pytest.raises(ReadFailed):
        opened(path).read(place, length)


def test_a_closed_file_is_a_failure(path):
    file = opened(path)
    file.close()
    for read in (lambda: file.read(0, 1), file.size):
        with pytest.raises(ReadFailed):
            read()


def test_a_file_stays_the_one_that_was_opened(path):
    file = opened(path)
    (path.parent / "other").write_bytes(bytes(len(DATA)))
    (path.parent / "other").rename(path)
    assert (DATA[:9], len(DATA)) == (file.read(0, 9), file.size())


def test_the_descriptor_goes_with_the_last_reference(path):
    kept = opened(path)
    for _ in range(50):
        opened(path).read(0, 1)
    assert 1 == times_open(path)
    del kept
    assert 0 == times_open(path)


def test_several_threads_read_their_own_places(path):
    file, wrong = opened(path), []

    def read(begin):
        places = islice(cycle(range(begin, begin + 2000, 7)), 3000)
        wrong.extend(at for at in places if file.read(at, 500) != DATA[at : at + 500])

    threads = [threading.Thread(target=read, args=(begin,)) for begin in range(0, 16_000, 2000)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert [] == wrong


def test_forked_processes_read_their_own_places(path):
    program = """
        import os, sys
        from exposure_index.files.positioned_file import PositionedFile
        with open(sys.argv[1], "rb") as opened:
            file = PositionedFile(opened)
        children = []
        for begin in (0, 5000):
            child = os.fork()
            if not child:
                right = all(
                    file.read(at, 256) == bytes((at + n) % 256 for n in range(256))
                    for at in range(begin, begin + 3000, 3)
                )
                os._exit(0 if right else 1)
            children.append(child)
        sys.exit(max(os.waitstatus_to_exitcode(os.waitpid(each, 0)[1]) for each in children))
    """
    subprocess.run([sys.executable, "-c", textwrap.dedent(program), str(path)], check=True)
