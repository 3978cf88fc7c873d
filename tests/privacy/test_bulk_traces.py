"""What a list leaves: ciphertext while a job runs, and nothing once its keys are gone."""

import subprocess
import tempfile
from pathlib import Path

import pytest
from redis import Redis
from sqlalchemy import text

from app.bulk.jobs.destruction import find_leavings
from app.records.tables import metadata
from tests.fixtures.bulk import staff_csv, traces_of
from tests.fixtures.bulk_programs import many_people

PEOPLE = many_people(6_000)
WATCHED = [*PEOPLE[4:9], *PEOPLE[-5:]]


def found_in(content: bytes) -> set[bytes]:
    return {trace for trace in traces_of(*WATCHED) if trace in content}


def found_in_files(program, since: set[Path]) -> list[str]:
    """Files of the service, and temporary ones that were not there before, that hold a trace.

    Read by another program: a process that closes a file of SQLite gives up its locks on it.
    """
    fresh = set(Path(tempfile.gettempdir()).iterdir()) - since
    places = [program.directory, *(path for path in fresh if path.is_file())]
    grep = ["grep", "--recursive", "--files-with-matches", "--text", "--fixed-strings", "--file=-"]
    patterns = b"\n".join(traces_of(*WATCHED))
    done = subprocess.run(
        [*grep, *map(str, places)],
        input=patterns,
        env={"LC_ALL": "C", "PATH": "/usr/bin:/bin"},
        capture_output=True,
        check=False,
    )
    assert done.returncode in (0, 1, 2)  # 2: a file went away meanwhile
    return done.stdout.decode("utf-8", "replace").splitlines()


def found_in_database(program) -> set[bytes]:
    with program.store.records.reading() as connection:
        tables = connection.dialect.get_table_names(connection)
        rows = [connection.execute(text(f'SELECT * FROM "{table}"')).all() for table in tables]  # noqa: S608
    assert set(metadata.tables) <= set(tables)
    content = repr(rows).encode()
    return found_in(content) | found_in(repr(rows).encode("unicode_escape"))


def found_in_redis(program) -> set[bytes]:
    url = program.environment.get("GAUGE_REDIS_URL")
    if url is None:
        return set()
    redis = Redis.from_url(url)
    return found_in(b"".join(redis.dump(key) or b"" for key in redis.scan_iter()))


@pytest.fixture
def before() -> set[Path]:
    return set(Path(tempfile.gettempdir()).iterdir())


def test_a_list_is_nowhere_in_clear_and_in_the_end_nowhere(bulk_program, before):
    (bulk_program.directory / "clear").write_bytes(staff_csv(*WATCHED))
    assert [str(bulk_program.directory / "clear")] == found_in_files(bulk_program, before)
    (bulk_program.directory / "clear").unlink()
    job = bulk_program.put(PEOPLE)
    assert [] == found_in_files(bulk_program, before)
    bulk_program.start_worker()
    bulk_program.wait_for_progress(job)
    assert [] == found_in_files(bulk_program, before)
    assert set() == found_in_redis(bulk_program)
    bulk_program.wait_for_end(job)
    assert [f"{job.id}.results"] == bulk_program.store.keys.names()
    assert [] == found_in_files(bulk_program, before)
    bulk_program.jobs.cancel(1, job.id)
    bulk_program.kill_workers()
    assert [] == bulk_program.store.keys.names()
    assert [] == list(bulk_program.store.settings.bulk_directory.iterdir())
    assert ((), ()) == (
        find_leavings(bulk_program.store).folders,
        find_leavings(bulk_program.store).keys,
    )
    assert [] == found_in_files(bulk_program, before)
    assert set() == found_in_database(bulk_program)
    assert set() == found_in_redis(bulk_program)
