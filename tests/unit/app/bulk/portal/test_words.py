"""Every code that readers and jobs can give has words of its own."""

import pytest

from app.bulk.jobs.views import ROW_STATES
from app.bulk.portal.observation import OVER
from app.bulk.portal.remark_words import PLACED, PLAIN
from app.bulk.portal.state_words import (
    STATE_MEANINGS,
    STATE_WORDS,
    STATES,
)
from app.portal.list_refusals import UNKNOWN_REFUSAL, refusal_text, upload_text
from app.portal.row_reasons import UNKNOWN_REASON, reason_text
from tables.staff_lists.staff_list import REASONS, REFUSALS, REMARKS


@pytest.mark.parametrize("code", REASONS)
def test_every_reason_has_words(code):
    assert UNKNOWN_REASON != reason_text(code)


@pytest.mark.parametrize("code", REFUSALS)
def test_every_refusal_of_a_list_has_words(code):
    assert UNKNOWN_REFUSAL != refusal_text(code)


@pytest.mark.parametrize(
    "code", ["media_type", "not_a_workbook", "workbook_as_text", "not_text", "too_slow", "cut_off"]
)
def test_every_refusal_of_an_upload_has_words(code):
    assert UNKNOWN_REFUSAL != upload_text(code)


def test_every_remark_has_words():
    assert set(REMARKS) == {*PLACED, *PLAIN, "rounded_numbers"}


def test_every_state_of_a_row_has_words():
    assert tuple(state for state in STATES if state != OVER) == ROW_STATES
    assert STATES == tuple(STATE_WORDS) == tuple(STATE_MEANINGS)
