"""docs/glossary.md: one word for one thing, and the code calls things by it."""

import ast
import re
from collections import Counter
from dataclasses import dataclass
from itertools import chain, pairwise
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[3]
HEADER = "| term | 中文 | meaning here | not | in code |"
KEPT_HEADER = "| word | where | term |"
HAN = re.compile("[\u4e00-\u9fff]")

NAMES_TO_COME = frozenset[str]()
"""Names that the glossary gives and the code does not bear yet: to be emptied, never to grow."""


@dataclass(frozen=True, slots=True)
class Row:
    """One concept; wrong_words are not used for it, and those of other rows stand in asterisks."""

    section: str
    term: str
    chinese: str
    meaning: str
    wrong_words: tuple[str, ...]
    names: tuple[str, ...]


def cells_below(text, header):
    """Yield (section, cells) of each row of the tables with that header."""
    section, inside = "", False
    for line in text.splitlines():
        if line.startswith("## "):
            section = line[3:]
        if line == header:
            inside = True
        elif not line.startswith("|"):
            inside = False
        elif inside and not line.startswith("|---"):
            yield section, [cell.strip() for cell in line[1:-1].split("|")]


def rows_of(text):
    return [
        Row(
            section,
            term,
            chinese,
            meaning,
            tuple(word.strip() for word in wrong_words.split(",") if word.strip()),
            tuple(re.findall(r"`([^`]+)`", names)),
        )
        for section, (term, chinese, meaning, wrong_words, names) in cells_below(text, HEADER)
    ]


def bare(word):
    """Return the word without its asterisks and without the sense in brackets behind it."""
    return re.sub(r" \(.*\)$", "", word).strip("*").casefold()


def duplicates(words):
    return {word for word, number in Counter(words).items() if number > 1}


def without_chinese(rows):
    return {row.term for row in rows if not HAN.search(row.chinese)}


def used_for_another_thing(rows):
    """Return (term, word) where a word to avoid is another row's term and does not say so."""
    terms = {row.term.casefold() for row in rows}
    return {
        (row.term, word)
        for row in rows
        for word in row.wrong_words
        if (bare(word) in terms - {row.term.casefold()}) != word.startswith("*")
    }


@pytest.fixture(scope="module")
def text():
    return (ROOT / "docs" / "glossary.md").read_text("utf-8")


@pytest.fixture(scope="module")
def rows(text):
    return rows_of(text)


@pytest.fixture(scope="module")
def names_of_code():
    return set(chain.from_iterable(map(names_in, source_files())))


def source_files():
    packages = (ROOT / name for name in ("app", "exposure_index", "tables", "index_builder"))
    return [file for package in packages for file in package.rglob("*.py")]


def names_in(file):
    """Yield what a module is called, what it defines and uses, and the words of its data."""
    yield from file.relative_to(ROOT).with_suffix("").parts
    tree = ast.parse(file.read_text("utf-8"))
    documentation = {
        id(node.value)
        for node in ast.walk(tree)
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)
    }
    for node in ast.walk(tree):
        match node:
            case ast.Constant(value=str(words)) if id(node) not in documentation:
                yield words
                yield from re.findall(r"\w+", words)
            case ast.Name(id=name) | ast.Attribute(attr=name) | ast.arg(arg=name):
                yield name
            case ast.ClassDef(name=name) | ast.FunctionDef(name=name) | ast.alias(name=name):
                yield name


def test_every_table_has_all_columns(text):
    listed = [line for line in text.splitlines() if line.startswith("| term |")]
    assert {HEADER} == set(listed)


def test_every_concept_says_what_it_means(rows):
    assert set() == {row.term for row in rows if not row.meaning}


def test_a_term_is_one_word_for_one_thing(rows):
    assert set() == {row.term for row in rows if "," in row.term or "/" in row.term}


def test_no_term_stands_twice(rows):
    assert set() == duplicates(row.term.casefold() for row in rows)


def test_every_row_has_chinese(rows):
    assert set() == without_chinese(rows)


def test_no_chinese_term_stands_for_two_things(rows):
    assert set() == duplicates(row.chinese for row in rows)


def test_a_word_to_avoid_is_no_other_term_unless_it_says_so(rows):
    assert set() == used_for_another_thing(rows)


def test_no_row_avoids_its_own_term(rows):
    assert set() == {row.term for row in rows if row.term.casefold() in map(bare, row.wrong_words)}


def test_the_terms_of_a_section_are_in_alphabetical_order(rows):
    pairs = [(a, b) for a, b in pairwise(rows) if a.section == b.section]
    assert [] == [(a.term, b.term) for a, b in pairs if a.term.casefold() > b.term.casefold()]


def test_a_word_that_stays_names_the_term_that_is_right_elsewhere(text, rows):
    named = {cells[2] for _, cells in cells_below(text, KEPT_HEADER)}
    assert named
    assert set() == named - {row.term for row in rows}


def test_the_code_bears_the_names_that_the_glossary_gives(rows, names_of_code):
    unknown = {
        name
        for row in rows
        for name in row.names
        if name not in names_of_code and not ("/" in name and (ROOT / name).exists())
    }
    assert set() == unknown - NAMES_TO_COME


def made_of(*lines):
    return rows_of("\n".join(["## Section", HEADER, "|---|---|---|---|---|", *lines]))


def test_a_term_that_stands_twice_is_noticed():
    rows = made_of("| run | 车次 | a | | |", "| Run | 班次 | b | | |")
    assert {"run"} == duplicates(row.term.casefold() for row in rows)


def test_a_row_without_chinese_is_noticed():
    assert {"run"} == without_chinese(made_of("| run | run | a | | |"))


@pytest.mark.parametrize("word", ["leg", "Leg", "leg (of a table)"])
def test_a_word_to_avoid_that_is_another_term_is_noticed(word):
    rows = made_of("| leg | 行程段 | a | | |", f"| run | 车次 | b | trip, {word} | |")
    assert {("run", word)} == used_for_another_thing(rows)


def test_a_word_to_avoid_may_be_another_term_that_says_so():
    rows = made_of("| leg | 行程段 | a | | |", "| run | 车次 | b | *leg* (of a table) | |")
    assert set() == used_for_another_thing(rows)


def test_a_word_that_says_so_and_is_no_term_is_noticed():
    assert {("run", "*leg*")} == used_for_another_thing(made_of("| run | 车次 | b | *leg* | |"))
