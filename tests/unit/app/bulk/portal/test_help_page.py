"""The help of members says what stands in the files that they download."""

import pytest

from app.bulk.jobs.views import ROW_STATES
from app.portal.row_reasons import REASON_TEXTS


@pytest.mark.parametrize("language", ["zh-Hans", "zh-Hant", "en"])
def test_every_english_word_of_a_download_has_its_meaning(admin, language):
    text = admin.client.get("/org/help", query_string={"lang": language}).text
    words = {*ROW_STATES, *REASON_TEXTS}
    assert words == {word for word in words if f'<code lang="en">{word}</code>' in text}
    assert 'id="states"' in text
