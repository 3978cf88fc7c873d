"""Other names of columns: known words, the mapping file, and what is refused, not guessed."""

import pytest

from index_builder.runtime.workspace import Workspace
from index_builder.sources.reject_list import RejectList
from index_builder.sources.source import SourceRefused, open_source


@pytest.fixture
def legs(tmp_path):
    """Return the rows and remarks of legs.csv, with columns.toml beside it where given."""

    def legs(text, columns=None, elsewhere=False):
        source = tmp_path / "source"
        source.mkdir(exist_ok=True)
        (source / "cases.csv").write_text("case_id\nC1\n")
        (source / "legs.csv").write_text(text, "utf-8")
        file = tmp_path / "other.toml" if elsewhere else source / "columns.toml"
        if columns is not None:
            file.write_text(columns, "utf-8")
        with Workspace(tmp_path) as work, RejectList(work.folder, tmp_path) as rejects:
            opening = open_source(source, work, rejects, file if elsewhere else None)
            return opening.tables["legs"].data.to_pyarrow().to_pylist(), opening.remarks

    return legs


def test_headings_in_the_words_of_departments_are_read_and_reported(legs):
    (row,), remarks = legs(
        "交通工具,车次,乘车日期,证件号码,姓 名\n火车,G1,2020-01-20,X0000001,甲某\n"
    )
    assert ("火车", "G1", "2020-01-20", "X0000001", "甲某") == tuple(
        row[name] for name in ("mode", "number", "service_date", "id_number", "name")
    )
    assert any("证件号码 as id_number" in remark for remark in remarks)


def test_the_columns_own_name_wins_over_a_word_for_it(legs):
    (row,), _ = legs("mode,number,service_date,id_number,name,姓名\ntrain,G1,d,1,Own,Other\n")
    assert "Own" == row["name"]


def test_usual_words_of_roles_are_read_and_others_left_to_be_reported(legs):
    text = "mode,number,service_date,id_number,role\n" + "".join(
        f"train,G1,2020-01-20,1,{role}\n" for role in ("乘务员", "旅客", "婴儿", "crew", "厨师")
    )
    rows, _ = legs(text)
    assert ["crew", "passenger", "infant", "crew", "厨师"] == [row["role"] for row in rows]


def test_two_words_for_one_column_are_refused(legs):
    with pytest.raises(SourceRefused, match=r"twice: columns 4 and 5 \(id_number\)"):
        legs("mode,number,service_date,身份证号,护照号\ntrain,G1,2020-01-20,1,2\n")


@pytest.mark.parametrize("elsewhere", [False, True])
def test_the_mapping_file_names_columns_words_and_what_is_the_same_in_every_row(legs, elsewhere):
    columns = (
        '[legs]\n"客票号" = "booking"\n"姓名" = ""\n"乘客" = "name"\n'
        '[legs.values.role]\n"厨师" = "crew"\n[legs.fixed]\nmode = "train"\n'
    )
    text = (
        "车次,日期,证件号,客票号,姓名,乘客,role\n"
        "G1,2020-01-20,X0000001,B1,Clerk,Own,厨师\nG1,2020-01-20,X0000002,,Clerk,Own,passenger\n"
    )
    rows, _ = legs(text, columns, elsewhere)
    assert [("train", "B1", "Own", "crew"), ("train", None, "Own", "passenger")] == [
        tuple(row[name] for name in ("mode", "booking", "name", "role")) for row in rows
    ]


@pytest.mark.parametrize(
    ("columns", "words"),
    [
        (
            '[legs]\n"舱位" = "seat"\n',
            "legs.csv: the mapping file names headings that are not there",
        ),
        ('[legs.fixed]\nmode = "train"\n', "fixes columns that are there: mode"),
        ('[legs]\n"mode" = "number"\n', r"twice: columns 1 and 2 \(number\)"),
        ('[legs]\n"mode" = ""\n', "column missing: mode; where a column has another name"),
    ],
)
def test_a_mapping_that_does_not_fit_the_file_is_refused(legs, columns, words):
    with pytest.raises(SourceRefused, match=words):
        legs("mode,number,service_date,id_number\ntrain,G1,2020-01-20,1\n", columns)


def test_a_missing_column_is_refused_with_the_places_of_those_that_are_not_known(legs):
    with pytest.raises(SourceRefused) as refused:
        legs("mode,number,乘日,id_number,anna smith\ntrain,G1,2020-01-20,1,x\n")
    assert "column missing: service_date; " in str(refused.value)
    assert str(refused.value).endswith("(not known: columns 3, 5)")
