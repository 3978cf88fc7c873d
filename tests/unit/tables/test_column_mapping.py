"""The mapping file says what the data dictionary allows, or is refused with the place."""

from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tables.column_mapping import MappingRefused, Standard, read_mapping

STANDARD = Standard(
    columns={
        "cases": ("case_id",),
        "legs": ("mode", "number", "seat", "role", "name", "operator"),
    },
    words={
        "mode": frozenset(("train", "coach", "bus")),
        "role": frozenset(("passenger", "crew", "infant")),
    },
)


@pytest.fixture
def mapping(tmp_path):
    def mapping(text):
        file = tmp_path / "columns.toml"
        file.write_text(text, "utf-8")
        return read_mapping(file, STANDARD)

    return mapping


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("[legs\n", "not valid TOML"),
        ("[trips]\n", r"\[trips\]: not a table of the data dictionary"),
        ("legs = 1\n", "not a table"),
        ('[legs]\nx = "seats"\n', "no such column; there are: mode, number"),
        ("[legs]\nx = 1\n", "no such column"),
        ('[legs]\nx = "seat"\ny = "seat"\n', "two headings for one column: seat"),
        ('[legs]\nx = "mode"\n[legs.fixed]\nmode = "train"\n', "two headings for one column: mode"),
        ('[legs]\n"A b" = "seat"\n"ab" = "name"\n', "the same heading twice"),
        ('[legs]\n"--" = "seat"\n', "no heading"),
        ('[legs.values.role]\nx = "boss"\n', "use crew, infant, passenger"),
        ('[legs.values.shoe]\nx = "1"\n', "no such column"),
        ("[legs.values]\nrole = 1\n", "not a table of texts"),
        ('[legs.fixed]\nmode = "balloon"\n', "use bus, coach"),
        ("[legs.fixed]\noperator = 1\n", "a text in quotation marks"),
    ],
)
def test_a_mapping_that_says_what_cannot_be_is_refused(mapping, text, words):
    with pytest.raises(MappingRefused, match=words):
        mapping(text)


@given(st.text(max_size=60))
def test_any_text_is_a_mapping_or_refused(tmp_path_factory, text):
    file = tmp_path_factory.mktemp("mapping") / "columns.toml"
    file.write_text(f"[legs]\n{text}", "utf-8", "surrogateescape")
    with suppress(MappingRefused):
        read_mapping(file, STANDARD)
