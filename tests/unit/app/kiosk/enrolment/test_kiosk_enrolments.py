import pytest

from app.kiosk.enrolment.codes import CodeMistyped, in_groups
from app.kiosk.enrolment.kiosk_enrolments import (
    CodeUsed,
    KioskEnrolments,
    KioskKeys,
    NameInvalid,
    OrganisationDisabled,
    UnknownCode,
)
from app.kiosk.enrolment.kiosk_fleet import KioskFleet
from app.kiosk.keys.hpke import PointInvalid, new_key_pair
from app.organisations.audit import newest_lines
from app.organisations.directory import OrganisationDirectory
from tests.fixtures.kiosk_records import keep_organisation

NOW, DAY_MS = 1_000, 86_400_000


def fresh_keys():
    return KioskKeys(new_key_pair()[1], new_key_pair()[1], "test")


KEYS = fresh_keys()


@pytest.fixture
def works(records):
    return keep_organisation(records)


@pytest.fixture
def enrolments(records):
    return KioskEnrolments(records)


@pytest.fixture
def code(enrolments, works):
    return enrolments.create(works, " 东门 ", "hr-1", NOW)[0]


def test_a_code_makes_a_kiosk_with_its_own_keys(records, enrolments, works, code):
    kiosk = enrolments.enrol(in_groups(code).lower(), KEYS, NOW)
    assert [kiosk] == KioskFleet(records).list(works)
    assert ("东门", KEYS.signing_key, KEYS.sealing_key) == (
        kiosk.name,
        kiosk.signing_key,
        kiosk.sealing_key,
    )


def test_a_second_tablet_is_refused_with_the_same_code(records, enrolments, works, code):
    first = enrolments.enrol(code, KEYS, NOW)
    with pytest.raises(CodeUsed):
        enrolments.enrol(code, fresh_keys(), NOW)
    assert [first] == KioskFleet(records).list(works)


def test_a_tablet_that_got_no_answer_asks_again(records, enrolments, works, code):
    assert enrolments.enrol(code, KEYS, NOW) == enrolments.enrol(code, KEYS, NOW + 1)


def test_a_code_of_a_revoked_kiosk_brings_it_back_to_nobody(records, enrolments, works, code):
    kiosk = enrolments.enrol(code, KEYS, NOW)
    KioskFleet(records).revoke(works, kiosk.id, "hr-1", NOW)
    with pytest.raises(CodeUsed):
        enrolments.enrol(code, KEYS, NOW)


def test_a_code_is_good_for_a_day(enrolments, code):
    with pytest.raises(UnknownCode):
        enrolments.enrol(code, KEYS, NOW + DAY_MS)
    assert enrolments.enrol(code, KEYS, NOW + DAY_MS - 1)


@pytest.mark.parametrize(("typed", "error"), [("0" * 16, UnknownCode), ("nothing", CodeMistyped)])
def test_what_was_never_a_code_enrols_nobody(enrolments, typed, error):
    with pytest.raises(error):
        enrolments.enrol(typed, KEYS, NOW)


def test_keys_that_are_none_spend_no_code(enrolments, code):
    with pytest.raises(PointInvalid):
        enrolments.enrol(code, KioskKeys(b"\x04" + bytes(64), KEYS.sealing_key, ""), NOW)
    assert enrolments.enrol(code, KEYS, NOW)


def test_a_disabled_organisation_enrols_nobody_and_keeps_its_code(records, enrolments, works, code):
    directory = OrganisationDirectory(records)
    directory.disable(works)
    with pytest.raises(OrganisationDisabled):
        enrolments.enrol(code, KEYS, NOW)
    directory.enable(works)
    assert enrolments.enrol(code, KEYS, NOW)


@pytest.mark.parametrize("name", ["", " ", "n" * 41, "a\nb"])
def test_a_kiosk_needs_a_name(enrolments, works, name):
    with pytest.raises(NameInvalid):
        enrolments.create(works, name, "hr-1", NOW)


def test_a_code_that_waits_is_listed_and_withdrawn(enrolments, works, code):
    [waiting] = enrolments.waiting(works, NOW)
    assert "东门" == waiting.name
    assert enrolments.withdraw(works, waiting.kiosk)
    assert [] == enrolments.waiting(works, NOW)
    with pytest.raises(UnknownCode):
        enrolments.enrol(code, KEYS, NOW)


def test_what_happens_to_kiosks_is_audited(records, enrolments, works, code):
    enrolments.enrol(code, KEYS, NOW)
    lines = [(line.event, line.actor) for line in newest_lines(records, works)]
    assert [("kiosk_enrolled", "kiosk"), ("kiosk_added", "hr-1")] == lines[:2]
