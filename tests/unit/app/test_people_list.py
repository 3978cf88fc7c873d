"""Lists of people for `gauge private-check`: whole and clear, or refused."""

import pytest

from app.people_list import PeopleListRefused, PersonListed, read_people

HEADER = "name,id_type,department,id_number\n"


def write(tmp_path, data: bytes):
    file = tmp_path / "staff.csv"
    file.write_bytes(data)
    return file


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
def test_the_three_columns_are_found_in_any_order_and_encoding(tmp_path, encoding):
    file = write(tmp_path, f"{HEADER}舒小满,passport,财务,X0000001\n".encode(encoding))
    assert [PersonListed("passport", "X0000001", "舒小满")] == read_people(file)


def test_windows_line_ends_and_quoted_lines_are_read(tmp_path):
    file = write(tmp_path, b'id_type,id_number,name\r\npassport,X1,"Ana\r\nSilva"\r\n')
    assert ["Ana\r\nSilva"] == [person.name for person in read_people(file)]


@pytest.mark.parametrize(
    ("words", "data"),
    [
        ("column missing: id_type, name", b"id_number\nX1\n"),
        ("column missing", b""),
        ("column twice: name", b"id_type,id_number,name,name\npassport,X1,A,B\n"),
        ("line 2: another number of cells", b"id_type,id_number,name\npassport,X1\n"),
        ("line 3: another number", b"id_type,id_number,name\npassport,X1,A\npassport,X1,A,B\n"),
        ("broken quoting", b'id_type,id_number,name\npassport,X1,"A\n'),
        ("neither UTF-8 nor GB18030", b"id_type,id_number,name\npassport,X1,\xff\xff\n"),
        ("neither UTF-8 nor GB18030", b"id_type,id_number,name\npassport,X1,\0\n"),
    ],
)
def test_a_list_that_is_not_whole_is_refused_without_its_cells(tmp_path, words, data):
    with pytest.raises(PeopleListRefused, match=words) as refused:
        read_people(write(tmp_path, data))
    assert "X1" not in str(refused.value)


def test_a_missing_file_is_told(tmp_path):
    with pytest.raises(PeopleListRefused, match="No such file"):
        read_people(tmp_path / "nothing.csv")
