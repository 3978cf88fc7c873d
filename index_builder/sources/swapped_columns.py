"""Notices documents and names in each other's columns: all of them would be "not found"."""

import re

import ibis

from index_builder.sources.table_reader import SourceTable

ROWS_LOOKED_AT = 1000
ROWS_MIN = 5
_DIGITS_OF_A_DOCUMENT = 4


def swapped(table: SourceTable) -> bool:
    """Return whether most documents of a table have no digit and most names several.

    Judged by the first 1,000 rows that have both; fewer than five prove nothing.
    """
    data: ibis.Table = table.data
    if not {"id_number", "name"} <= set(data.columns):
        return False
    both = data.filter(data.id_number.notnull() & data.name.notnull())
    cells = both.select("id_number", "name").limit(ROWS_LOOKED_AT).to_pyarrow()
    documents, names = (cells[column].to_pylist() for column in ("id_number", "name"))
    if len(names) < ROWS_MIN:
        return False
    wordy = sum(re.search(r"\d", document) is None for document in documents)
    numbered = sum(len(re.findall(r"\d", name)) >= _DIGITS_OF_A_DOCUMENT for name in names)
    return min(wordy, numbered) > len(names) / 2
