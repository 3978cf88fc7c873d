#!/usr/bin/env python3
"""Check a staff list through the API of organisations, with the library `requests` alone.

    export GAUGE_URL=https://gauge.example.org
    export GAUGE_API_KEY=cgk_…
    python3 bulk_check.py staff.csv > results.csv

CSV, .xlsx and .jsonl are taken; the results are CSV, or a workbook or JSON with `--as`. Progress
goes to standard error, and neither names nor numbers do. Run again with the same file on the same
day, it finds the same job instead of making another: the Idempotency-Key is drawn from the file.
Where that job failed, was cancelled or its results are destroyed, it says so and sends the list
again; `--again` does so in any case, for the data of now.
"""

import argparse
import hashlib
import os
import secrets
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

try:
    import requests
except ImportError:
    sys.exit("the library requests is missing: python3 -m pip install requests")

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
UPLOAD_TYPES = {
    ".csv": "text/csv",
    ".jsonl": "application/jsonl",
    ".ndjson": "application/x-ndjson",
    ".xlsx": XLSX,
}
RESULT_TYPES = {"csv": "text/csv", "json": "application/json", "xlsx": XLSX}
RETRY_STATUSES = {429, 502, 503, 504}
ATTEMPTS = 8  # while the service answers that it is busy
SILENT_ATTEMPTS = 4  # while it does not answer at all
CONNECT_SECONDS = 5
WAIT_MAX_SECONDS = 600  # a quota that is used up is free again after days
ENDED = {"done", "cancelled", "failed"}


class Refused(Exception):
    """The service refused; the message is its own explanation."""


class NoResults(Exception):
    """A job has ended without results, or they are destroyed; the message says which."""


def ask(
    session: requests.Session,
    method: str,
    url: str,
    file: Path | None = None,
    **options: Any,  # noqa: ANN401 - of requests
) -> requests.Response:
    """Return the response, after waiting and asking again where the service is busy or away."""
    silent = 0
    for attempt in range(ATTEMPTS):
        wait = min(60, 2**attempt)
        try:
            if file is None:
                response = session.request(method, url, timeout=(CONNECT_SECONDS, 60), **options)
            else:
                with file.open("rb") as body:  # streamed, and from its start at each attempt
                    timeout = (CONNECT_SECONDS, 600)
                    response = session.request(method, url, data=body, timeout=timeout, **options)
        except requests.ConnectionError:
            silent += 1
            if silent == SILENT_ATTEMPTS:
                words = "the service does not answer: is GAUGE_URL right, and does it run?"
                raise Refused(words) from None
            note(f"the service does not answer; asking again in {wait} s")
        else:
            busy = response.status_code == 409 and "Retry-After" in response.headers
            if response.status_code not in RETRY_STATUSES and not busy:
                return response
            wait = int(response.headers.get("Retry-After", wait))
            if wait > WAIT_MAX_SECONDS:
                return response
            note(f"{response.status_code}; asking again in {wait} s")
        time.sleep(wait)
    raise Refused("the service was busy for too long")


def expect(response: requests.Response, status: int) -> requests.Response:
    """Return the response of the status expected; else raise what the problem details say."""
    if response.status_code == status:
        return response
    raise Refused(explanation(response))


def explanation(response: requests.Response) -> str:
    """Return what problem details say."""
    try:
        problem = response.json()
    except ValueError:
        problem = {}
    words = problem.get("detail") or problem.get("title") or "no explanation"
    return f"{response.status_code}: {words}"


class Client:
    """One organisation's way to the service; base_url: without a slash at its end."""

    def __init__(self, base_url: str, api_key: str) -> None:
        self.base_url = base_url
        self.session = requests.Session()
        self.session.headers["Authorization"] = f"Bearer {api_key}"

    def send(self, file: Path, key: str) -> dict[str, Any]:
        """Return the job of a list under an Idempotency-Key, new or there already."""
        headers = {"Content-Type": UPLOAD_TYPES[file.suffix.lower()], "Idempotency-Key": key}
        url = f"{self.base_url}/api/v1/bulk/jobs"
        job = expect(ask(self.session, "POST", url, file, headers=headers), 202).json()
        note(f"job {job['id']}")
        return job

    def results(self, job: dict[str, Any], result: str) -> requests.Response:
        """Return the results once the job is done. Raises NoResults."""
        self.wait_for_end(self.base_url + job["links"]["self"])
        url = self.base_url + job["links"]["results"]
        headers = {"Accept": RESULT_TYPES[result]}
        response = ask(self.session, "GET", url, headers=headers, stream=True)
        if response.status_code == 410:
            raise NoResults(explanation(response))
        return expect(response, 200)

    def wait_for_end(self, url: str) -> None:
        """Return once the job is done. Raises NoResults where it ends otherwise."""
        pause = 0.5
        while True:
            job = expect(ask(self.session, "GET", url), 200).json()
            progress = f"{job['status']}: {job['checked']} of {job['rows']} rows"
            note(f"{progress} ({job['waiting']})" if job["waiting"] else progress)
            if job["status"] == "done":
                note(", ".join(f"{state} {number}" for state, number in job["counts"].items()))
                if job["remarks"]:
                    note(f"noticed in the list: {', '.join(job['remarks'])}")
                return
            if job["status"] in ENDED:
                failure = job["failure"] or {}
                place = f" (row {failure['row']})" if failure.get("row") else ""
                raise NoResults(f"{job['status']}: {failure.get('detail', '')}{place}")
            time.sleep(pause)
            pause = min(10, pause * 1.5)


def check(client: Client, file: Path, result: str, *, again: bool) -> Iterator[bytes]:
    """Yield the blocks of the results of a list, once they are there.

    again: send the list even where a job of it has results already.
    """
    digest = hashlib.sha256(file.read_bytes()).hexdigest()
    first_key = f"{digest}-{time.strftime('%Y-%m-%d')}"
    if again:
        first_key += f"-{secrets.token_hex(8)}"
    key = first_key
    while True:
        job = client.send(file, key)
        try:
            yield from client.results(job, result).iter_content(1 << 16)
        except NoResults as error:
            if job["status"] not in ENDED:  # it was sent in just now
                raise Refused(str(error)) from None
            note(f"an earlier job of this list ({job['id']}) brings no results, {error}")
            note("sending the list again")
            key = f"{first_key}-after-{job['id']}"
        else:
            return


def note(words: str) -> None:
    """Write a line of progress."""
    print(words, file=sys.stderr, flush=True)


def main() -> int:
    """Write the results to standard output; return the exit code."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("file", type=Path, help="the list: .csv, .xlsx or .jsonl")
    parser.add_argument("--as", dest="result", choices=RESULT_TYPES, default="csv")
    parser.add_argument("--again", action="store_true", help="send a list that has results anew")
    options = parser.parse_args()
    base_url = os.environ.get("GAUGE_URL", "http://127.0.0.1:8000").rstrip("/")
    key = os.environ.get("GAUGE_API_KEY")
    if not key:
        parser.error("GAUGE_API_KEY is not set")
    if options.file.suffix.lower() not in UPLOAD_TYPES:
        parser.error("the list is neither .csv, .xlsx nor .jsonl")
    try:
        client = Client(base_url, key)
        for block in check(client, options.file, options.result, again=options.again):
            sys.stdout.buffer.write(block)
    except (Refused, requests.RequestException, OSError) as error:
        note(str(error))
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
