import json

from app.bulk.results.json_document import json_document


def document(headings, rows):
    return json.loads(b"".join(json_document("j1", ["b1"], headings, rows)))


def test_a_document_names_job_builds_and_columns_and_holds_each_row(row_of, listed):
    rows = [listed, row_of(("", "=1+1"), "duplicate", duplicate_of=2)]
    first = {
        "name": "舒小满",
        "id_number": "990000198001011234",
        "status": "exposed",
        "tier": "close",
    }
    second = {"name": "", "id_number": "=1+1", "status": "duplicate", "tier": None}
    assert {
        "id": "j1",
        "builds": ["b1"],
        "columns": ["name", "id_number", "status", "tier", "act_until", "reason", "duplicate_of"],
        "rows": [
            {**first, "act_until": "2020-02-05", "reason": None, "duplicate_of": None},
            {**second, "act_until": None, "reason": None, "duplicate_of": 2},
        ],
    } == document(["name", "id_number"], rows)


def test_a_list_without_rows_is_a_whole_document():
    assert [] == document(["name"], [])["rows"]


def test_a_long_document_comes_in_blocks(row_of):
    rows = (row_of(("x" * 50,)) for _ in range(3_000))
    blocks = list(json_document("j", [], ["name"], rows))
    assert len(blocks) > 3
    assert 3_000 == len(json.loads(b"".join(blocks))["rows"])
