from app.organisations.api_keys import Scope
from app.organisations.audit import AUTHORITY, KIOSK, SERVICE, Event
from app.organisations.roles import Role
from app.portal.audit_page import ACTOR_WORDS
from app.portal.member_words import EVENT_WORDS, ROLE_WORDS, SCOPE_WORDS


def test_every_role_right_and_event_has_words():
    assert {role.value for role in Role} == set(ROLE_WORDS)
    assert {scope.value for scope in Scope} == set(SCOPE_WORDS)
    assert {event.value for event in Event} <= set(EVENT_WORDS)


def test_actors_that_are_no_member_have_words():
    assert {AUTHORITY, KIOSK, SERVICE} == set(ACTOR_WORDS)
