import unicodedata

import pytest

from exposure_index.identity.tables import LATIN_PATH, LOOKALIKES_PATH
from tools.make_letter_tables import latin_table, lookalike_table, table_text

pytestmark = pytest.mark.skipif(
    unicodedata.unidata_version != "14.0.0", reason="another version of Unicode"
)


@pytest.mark.parametrize(
    ("path", "table"), [(LATIN_PATH, latin_table), (LOOKALIKES_PATH, lookalike_table)]
)
def test_the_tool_writes_the_table_byte_by_byte(path, table):
    assert path.read_bytes() == table_text(table()).encode()
