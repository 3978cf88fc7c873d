import contextlib
import io
import shutil
import stat
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Barrier

import psycopg
import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from psycopg import sql
from sqlalchemy import func, select, text
from sqlalchemy.exc import IntegrityError

from app.logs import configure_logs
from app.records import database, engines
from app.records.citizens.corrections import corrections
from app.records.database import Records, RecordsUnavailable, records_url
from app.records.tables import metadata
from tests.fixtures.patience import PATIENCE_SECONDS
from tests.unit.app.conftest import RECORDS_KEY

ROW = {
    "receipt_digest": b"d",
    "received_on": None,
    "state": "received",
    "reason": "",
    "sealed": b"s",
}


def row(reference: str, today) -> dict[str, object]:
    return {
        **ROW,
        "reference": reference,
        "received_on": today,
        "receipt_digest": reference.encode(),
    }


def count(records: Records) -> int:
    with records.reading() as connection:
        return connection.execute(select(func.count()).select_from(corrections)).scalar_one()


def test_the_revisions_make_the_tables_that_the_code_describes(records):
    with records.reading() as connection:
        assert [] == compare_metadata(MigrationContext.configure(connection), metadata)


def test_many_processes_may_begin_at_once(open_records):
    together = Barrier(6)

    def begin() -> str:
        records = open_records()
        together.wait()
        return records.fault()

    with ThreadPoolExecutor(6) as pool:
        assert [""] * 6 == [each.result() for each in [pool.submit(begin) for _ in range(6)]]


def test_threads_that_write_to_a_file_at_once_take_turns(tmp_path, today, monkeypatch):
    """None of them is refused, although SQLite itself would not wait."""
    monkeypatch.setattr(engines, "SQLITE_BUSY_MILLISECONDS", 0)
    monkeypatch.setattr(database, "WRITERS_TURN_SECONDS", PATIENCE_SECONDS)
    records = Records(records_url(None, tmp_path), RECORDS_KEY)
    records.upgrade()
    together = Barrier(8)

    def write(number: int) -> None:
        together.wait(PATIENCE_SECONDS)
        for each in range(5):
            with records.writing() as connection:
                connection.execute(corrections.insert().values(row(f"{number}-{each}", today)))

    with ThreadPoolExecutor(8) as pool:
        list(pool.map(write, range(8)))
    assert 40 == count(records)
    records.close()


def test_a_transaction_that_fails_leaves_nothing(records, today):
    with contextlib.suppress(ZeroDivisionError), records.writing() as connection:
        connection.execute(corrections.insert(), row("A", today))
        raise ZeroDivisionError
    assert 0 == count(records)


def test_a_reader_is_not_held_up_by_a_writer(open_records, today):
    writer, reader = open_records(), open_records()
    reader.upgrade()
    with writer.writing() as connection:
        connection.execute(corrections.insert(), row("A", today))
        assert 0 == count(reader)
    assert 1 == count(reader)


def test_writers_wait_for_each_other(open_records, today):
    names = [f"R{number}" for number in range(40)]

    def write(name: str) -> None:
        records = open_records()
        with records.writing() as connection:
            connection.execute(select(corrections)).all()  # reads first: then it becomes a writer
            connection.execute(corrections.insert(), row(name, today))

    with ThreadPoolExecutor(8) as pool:
        list(pool.map(write, names))
    assert len(names) == count(open_records())


def test_a_broken_constraint_is_told_apart(records, today):
    with records.writing() as connection:
        connection.execute(corrections.insert(), row("A", today))
    with pytest.raises(IntegrityError), records.writing() as connection:
        connection.execute(corrections.insert(), row("A", today))
    assert "" == records.fault()


def test_what_cannot_be_reached_is_not_tried_again_at_once(nowhere, monkeypatch):
    attempts = []

    def upgrade(engine) -> None:
        attempts.append(engine)
        engine.connect()

    monkeypatch.setattr(database, "upgrade_schema", upgrade)
    monkeypatch.setattr(database, "REST_SECONDS", PATIENCE_SECONDS)
    for _ in range(3):
        with pytest.raises(RecordsUnavailable):
            nowhere.upgrade()
    assert 1 == len(attempts)
    assert "records_unreachable" == nowhere.fault()


