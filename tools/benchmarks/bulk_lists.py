"""`make bench-bulk`: a list of ROWS people through a job, beside the hash alone and one by one.

`gauge worker` works with a process a processor, as it does alone on a machine. Memory is what its
processes have of their own, at most, beyond what they have idle.
"""

import csv
import io
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import date
from pathlib import Path

import xlsxwriter

from app.bulk.bulk_jobs import BulkJobs
from app.bulk.jobs.job_store import JobStore
from app.bulk.jobs.views import Caller, JobView
from app.bulk.uploads.receiving import Upload
from app.bulk.workers.bell import Bell
from app.organisations.directory import NewOrganisation, OrganisationDirectory
from app.records.database import open_records
from app.settings import Settings, read_settings
from exposure_index.crypto.keyed_hash import entry_hmac, entry_material
from exposure_index.crypto.keys import KeyRing
from exposure_index.files.index_directory import build_directory
from exposure_index.files.manifest import MANIFEST_FILE, Manifest
from exposure_index.identity.parsing import InvalidIdentity, parse_identity
from exposure_index.lookup.check import look_up_exposures
from exposure_index.lookup.open_index import OpenIndex
from loadtests.command_line import read_setting, run_command, whole_number
from loadtests.wrk_load import require_programs
from tables.staff_lists.staff_list import ListSource, open_staff_list
from tools.benchmarks.synthetic_index import invented_people, write_index

CALLER = Caller(1, "benchmark")
ENTRIES = 90_000
XLSX_ROWS = 100_000
SAMPLE = 20_000
HASHES_A_ROW = 2  # under the name, and of the document alone
HEADER = ("工号", "姓名", "证件类型", "证件号码", "部门")
LOOK_SECONDS = 0.2
PATIENCE_SECONDS = 3_600
MIB = 1 << 20


def main() -> int:
    """Print the rates and the memory; return the exit code."""
    rows = read_setting("ROWS", 1_000_000, whole_number)
    require_programs("bench-bulk", "wrk")  # of its second half, minutes later
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        write_index(folder, people=2_000, entries=ENTRIES)
        settings = read_settings(
            index_dir=str(folder / "index"),
            keys_dir=str(folder / "keys"),
            state_dir=str(folder / "state"),
        )
        hashes, alone = _hashes_a_second(), _checks_a_second(folder)
        print(f"HMAC-SHA-512 alone, {HASHES_A_ROW} a row: {hashes:9,.0f} rows/s a processor")
        print(f"one by one, in process:       {alone:9,.0f} rows/s a processor")
        print(f"workbook of {XLSX_ROWS:,} rows, read: {_xlsx_rows_a_second():9,.0f} rows/s")
        with _worker(settings) as process:
            jobs = _jobs(settings)
            _wait(jobs, jobs.receive(CALLER, _upload(_csv(100))), process)
            idle, spent = _own_bytes(process), _processor_seconds(process)
            job, peak, seconds = _wait(jobs, jobs.receive(CALLER, _upload(_csv(rows))), process)
            spent = _processor_seconds(process) - spent
        rate = rows / seconds
        print(f"a job of {rows:,} rows: {job.counts}")
        print(f"a job, rows: {rate:,.0f} rows/s on {os.cpu_count()} processors")
        print(f"  processor time: {spent / rows * 1e6:.0f} µs a row, without waiting")
        print(f"  beside one by one on as many: {rate / alone / (os.cpu_count() or 1):.2f} ×")
        print(f"  beside the hash on as many: {rate / hashes / (os.cpu_count() or 1):.2f} ×")
        print(f"memory beyond idle: {(peak - idle) / MIB:.0f} MiB (idle {idle / MIB:.0f} MiB)")
    return 0


def _jobs(settings: Settings) -> BulkJobs:
    store = JobStore(settings, open_records(settings))
    new = NewOrganisation("benchmark", "Benchmark", 2_000_000)
    OrganisationDirectory(store.records).create(new, date(2020, 2, 1))
    return BulkJobs(store, Bell(settings))


def _row(number: int) -> tuple[str, ...]:
    people = invented_people(number)
    person = people.listed if number % 1_000 == 0 else people.unlisted
    return str(number), person["name"], person["id_type"], person["id_number"], "生产部"


