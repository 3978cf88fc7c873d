import csv
import json
import re
import stat
from datetime import date

import pyotp
import pytest
from click.testing import CliRunner
from sqlalchemy import text, update

from app.accounts.sign_in import Attempt, sign_in
from app.commands.organisations import org
from app.commands.records import RecordsMissing
from app.limits.actions import ActionLimits
from app.organisations.api_keys import ApiKeys, KeyRefused, Scope
from app.organisations.audience import ORGANISATION
from app.organisations.closing import holdings
from app.organisations.directory import (
    OrganisationDirectory,
    OrganisationDisabled,
    OrganisationPurged,
)
from app.organisations.invitations import Invitations
from app.organisations.members import Members, NewMember
from app.organisations.quota import QuotaLedger
from app.organisations.roles import Role
from app.records.audit_chain import AuditBroken
from app.records.database import open_records
from app.records.organisations.bulk_receipts import StoredReceipt, add_receipt
from app.records.organisations.organisation_audit import organisation_audit
from app.records.organisations.webhook_deliveries import (
    Delivery,
    DeliveryState,
    add_delivery,
    note_outcome,
)
from app.settings import read_settings

PASSWORD = "four words of an admin"  # pragma: allowlist secret
STEELWORKS = ("steelworks", "--title", "某某钢铁集团", "--headcount", "12000")
SCHOOL = ("school", "--title", "某某小学", "--headcount", "101")


@pytest.fixture
def run(published, tmp_path, monkeypatch):
    monkeypatch.setenv("GAUGE_KEYS_DIR", str(published.web_keys))
    monkeypatch.setenv("GAUGE_STATE_DIR", str(tmp_path / "state"))

    def command(*arguments, password=PASSWORD):
        return CliRunner().invoke(org, arguments, input=f"{password}\n")

    return command


@pytest.fixture
def run_json(run):
    def command(*arguments):
        result = run(*arguments, "--json")
        assert 0 == result.exit_code, result.output
        return json.loads(result.stdout)

    return command


@pytest.fixture
def records(run):
    return open_records(read_settings())


@pytest.fixture
def api_keys(records):
    return ApiKeys(records, read_settings())


def link_in(output):
    return re.search(r"https?://[^/]+/org/invitations/([\w-]{43})", output).group(1)


def test_an_organisation_is_made_with_a_link_for_its_first_administrator(run, records):
    result = run("create", *STEELWORKS)
    assert (0, True) == (result.exit_code, "good once and for 7 days" in result.output)
    view = Invitations(records).view(link_in(result.output))
    assert ("steelworks", Role.ADMIN) == (view.organisation.slug, view.role)


def test_an_administrator_made_at_once_signs_in(run_json, records):
    made = run_json("create", *STEELWORKS, "--account", "hr-1", "--password-stdin")
    assert "hr-1@steelworks" == made["account"]
    organisation = OrganisationDirectory(records).by_slug("steelworks")
    code = pyotp.TOTP(made["totp_secret"]).now()
    attempt = Attempt("hr-1", PASSWORD, code, organisation.id)
    assert sign_in(ORGANISATION, records, ActionLimits(None), b"net", attempt) is not None


def test_the_secret_of_one_time_codes_is_shown_to_be_scanned_and_once(run):
    result = run("create", *STEELWORKS, "--password-stdin")
    secret = re.search(r"scanned: ([A-Z2-7]{32})", result.output).group(1)
    assert (PASSWORD in result.output, secret in run("show", "steelworks").output) == (False, False)


