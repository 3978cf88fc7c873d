"""The examples, run as they are, against the service as an operator runs it; and its webhook."""

import csv
import io
import json
import re
import subprocess
import sys
import urllib.request
from datetime import date
from pathlib import Path

import pytest
from python_calamine import CalamineWorkbook

from app.bulk.results.receipts import verify_receipt
from app.bulk.webhooks.signing import new_secret, signed_headers
from app.organisations.api_keys import ApiKeys, Scope
from app.organisations.directory import NewOrganisation, OrganisationDirectory, Webhook
from app.records.database import open_records
from app.settings import read_settings
from loadtests.ports import free_port
from tests.fixtures.bulk import FOUR, STATES_OF_FOUR, staff_csv
from tests.fixtures.patience import PATIENCE_SECONDS, wait_until

EXAMPLES = Path(__file__).parents[2] / "examples"
LIST = staff_csv(*FOUR)
SECRET = new_secret()
BOTH = pytest.mark.parametrize("name", ["bulk_check.py", "bulk_check.sh"])


@pytest.fixture(scope="module")
def deployment(published, tmp_path_factory):
    return published.copied_to(tmp_path_factory.mktemp("bulk") / "deployment")


@pytest.fixture(scope="module")
def organisation(deployment, webhook_server):
    """An organisation with a webhook that the authority set; its number and its key."""
    settings = read_settings(keys_dir=str(deployment.web_keys), state_dir=str(deployment.state))
    records = open_records(settings)
    directory = OrganisationDirectory(records)
    new = directory.create(NewOrganisation("works", "Works", 1_000), date(2020, 2, 1))
    directory.set_webhook(new.id, Webhook(webhook_server.url, SECRET, by_authority=True))
    key, _ = ApiKeys(records, settings).issue(new.id, "admin", "example", frozenset(Scope))
    records.close()
    return key


@pytest.fixture(scope="module")
def running(start_module_service, deployment, organisation):
    return start_module_service(deployment)


@pytest.fixture
def run(running, organisation, tmp_path):
    """Run an example over a list; return what it printed."""

    def run_example(name, *arguments, content=LIST, file="staff.csv", url=None, key=None):
        (tmp_path / file).write_bytes(content)
        program = [sys.executable] if name.endswith(".py") else ["sh"]
        return subprocess.run(
            [*program, EXAMPLES / name, *arguments, tmp_path / file],
            env={
                "PATH": "/usr/bin:/bin",
                "GAUGE_URL": url or running.url,
                "GAUGE_API_KEY": key or organisation,
            },
            capture_output=True,
            timeout=PATIENCE_SECONDS,
            check=False,
        )

    return run_example


def states(text):
    return [row["status"] for row in csv.DictReader(io.StringIO(text.decode(), newline=""))]


@BOTH
def test_an_example_prints_the_results_of_a_list_and_names_nobody_beside_them(run, people, name):
    done = run(name)
    assert (0, STATES_OF_FOUR) == (done.returncode, states(done.stdout)), done.stderr
    assert people.close.name not in done.stderr.decode()
    assert people.close.id_number not in done.stderr.decode()


@BOTH
def test_an_example_tells_what_was_noticed_in_a_list(run, name):
    above = f"Staff of {name}\n".encode()
    done = run(name, content=above + LIST + b"Total,4,,\n")
    assert (0, STATES_OF_FOUR) == (done.returncode, states(done.stdout)), done.stderr
    assert "noticed in the list: notes, titles_above\n" in done.stderr.decode()


def test_the_example_says_how_to_get_its_library(tmp_path):
    (tmp_path / "requests.py").write_text("raise ImportError")
    done = subprocess.run(
        [sys.executable, EXAMPLES / "bulk_check.py", "staff.csv"],
        env={"PYTHONPATH": str(tmp_path)},
        capture_output=True,
        check=False,
    )
    assert (1, b"") == (done.returncode, done.stdout)
    assert b"the library requests is missing: python3 -m pip install requests\n" == done.stderr


def test_the_example_fetches_a_workbook(run):
    done = run("bulk_check.py", "--as", "xlsx")
    assert 0 == done.returncode, done.stderr
    sheet = CalamineWorkbook.from_filelike(io.BytesIO(done.stdout)).get_sheet_by_index(0)
    assert STATES_OF_FOUR == [row[4] for row in sheet.to_python()[1:]]


