"""The data dictionary as a mapping file must keep to it."""

from index_builder.data_dictionary.table_definitions import NOTICE_COLUMNS, NOTICES, TABLES
from index_builder.data_dictionary.words import WORDS
from tables.column_mapping import Standard

STANDARD = Standard(
    {**{name: table.columns for name, table in TABLES.items()}, NOTICES: NOTICE_COLUMNS}, WORDS
)
