"""Whoever keeps a roster leaves nobody's name in logs, addresses and files."""

import io

import pytest

from app.kiosk.roster.decision_tables import current_table
from app.organisations.roles import Role
from tests.fixtures.bulk import staff_csv, traces_of
from tests.fixtures.member_browsers import clock, office
from tests.fixtures.people import CLOSE, GENERAL, UNLISTED

__all__ = ["clock", "office"]

DEPARTMENT = "仓库丙"


@pytest.fixture
def traces(office, capfd) -> bytes:
    """All that a day of keeping a roster leaves: output, addresses, files of the state."""
    keeper = office.member(Role.OFFICER)
    addresses = []

    def press(path, **fields):
        answer = keeper.press(path, **fields)
        addresses.append(f"{answer.request.url} {answer.headers}")

    def upload(content):
        form = {"form": keeper.form_code(), "agreed": "on"}
        file = (io.BytesIO(content), "staff.csv", "text/csv")
        keeper.client.post("/org/roster/list", data={**form, "file": file})

    press("/roster/add", **CLOSE.as_form(), agreed="on", department=DEPARTMENT)
    press("/roster/add", **CLOSE.as_form(), agreed="on")
    press("/roster/add", **UNLISTED.as_form())
    upload(staff_csv(GENERAL, UNLISTED))
    upload(staff_csv(GENERAL)[:-8] + b"\x00\xff")
    press("/roster/search", search=CLOSE.name)
    press("/roster/badges", which="all")
    for path in ("/roster/remove", "/roster/restore", "/roster/reissue", "/roster/badges"):
        press(path, person=CLOSE.name)
    assert current_table(office.services, office.organisation).entries
    out, err = capfd.readouterr()
    state = office.services.settings.state_dir
    files = b"".join(file.read_bytes() for file in state.rglob("*") if file.is_file())
    assert b"SQLite format 3" in files
    return b"\n".join((out.encode(), err.encode(), "\n".join(addresses).encode(), files))


@pytest.mark.parametrize("person", [CLOSE, GENERAL, UNLISTED], ids=["close", "general", "unlisted"])
def test_nobody_of_a_roster_is_written_down(traces, person):
    assert [] == [trace for trace in traces_of(person) if trace in traces]


def test_nor_where_anybody_works(traces):
    assert DEPARTMENT.encode() not in traces