@pytest.mark.parametrize(
    "arguments",
    [
        ("create", "Steel Works", "--title", "x", "--headcount", "5"),
        ("create", "ab", "--title", " ", "--headcount", "5"),
        ("create", "ab", "--title", "x", "--headcount", "0"),
        ("create", "ab", "--title", "x", "--headcount", "5", "--policy", "none"),
        (
            "create",
            "ab",
            "--title",
            "x",
            "--headcount",
            "5",
            "--account",
            "X Y",
            "--password-stdin",
        ),
        ("create", *SCHOOL),
        ("show", "nobody"),
        ("disable", "nobody"),
        ("quota", "nobody", "5"),
        ("quota", "school", "-5"),
        ("webhook", "school", "http://hr.example"),
        ("webhook", "school"),
        ("invite", "school", "--account", "nobody"),
        ("audit", "--out", "x.csv"),
        ("audit", "school"),
        ("audit", "school", "--all", "--out", "x.csv"),
        ("purge", "nobody", "--yes"),
    ],
)
def test_what_cannot_be_done_is_a_usage_error(run, arguments):
    run("create", *SCHOOL)
    assert 2 == run(*arguments).exit_code


def test_a_short_password_makes_no_organisation(run):
    result = run("create", *SCHOOL, "--password-stdin", password="eleven char")
    assert 2 == result.exit_code
    assert isinstance(run("list").exception, RecordsMissing)


def test_whoever_forgets_the_settings_of_the_service_is_told_where_it_looked(run, tmp_path):
    for arguments in (("list",), ("purge", "school", "--yes"), ("quota", "school", "5")):
        result = run(*arguments)
        assert isinstance(result.exception, RecordsMissing)
        assert f"no records at {tmp_path}/state/records.sqlite" in result.exception.explanation
        assert "GAUGE_STATE_DIR" in result.exception.explanation
    assert not (tmp_path / "state").exists()


def test_whoever_begins_records_is_told_where(run, tmp_path):
    assert f"new records in {tmp_path}/state/records.sqlite" in run("create", *SCHOOL).stderr
    assert "" == run("create", *STEELWORKS).stderr


def test_records_without_an_organisation_say_how_one_is_made(run, records):
    records.upgrade()
    assert "There is no organisation yet" in run("list").output


def test_the_list_tells_quota_policy_and_how_much_is_used(run, run_json, records):
    run("create", *STEELWORKS)
    run("create", *SCHOOL, "--policy", "counts", "--quota", "7")
    organisation = OrganisationDirectory(records).by_slug("steelworks")
    ledger = QuotaLedger(records, organisation)
    with records.writing() as connection:
        ledger.admit(connection, [b"%d" % number for number in range(12)])
    rows = {row["slug"]: row for row in run_json("list")}
    told = [(row["quota"], row["used"], row["policy"], row["jobs"]) for row in rows.values()]
    assert [(7, 0, "counts", 0), (14_400, 20, "individuals", 0)] == told
    assert "20 of    14,400 asked about" in run("list").output


def test_quota_and_policy_are_set_of_one_organisation(run, run_json):
    for made in (STEELWORKS, SCHOOL):
        run("create", *made)
    assert 20_000 == run_json("quota", "steelworks", "20000")["quota"]
    assert "counts" == run_json("policy", "steelworks", "counts")["policy"]
    school = run_json("show", "school")
    assert (122, "individuals") == (school["quota"], school["policy"])


def test_a_webhook_is_set_with_a_secret_shown_once_and_taken_off(run, run_json, records):
    run("create", *SCHOOL)
    secret = run_json("webhook", "school", "https://hr.example/done")["secret"]
    directory = OrganisationDirectory(records)
    school = directory.by_slug("school")
    assert secret == directory.webhook(school.id).secret
    run("webhook", "school", "--off")
    assert directory.webhook(school.id) is None


def test_how_a_webhook_was_delivered_is_told_by_job_and_status(run, run_json, records):
    run("create", *SCHOOL)
    school = OrganisationDirectory(records).by_slug("school")
    with records.writing() as connection:
        message = Delivery("msg_j1", school.id, "j1", b"{}", 0, 1_580_515_200)
        add_delivery(connection, records.cipher, message)
        note_outcome(connection, "msg_j1", DeliveryState.WAITING, "503", 1_580_515_205)
    [report] = run_json("deliveries", "school")
    assert ("j1", "waiting", "503") == (report["job"], report["state"], report["outcome"])
    assert "2020-02-01T00:00:00Z  503" in run("deliveries", "school").output


