#!/usr/bin/env python3
"""Check a staff list through the API of organisations, with the library `requests` alone.

    export GAUGE_URL=https://gauge.example.org
    export GAUGE_API_KEY=cgk_…
    python3 bulk_check.py staff.csv > results.csv

CSV, .xlsx and .jsonl are taken; the results are CSV, or a workbook or JSON with `--as`. Progress
goes to standard error, and neither names nor numbers do. Run again with the same file on the same
day, it finds the same job instead of making another: the Idempotency-Key is drawn from the file.
"""

import argparse
import hashlib
import os
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import requests

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
UPLOAD_TYPES = {
    ".csv": "text/csv",
    ".jsonl": "application/jsonl",
    ".ndjson": "application/x-ndjson",
    ".xlsx": XLSX,
}
RESULT_TYPES = {"csv": "text/csv", "json": "application/json", "xlsx": XLSX}
RETRY_STATUSES = {429, 502, 503, 504}
ATTEMPTS = 8
ENDED = {"done", "cancelled", "failed"}


class Refused(Exception):
    """The service refused; the message is its own explanation."""


def ask(
    session: requests.Session,
    method: str,
    url: str,
    file: Path | None = None,
    **options: Any,  # noqa: ANN401 - of requests
) -> requests.Response:
    """Return the response, after waiting and asking again where the service is busy or away."""
    for attempt in range(ATTEMPTS):
        wait = min(60, 2**attempt)
        try:
            if file is None:
                response = session.request(method, url, timeout=60, **options)
            else:
                with file.open("rb") as body:  # streamed, and from its start at each attempt
                    response = session.request(method, url, data=body, timeout=600, **options)
        except requests.ConnectionError:
            note(f"the service does not answer; asking again in {wait} s")
        else:
            busy = response.status_code == 409 and "Retry-After" in response.headers
            if response.status_code not in RETRY_STATUSES and not busy:
                return response
            wait = int(response.headers.get("Retry-After", wait))
            note(f"{response.status_code}; asking again in {wait} s")
        time.sleep(wait)
    raise Refused("the service was busy for too long")


def expect(response: requests.Response, status: int) -> requests.Response:
    """Return the response of the status expected; else raise what the problem details say."""
    if response.status_code == status:
        return response
    try:
        problem = response.json()
    except ValueError:
        problem = {}
    words = problem.get("detail") or problem.get("title") or "no explanation"
    raise Refused(f"{response.status_code}: {words}")


def check(base_url: str, key: str, file: Path, result: str) -> Iterator[bytes]:
    """Yield the blocks of the results of a list, once they are there."""
    with requests.Session() as session:
        session.headers["Authorization"] = f"Bearer {key}"
        digest = hashlib.sha256(file.read_bytes()).hexdigest()
        created = ask(
            session,
            "POST",
            f"{base_url}/api/v1/bulk/jobs",
            file,
            headers={
                "Content-Type": UPLOAD_TYPES[file.suffix.lower()],
                "Idempotency-Key": f"{digest}-{time.strftime('%Y-%m-%d')}",
            },
        )
        links = expect(created, 202).json()["links"]
        wait_for_end(session, base_url + links["self"])
        response = ask(
            session,
            "GET",
            base_url + links["results"],
            headers={"Accept": RESULT_TYPES[result]},
            stream=True,
        )
        yield from expect(response, 200).iter_content(1 << 16)


def wait_for_end(session: requests.Session, url: str) -> None:
    """Return once the job is done. Raises Refused where it ends otherwise."""
    pause = 0.5
    while True:
        job = expect(ask(session, "GET", url), 200).json()
        note(f"{job['status']}: {job['checked']} of {job['rows']} rows {job['waiting']}".rstrip())
        if job["status"] == "done":
            note(", ".join(f"{state} {number}" for state, number in job["counts"].items()))
            return
        if job["status"] in ENDED:
            failure = job["failure"] or {}
            place = f" (row {failure['row']})" if failure.get("row") else ""
            raise Refused(f"{job['status']}: {failure.get('detail', '')}{place}")
        time.sleep(pause)
        pause = min(10, pause * 1.5)


def note(words: str) -> None:
    """Write a line of progress."""
    print(words, file=sys.stderr, flush=True)


def main() -> int:
    """Write the results to standard output; return the exit code."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("file", type=Path, help="the list: .csv, .xlsx or .jsonl")
    parser.add_argument("--as", dest="result", choices=RESULT_TYPES, default="csv")
    options = parser.parse_args()
    base_url = os.environ.get("GAUGE_URL", "http://127.0.0.1:8000").rstrip("/")
    key = os.environ.get("GAUGE_API_KEY")
    if not key:
        parser.error("GAUGE_API_KEY is not set")
    if options.file.suffix.lower() not in UPLOAD_TYPES:
        parser.error("the list is neither .csv, .xlsx nor .jsonl")
    try:
        for block in check(base_url, key, options.file, options.result):
            sys.stdout.buffer.write(block)
    except (Refused, requests.RequestException, OSError) as error:
        note(str(error))
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
