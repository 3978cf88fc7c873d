from collections import Counter

from index_builder.data_dictionary.table_definitions import TABLES
from index_builder.data_dictionary.words import USUAL_WORDS, WORDS
from tables.headings import COLUMN_WORDS


def test_every_usual_word_is_a_word_of_the_data_dictionary():
    for column, words in USUAL_WORDS.items():
        assert set(words.values()) <= WORDS[column]


def test_no_word_names_two_columns_of_one_table():
    for table in TABLES.values():
        words = Counter(
            word for column in table.columns for word in COLUMN_WORDS.get(column, "").split()
        )
        assert [] == [word for word, count in words.items() if count > 1], table.name