def test_a_disabled_organisation_is_listed_as_such_until_it_is_enabled(run, run_json):
    run("create", *SCHOOL)
    assert "disabled" == run_json("disable", "school")["state"]
    assert "active" == run_json("enable", "school")["state"]


def test_a_purged_organisation_is_listed_as_such_and_not_enabled(run, run_json):
    run("create", *SCHOOL)
    run("purge", "school", "--yes")
    assert "purged" == run_json("show", "school")["state"]
    assert "purged" in run("list").output
    result = run("enable", "school")
    assert isinstance(result.exception, OrganisationPurged)
    assert "purged" == run_json("list")[0]["state"]


@pytest.mark.parametrize("command", ["invite", "disable"])
def test_a_purged_organisation_is_neither_invited_to_nor_disabled(run, command):
    run("create", *SCHOOL)
    run("purge", "school", "--yes")
    assert isinstance(run(command, "school").exception, OrganisationPurged)


def test_nobody_is_invited_to_a_disabled_organisation(run, records):
    run("create", *SCHOOL)
    run("disable", "school")
    before = len(Invitations(records).list(1))
    result = run("invite", "school")
    assert isinstance(result.exception, OrganisationDisabled)
    assert 11 == result.exception.exit_code
    assert "gauge org enable school" in str(result.exception)
    assert ("", before) == (result.stdout, len(Invitations(records).list(1)))
    run("enable", "school")
    assert "/org/invitations/" in run("invite", "school").output


def test_a_purged_organisation_is_purged_again(run):
    run("create", *SCHOOL)
    assert [0, 0] == [run("purge", "school", "--yes").exit_code for _ in range(2)]


def test_members_and_keys_are_shown_without_a_secret(run, run_json, records, api_keys):
    run("create", *SCHOOL, "--account", "hr-1", "--password-stdin")
    school = OrganisationDirectory(records).by_slug("school")
    key, view = api_keys.issue(school.id, "hr-1", "payroll", frozenset(Scope))
    told = run_json("show", "school")
    assert {"account": "hr-1@school", "role": "admin", "disabled": False} == told["members"][0]
    assert "payroll" == told["keys"][0]["label"]
    assert view.expires_on.isoformat() == told["keys"][0]["expires_on"]
    assert key.rsplit("_", 1)[1] not in json.dumps(told)
    assert f"good until {view.expires_on}" in run("show", "school").output


def test_the_secrets_of_an_administrator_are_renewed_by_a_link(run, records):
    run("create", *SCHOOL, "--account", "hr-1", "--password-stdin")
    result = run("invite", "school", "--account", "hr-1")
    assert "hr-1" == Invitations(records).view(link_in(result.output)).account
    assert "new secrets for hr-1, its admin" in result.output


def test_a_link_for_new_secrets_keeps_the_role_of_its_account(run, records):
    run("create", *SCHOOL, "--account", "hr-1", "--password-stdin")
    school = OrganisationDirectory(records).by_slug("school")
    members = Members(records, school.id, "hr-1")
    members.add(NewMember("nurse", PASSWORD, Role.OFFICER), date(2026, 11, 30))
    result = run("invite", "school", "--account", "nurse")
    assert Role.OFFICER == Invitations(records).view(link_in(result.output)).role
    assert "new secrets for nurse, its officer" in result.output


def test_the_authority_invites_a_health_officer(run, records):
    run("create", *SCHOOL, "--account", "hr-1", "--password-stdin")
    link = link_in(run("invite", "school", "--role", "officer").output)
    assert Role.OFFICER == Invitations(records).view(link).role


def audit_rows(file):
    with file.open(encoding="utf-8", newline="") as lines:
        return [(row["organisation"], row["actor"], row["event"]) for row in csv.DictReader(lines)]


