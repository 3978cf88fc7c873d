import csv


def test_a_department_sees_no_column_that_none_of_its_questions_needs(export, tmp_path):
    export("--department", "transport", "--format", "csv")
    (path,) = (tmp_path / "lists").iterdir()
    header = next(csv.reader(path.open(encoding="utf-8-sig")))
    for absent in ("asked_about", "asked_seat", "asked_name", "carriage", "seat"):
        assert absent not in header


def test_no_cell_of_a_csv_worklist_is_a_formula(export, tmp_path):
    export("--department", "civil_aviation", "--format", "csv")
    (path,) = (tmp_path / "lists").iterdir()
    (row,) = csv.DictReader(path.open(encoding="utf-8-sig"))
    assert "'=WANG,ANA" == row["asked_name"]