def _csv(rows: int) -> bytes:
    text = io.StringIO()
    csv.writer(text).writerows([HEADER, *map(_row, range(rows))])
    return text.getvalue().encode()


def _upload(content: bytes, media_type: str = "text/csv") -> Upload:
    return Upload(io.BytesIO(content), media_type, len(content))


@contextmanager
def _worker(settings: Settings) -> Iterator[subprocess.Popen[bytes]]:
    environment = {
        **os.environ,
        "GAUGE_INDEX_DIR": str(settings.index_dir),
        "GAUGE_KEYS_DIR": str(settings.keys_dir),
        "GAUGE_STATE_DIR": str(settings.state_dir),
        "GAUGE_LOG_LEVEL": "error",
    }
    process = subprocess.Popen([sys.executable, "-m", "app.commands", "worker"], env=environment)
    try:
        yield process
    finally:
        process.terminate()
        process.wait()


def _wait(
    jobs: BulkJobs, job: JobView, process: subprocess.Popen[bytes]
) -> tuple[JobView, int, float]:
    """Return a job that ended, the most memory meanwhile, and its seconds."""
    began, peak = time.monotonic(), 0
    while job.status not in ("done", "failed"):
        if time.monotonic() > began + PATIENCE_SECONDS:
            sys.exit("the job did not end")
        time.sleep(LOOK_SECONDS)
        peak = max(peak, _own_bytes(process))
        job = jobs.job(job.organisation_id, job.id)
    return job, peak, time.monotonic() - began


def _processor_seconds(process: subprocess.Popen[bytes]) -> float:
    """Return how long the worker's processes have computed."""
    ticks = 0
    for stat in Path("/proc").glob("[0-9]*/stat"):
        try:
            fields = stat.read_text().rpartition(")")[2].split()
        except OSError:  # ended meanwhile
            continue
        if process.pid in (int(fields[1]), int(stat.parent.name)):
            ticks += int(fields[11]) + int(fields[12])
    return ticks / os.sysconf("SC_CLK_TCK")


def _own_bytes(process: subprocess.Popen[bytes]) -> int:
    """Return the memory that the worker's processes share with nobody (PSS), in bytes."""
    total = 0
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            parent = int((folder / "stat").read_text().rpartition(")")[2].split()[1])
            if process.pid in (parent, int(folder.name)):
                lines = (folder / "smaps_rollup").read_text().splitlines()
                total += sum(int(line.split()[1]) for line in lines if line.startswith("Pss:"))
        except OSError:  # ended meanwhile
            continue
    return total * 1_024


def _hashes_a_second() -> float:
    keyed = entry_hmac(bytes(64))
    messages = [b"%042d" % number for number in range(SAMPLE)]
    began = time.process_time()
    for message in messages:
        for _ in range(HASHES_A_ROW):
            entry_material(keyed, message)
    return SAMPLE / (time.process_time() - began)


def _checks_a_second(folder: Path) -> float:
    keys = KeyRing.from_directory(folder / "keys")
    build = build_directory(folder / "index")
    manifest = Manifest.load(build / MANIFEST_FILE)
    index = OpenIndex.open_unsigned(build, manifest, keys)
    people = [invented_people(number).unlisted for number in range(SAMPLE)]
    began = time.process_time()
    for person in people:
        with suppress(InvalidIdentity):  # a drawn name may be a filler
            look_up_exposures([index], parse_identity(**person))
    return SAMPLE / (time.process_time() - began)


def _xlsx_rows_a_second() -> float:
    target = io.BytesIO()
    with xlsxwriter.Workbook(target, {"in_memory": True}) as workbook:
        sheet = workbook.add_worksheet()
        for place, row in enumerate([HEADER, *map(_row, range(XLSX_ROWS))]):
            sheet.write_row(place, 0, row)
    source = ListSource("list.xlsx", "xlsx", lambda: io.BytesIO(target.getvalue()))
    began = time.process_time()
    rows = sum(map(len, open_staff_list(source).blocks()))
    return rows / (time.process_time() - began)


if __name__ == "__main__":
    sys.exit(run_command(main, __doc__))