@BOTH
def test_an_example_says_why_a_list_is_refused(run, name):
    done = run(name, content=LIST + b'5,"Fo')
    assert (1, b"") == (done.returncode, done.stdout)
    assert "cut off" in done.stderr.decode()


def jobs_in(done):
    """Return the ids of the jobs that an example names, in order."""
    return re.findall(r"^job (\S+)$", done.stderr.decode(), re.MULTILINE)


@pytest.fixture
def destroy(running, organisation):
    """Destroy a job."""

    def delete(job):
        url = f"{running.url}/api/v1/bulk/jobs/{job}"
        headers = {"Authorization": f"Bearer {organisation}"}
        request = urllib.request.Request(url, headers=headers, method="DELETE")
        urllib.request.urlopen(request, timeout=PATIENCE_SECONDS).close()

    return delete


@BOTH
def test_an_example_finds_the_job_of_a_list_again_unless_it_is_told_not_to(run, name):
    content = staff_csv(*FOUR[:3], FOUR[0])
    first, second = run(name, content=content), run(name, content=content)
    again = run(name, "--again", content=content)
    assert jobs_in(first) == jobs_in(second) != jobs_in(again)
    assert states(first.stdout) == states(again.stdout)


@BOTH
def test_an_example_sends_a_list_again_whose_results_are_destroyed(run, destroy, name):
    content = staff_csv(*FOUR[1:], FOUR[name == "bulk_check.py"])
    first = run(name, content=content)
    destroy(*jobs_in(first))
    second, third = run(name, content=content), run(name, content=content)
    assert states(first.stdout) == states(second.stdout) == states(third.stdout)
    assert f"({jobs_in(first)[0]}) brings no results, 410: " in second.stderr.decode()
    assert (jobs_in(second), 2) == (jobs_in(third), len(set(jobs_in(second))))


@BOTH
def test_an_example_sends_a_list_again_that_failed_and_says_why_it_did(run, name):
    content = LIST + f'5,"{name}'.encode()
    run(name, content=content)
    second = run(name, content=content)
    assert (1, 2) == (second.returncode, len(set(jobs_in(second))))
    assert "brings no results, failed: The " in second.stderr.decode()


@BOTH
def test_an_example_shows_what_the_service_says_of_a_refusal(run, name):
    done = run(name, key="cgk_wrong")
    assert 1 == done.returncode
    assert "401: The key is unknown, expired or revoked" in done.stderr.decode()


@BOTH
def test_an_example_ends_where_nothing_answers(run, name):
    done = run(name, url=f"http://127.0.0.1:{free_port()}")
    assert 1 == done.returncode
    assert "is GAUGE_URL right" in done.stderr.decode()


def test_the_example_of_a_shell_says_how_it_is_used():
    done = subprocess.run([EXAMPLES / "bulk_check.sh"], capture_output=True, check=False)
    assert 2 == done.returncode
    assert b"usage" in done.stderr


@BOTH
def test_an_example_says_that_a_list_is_empty(run, name):
    done = run(name, content=b"", file="empty.csv")
    assert 1 == done.returncode
    assert "empty" in done.stderr.decode()


def test_the_end_of_a_job_is_told_by_a_signed_webhook_and_a_receipt(
    run, running, organisation, webhook_server
):
    assert 0 == run("bulk_check.py", content=staff_csv(*FOUR[:2])).returncode

    def messages():
        found = [json.loads(body)["data"] for _, _, body in webhook_server.requests]
        return [one for one in found if one["rows"] == 2]

    wait_until(messages)
    [message] = messages()
    for _, headers, body in webhook_server.requests:
        moment = int(headers["webhook-timestamp"])
        signed = signed_headers(SECRET, headers["webhook-id"], moment, body)
        assert signed == {name: headers[name] for name in signed}
    request = urllib.request.Request(
        f"{running.url}/api/v1/bulk/jobs/{message['id']}/receipt",
        headers={"Authorization": f"Bearer {organisation}"},
    )
    with urllib.request.urlopen(request, timeout=PATIENCE_SECONDS) as response:
        receipt = response.read()
    with urllib.request.urlopen(f"{running.url}/api/v1/bulk/receipt-key") as response:
        key = bytes.fromhex(json.load(response)["public_key"])
    assert message["counts"] == verify_receipt(receipt, key)["counts"]
