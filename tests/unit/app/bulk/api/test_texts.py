from app.bulk.api.texts import TEXTS
from app.bulk.turns.failures import FAILURES
from tables.staff_lists.staff_list import REFUSALS


def test_every_code_of_a_refusal_or_a_failure_has_a_sentence():
    assert set() == {*REFUSALS, *FAILURES} - set(TEXTS)