def test_the_audit_is_written_of_one_organisation_or_of_all(run, tmp_path):
    run("create", *STEELWORKS)
    run("create", *SCHOOL, "--account", "hr-1", "--password-stdin")
    one, every = tmp_path / "one.csv", tmp_path / "all.csv"
    assert "2 lines of 4, whole" in run("audit", "school", "--out", str(one)).output
    run("audit", "--all", "--out", str(every))
    expected = [("school", "authority", "created"), ("school", "authority", "joined")]
    assert expected == audit_rows(one)
    assert 4 == len(audit_rows(every))
    assert 0o600 == stat.S_IMODE(one.stat().st_mode)


def test_the_audit_is_printed_as_json_beside_a_file_or_without(run, tmp_path):
    run("create", *SCHOOL)
    alone = run("audit", "school", "--json")
    beside = run("audit", "--all", "--json", "--out", str(tmp_path / "audit.csv"))
    lines = json.loads(alone.stdout)
    assert lines == json.loads(beside.stdout)
    names = ("organisation", "actor", "event")
    written = audit_rows(tmp_path / "audit.csv")
    assert written == [tuple(line[name] for name in names) for line in lines]
    assert [1, 2] == [line["number"] for line in lines]


def test_a_broken_audit_is_refused(run, records, tmp_path):
    run("create", *SCHOOL)
    with records.writing() as connection:
        connection.execute(update(organisation_audit).values(actor="somebody"))
    result = run("audit", "--all", "--out", str(tmp_path / "audit.csv"))
    assert isinstance(result.exception, AuditBroken)
    assert not (tmp_path / "audit.csv").exists()


def test_a_purge_leaves_the_audit_and_what_is_others(run, run_json, records, api_keys):
    for made in (STEELWORKS, SCHOOL):
        run("create", *made, "--account", "hr-1", "--password-stdin")
    keys = {}
    directory = OrganisationDirectory(records)
    for organisation in directory.list():
        run("webhook", organisation.slug, "https://hr.example")
        run("invite", organisation.slug)
        scopes = frozenset(Scope)
        keys[organisation.slug] = api_keys.issue(organisation.id, "hr-1", "k", scopes)[0]
        with records.writing() as connection:
            QuotaLedger(records, organisation).admit(connection, [b"one", b"two"])
            receipt = StoredReceipt(organisation.id, organisation.slug, b"{}", date(2026, 11, 30))
            add_receipt(connection, records.cipher, receipt)
    before = holdings(records, directory.by_slug("school").id)
    left = run_json("purge", "steelworks", "--yes")["left"]
    stays = {"audit lines", "signed receipts"}
    assert {0} == {number for kind, number in left.items() if kind not in stays}
    assert (7, 1) == (left["audit lines"], left["signed receipts"])
    assert before == holdings(records, directory.by_slug("school").id)
    assert "school" == api_keys.authenticate(keys["school"]).organisation.slug
    with pytest.raises(KeyRefused):
        api_keys.authenticate(keys["steelworks"])
    with records.reading() as connection:
        assert 1 == connection.execute(text("SELECT count(*) FROM accounts")).scalar_one()


def test_nothing_is_purged_unless_it_is_confirmed(run, run_json):
    run("create", *SCHOOL, "--account", "hr-1", "--password-stdin")
    assert 1 == run("purge", "school", password="n").exit_code
    assert 1 == len(run_json("show", "school")["members"])


def test_deliveries_of_an_organisation_that_was_sent_nothing_say_so(run):
    run("create", *SCHOOL)
    assert "nothing was sent yet" in run("deliveries", "school").output


def test_open_invitations_are_shown_without_their_links(run, run_json):
    run("create", *SCHOOL)
    link = run_json("invite", "school", "--role", "officer")["invitation"]
    shown = run_json("show", "school")
    assert ["admin", "officer"] == sorted(row["role"] for row in shown["invitations"])
    assert {"authority"} == {row["inviter"] for row in shown["invitations"]}
    words = run("show", "school").output
    assert "invitation a new member  officer  made by authority, good until" in words
    assert link.rpartition("/")[2] not in words + json.dumps(shown)