def test_an_error_of_the_database_leaves_no_value_in_the_log(records):
    configure_logs("info", lines := io.StringIO())
    with pytest.raises(RecordsUnavailable), records.reading() as connection:
        connection.execute(text("SELECT nothing FROM nowhere WHERE x = :x"), {"x": "hidden-word"})
    assert "records_unavailable" in lines.getvalue()
    assert "hidden-word" not in lines.getvalue()


def test_records_of_a_later_version_are_left_alone(open_records):
    with open_records().writing() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = 'r9999'"))
    later = open_records()
    with pytest.raises(RecordsUnavailable):
        later.upgrade()
    assert "records_schema" == later.fault()


def test_records_come_back_when_the_database_does(monkeypatch, tmp_path):
    monkeypatch.setattr(database, "REST_SECONDS", 0)
    (tmp_path / "state").write_text("no directory")
    records = Records(records_url(None, tmp_path / "state"), b"k" * 32)
    assert "records_unreachable" == records.fault()
    (tmp_path / "state").unlink()
    assert "" == records.fault()


def test_nothing_is_kept_in_a_file_that_was_taken_away(tmp_path, today, monkeypatch):
    monkeypatch.setattr(database, "REST_SECONDS", 0)
    state, aside = tmp_path / "state", tmp_path / "aside"
    records = Records(records_url(None, state), RECORDS_KEY)
    keep_one(records, "A", today)
    state.rename(aside)
    with pytest.raises(RecordsUnavailable):
        keep_one(records, "B", today)
    assert "records_unreachable" == records.fault()
    aside.rename(state)
    keep_one(records, "B", today)
    assert 2 == count(records)


def test_a_file_that_takes_the_place_of_another_is_the_one_that_is_used(tmp_path, today):
    state, backup = tmp_path / "state", tmp_path / "backup"
    records = Records(records_url(None, state), RECORDS_KEY)
    keep_one(records, "A", today)
    records.close()
    shutil.copytree(state, backup)
    keep_one(records, "B", today)
    state.rename(tmp_path / "aside")
    backup.rename(state)
    assert 1 == count(records)
    keep_one(records, "C", today)
    assert 2 == count(Records(records_url(None, state), RECORDS_KEY))


def keep_one(records, reference, today):
    with records.writing() as connection:
        connection.execute(corrections.insert(), row(reference, today))


def change_database(url, change):
    """Change a property of a database, though it takes no writes."""
    as_writer = "-c default_transaction_read_only=off"
    with psycopg.connect(url, autocommit=True, options=as_writer) as connection:
        name = sql.Identifier(connection.info.dbname)
        connection.execute(sql.SQL("ALTER DATABASE {} {}").format(name, sql.SQL(change)))


def test_a_database_that_takes_no_writes_has_its_own_fault(postgres_url):
    records = Records(records_url(postgres_url, Path()), RECORDS_KEY)
    assert "" == records.fault()
    change_database(postgres_url, "SET default_transaction_read_only = on")
    records.close()  # a property counts from the next connection on
    try:
        assert "records_unwritable" == records.fault()
    finally:
        change_database(postgres_url, "RESET default_transaction_read_only")
        records.close()


def test_the_file_is_for_its_owner_alone(tmp_path):
    records = Records(records_url(None, tmp_path / "state"), b"k" * 32)
    records.upgrade()
    files = (tmp_path / "state").glob("records.sqlite*")
    modes = {stat.S_IMODE(file.stat().st_mode) for file in files}
    assert {0o600} == modes


def test_without_the_key_records_are_not_ready(tmp_path):
    records = Records(records_url(None, tmp_path), None)
    assert "records_key" == records.fault()
    with pytest.raises(RecordsUnavailable):
        _ = records.cipher


def test_no_password_stands_in_the_repr():
    url = records_url("postgresql://user:hidden-word@127.0.0.1/gauge", None)
    assert "hidden-word" not in repr(Records(url, None))
