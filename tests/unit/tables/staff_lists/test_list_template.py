"""The template of a staff list is read as it is written, whoever fills it in."""

import io
import re
import zipfile

import pytest

from exposure_index.identity.document import ID_TYPES
from tables.staff_lists.document_kinds import staff_kind
from tables.staff_lists.list_template import WORDS, staff_list_template
from tables.staff_lists.staff_list import ListRefused, ListSource, open_staff_list
from tests.fixtures.messy_drafts import unlisted
from tests.fixtures.messy_files import with_parts

SHEET = "xl/worksheets/sheet1.xml"
LANGUAGES = sorted(WORDS)


def source(data):
    return ListSource("template", "xlsx", lambda: io.BytesIO(data))


def filled_in(data, person):
    """The template with somebody in its third row, as strings within the cells."""
    cells = (person.name, "", person.id_number)
    row = "".join(
        f'<c r="{letter}3" t="inlineStr"><is><t>{cell}</t></is></c>'
        for letter, cell in zip("ABC", cells, strict=True)
    )
    filled = f'<row r="3">{row}</row></sheetData>'.encode()
    return with_parts(
        data, lambda name, old: old.replace(b"</sheetData>", filled) if name == SHEET else old
    )


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_template_as_it_is_holds_nobody(language):
    with pytest.raises(ListRefused) as error:
        open_staff_list(source(staff_list_template(language)))
    assert "no_people" == error.value.code


@pytest.mark.parametrize("language", LANGUAGES)
def test_whoever_is_filled_in_is_read_with_every_column_known(language):
    person = unlisted(3)
    found = open_staff_list(source(filled_in(staff_list_template(language), person)))
    assert {"name": 0, "id_type": 1, "id_number": 2, "name_latin": 3} == dict(found.columns)
    ((row,),) = found.blocks()
    assert (3, person.name, person.id_number) == (row.row, row.person.name, row.person.id_number)


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_drop_down_offers_every_kind_of_document_in_words_that_are_read(language):
    assert list(ID_TYPES) == [staff_kind(word) for word in WORDS[language].kinds]


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_column_of_numbers_is_text(language):
    with zipfile.ZipFile(io.BytesIO(staff_list_template(language))) as book:
        sheet, styles = book.read(SHEET).decode(), book.read("xl/styles.xml").decode()
    style = int(re.search(r'<col min="3" max="3"[^>]* style="(\d+)"', sheet)[1])
    formats = re.findall(r"<xf [^>]*numFmtId=\"(\d+)\"", styles.partition("<cellXfs")[2])
    assert "49" == formats[style]  # @, text


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_template_is_the_same_every_time(language):
    assert staff_list_template(language) == staff_list_template(language)
