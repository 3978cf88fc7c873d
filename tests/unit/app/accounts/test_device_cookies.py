import pytest

from app.accounts.device_cookies import GOOD_FOR_SECONDS, DeviceCookies
from app.accounts.lockout import STRANGER
from app.counter.audience import COUNTER

KEY = b"s" * 32
CLERK = COUNTER.account("desk-1")
NOW = 1_600_000_000.0


@pytest.fixture
def now():
    return [NOW]


@pytest.fixture
def cookies(now):
    return DeviceCookies(COUNTER, KEY, lambda: now[0])


def test_a_browser_is_known_to_the_account_that_signed_in(cookies):
    cookie = cookies.renew(CLERK, None)
    assert 9 == len(cookies.device(CLERK, cookie))
    assert STRANGER == cookies.device(COUNTER.account("desk-2"), cookie)


def test_it_is_no_other_device_the_next_time_and_another_after_a_sign_in(cookies):
    first = cookies.renew(CLERK, None)
    assert cookies.device(CLERK, first) == cookies.device(CLERK, first)
    assert cookies.device(CLERK, first) != cookies.device(CLERK, cookies.renew(CLERK, first))


def test_clerks_who_take_turns_are_all_known(cookies):
    cookie, clerks = None, [COUNTER.account(f"desk-{number}") for number in range(6)]
    for clerk in clerks:
        cookie = cookies.renew(clerk, cookie)
    known = [cookies.device(clerk, cookie) != STRANGER for clerk in clerks]
    assert [False, True, True, True, True, True] == known


@pytest.mark.parametrize("cookie", ["", ".", "x", "A" * 38, "字", "A" * 5_000, "\x00"])
def test_a_cookie_that_was_made_up_is_no_device(cookies, cookie):
    assert STRANGER == cookies.device(CLERK, cookie)


def test_a_device_is_forgotten_after_half_a_year(cookies, now):
    cookie = cookies.renew(CLERK, None)
    now[0] += GOOD_FOR_SECONDS - 1
    assert STRANGER != cookies.device(CLERK, cookie)
    now[0] += 1
    assert STRANGER == cookies.device(CLERK, cookie)


def test_a_device_of_one_audience_organisation_or_key_is_none_of_another(cookies, guests, now):
    cookie = cookies.renew(CLERK, None)
    others = [
        (DeviceCookies(guests.audience, KEY, lambda: now[0]), guests.audience.account("desk-1")),
        (DeviceCookies(COUNTER, b"t" * 32, lambda: now[0]), CLERK),
        (cookies, COUNTER.account("desk-1", 1)),
    ]
    assert [STRANGER] * 3 == [each.device(account, cookie) for each, account in others]


def test_a_cookie_names_nobody(cookies):
    name = "desk-of-the-first-hall"  # longer than what random signs may spell
    assert name not in cookies.renew(COUNTER.account(name), None)
