import pytest

from exposure_index.messages.corrections import ExportedCorrection, read_corrections
from exposure_index.messages.export_lines import ExportUnreadable
from tests.fixtures.correction_requests import DAY, export_of, exported_correction


def test_an_export_is_read_as_it_was_written():
    requests = [exported_correction("A"), ExportedCorrection("B", DAY, None)]
    assert requests == list(read_corrections(export_of(*requests)))


@pytest.mark.parametrize("line", ["", "[]", '{"reference": "hidden-word"}', '{"sealed": 1}', "{"])
def test_a_line_that_is_none_is_named_without_its_content(line):
    head, first, end = export_of(exported_correction("A")).getvalue().splitlines()
    with pytest.raises(ExportUnreadable, match=r"^line 3: cannot be read$"):
        list(read_corrections([head, first, line, end]))


def test_an_export_that_lost_its_last_lines_is_refused():
    lines = export_of(exported_correction("A"), exported_correction("B")).getvalue().splitlines()
    for cut in (lines[:-1], lines[:-2], lines[:1], []):
        with pytest.raises(ExportUnreadable, match=r"^its end is missing"):
            list(read_corrections(cut))


def test_another_file_is_refused():
    with pytest.raises(ExportUnreadable, match="line 1"):
        list(read_corrections(["reference,received_on\n"]))
