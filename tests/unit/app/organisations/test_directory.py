import pytest
from sqlalchemy import text

from app.organisations.audit import newest_lines
from app.organisations.closing import destroy_holdings
from app.organisations.directory import (
    NewOrganisation,
    NoSuchOrganisation,
    OrganisationExists,
    OrganisationInvalid,
    OrganisationPurged,
    Webhook,
)
from app.organisations.invitations import Invitations, NewInvitation
from app.organisations.policy import Policy
from app.organisations.roles import Role
from app.records.encrypted_fields import FieldUnreadable

WEBHOOK = Webhook("https://hr.example/done", "s" * 32)


def events_of(records, organisation):
    return [line.event for line in reversed(newest_lines(records, organisation.id))]


def test_the_usual_quota_is_a_fifth_more_than_the_headcount_rounded_up(steelworks, school):
    assert (14_400, 122) == (steelworks.quota, school.quota)


def test_an_organisation_is_found_by_slug_and_number(directory, steelworks, school):
    assert [school, steelworks] == directory.list()
    assert steelworks == directory.by_slug("steelworks") == directory.by_id(steelworks.id)


@pytest.mark.parametrize("slug", ["nobody", "", "steelworks\x00", "STEELWORKS", "钢铁"])
def test_of_any_other_slug_there_is_none(directory, steelworks, slug):
    assert directory.by_slug(slug) is None


def test_a_slug_is_used_once(directory, steelworks, today):
    with pytest.raises(OrganisationExists):
        directory.create(NewOrganisation("steelworks", "Another", 5), today)


@pytest.mark.parametrize(
    ("field", "values"),
    [
        ("slug", ("a b", "title", 5)),
        ("slug", ("a@b", "title", 5)),
        ("title", ("ab", " ", 5)),
        ("title", ("ab", "two\nlines", 5)),
        ("title", ("ab", "字" * 201, 5)),
        ("headcount", ("ab", "title", 0)),
        ("quota", ("ab", "title", 5, -1)),
    ],
)
def test_what_cannot_be_an_organisation_is_refused_by_its_field(field, values):
    with pytest.raises(OrganisationInvalid) as refusal:
        NewOrganisation(*values)
    assert field == refusal.value.field


def test_what_is_changed_of_one_is_not_changed_of_another(records, directory, steelworks, school):
    directory.set_quota(steelworks.id, 7)
    directory.set_policy(steelworks.id, Policy.COUNTS)
    directory.set_webhook(steelworks.id, WEBHOOK)
    directory.disable(steelworks.id)
    changed = directory.by_id(steelworks.id)
    assert (7, "counts", True) == (changed.quota, changed.policy, changed.disabled)
    assert WEBHOOK == directory.webhook(steelworks.id)
    assert (school, None) == (directory.by_id(school.id), directory.webhook(school.id))
    expected = ["created", "quota_changed", "policy_counts", "webhook_changed", "disabled"]
    assert expected == events_of(records, steelworks)
    assert ["created"] == events_of(records, school)


def test_a_disabled_organisation_is_enabled_again(directory, steelworks):
    directory.disable(steelworks.id)
    directory.enable(steelworks.id)
    assert steelworks == directory.by_id(steelworks.id)


def test_a_purged_organisation_stays_as_it_is(records, directory, steelworks, school):
    destroy_holdings(records, steelworks.id)
    purged, lines = directory.by_id(steelworks.id), events_of(records, steelworks)
    new = NewInvitation(Role.ADMIN, "authority", None, 60)
    for change in (
        lambda: directory.enable(steelworks.id),
        lambda: directory.set_quota(steelworks.id, 7),
        lambda: directory.set_policy(steelworks.id, Policy.COUNTS),
        lambda: directory.set_webhook(steelworks.id, WEBHOOK),
        lambda: Invitations(records).invite(steelworks.id, new),
    ):
        with pytest.raises(OrganisationPurged, match="steelworks was purged"):
            change()
    assert (purged, lines) == (directory.by_id(steelworks.id), events_of(records, steelworks))
    assert purged.purged_at is not None
    assert directory.by_id(school.id).purged_at is None


def test_what_is_not_there_cannot_be_changed(records, directory):
    for change in (directory.disable, directory.enable, directory.by_id):
        with pytest.raises(NoSuchOrganisation):
            change(99)


def test_neither_address_nor_secret_of_a_webhook_stands_in_the_database(
    records, directory, steelworks
):
    directory.set_webhook(steelworks.id, WEBHOOK)
    with records.reading() as connection:
        field = connection.execute(text("SELECT webhook FROM organisations")).scalar_one()
    assert b"hr.example" not in bytes(field)
    assert WEBHOOK.secret.encode() not in bytes(field)


def test_a_webhook_that_is_moved_to_another_organisation_does_not_open(
    records, directory, steelworks, school
):
    directory.set_webhook(steelworks.id, WEBHOOK)
    with records.writing() as connection:
        connection.execute(
            text(
                "UPDATE organisations SET webhook = (SELECT webhook FROM organisations"
                " WHERE slug = 'steelworks')"
            )
        )
    with pytest.raises(FieldUnreadable):
        directory.webhook(school.id)
