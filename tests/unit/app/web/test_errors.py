import pytest

from app.limits.outcomes import LimitKind, LimitReached
from app.web.errors import LIMIT_MESSAGES


@pytest.mark.parametrize(("seconds", "words"), [(60, "in 1 minute."), (61, "in 2 minutes.")])
def test_minutes_to_wait_are_told_in_the_right_number(app_of, published, seconds, words):
    app = app_of(published)
    app.add_url_rule("/full", "full", lambda: full(seconds))
    assert f"Please try again {words}" in app.test_client().get("/full?lang=en").text


def full(seconds):
    raise LimitReached(seconds, LimitKind.EVERYWHERE)


@pytest.mark.parametrize("kind", LimitKind)
def test_each_kind_of_limit_has_words_of_its_own(kind):
    assert 1 == list(map(str, LIMIT_MESSAGES.values())).count(str(LIMIT_MESSAGES[kind]))
