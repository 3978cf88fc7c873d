"""Lists whose names stand in several columns: nobody is looked up under a part of a name."""

import pytest

from tables.staff_lists.list_header import columns_of
from tables.staff_lists.staff_list import ColumnsUnclear, open_staff_list
from tests.fixtures.staff_sources import source, text_list


@pytest.mark.parametrize(
    "header",
    [
        "Name;Vorname;id_number",
        "Nom;Prénom;name;id_number",
        "name;Prénom(s);id_number",
        "Nombre;name;id_number",
        "Name;Apellidos;id_number",
        "Name;Primer apellido;id_number",
        "Imię;Name;id_number",
        "Name;Nazwisko;id_number",
        "Cognome;Name;id_number",
        "Nome;Name;id_number",
        "First name;Name;id_number",
        "Given Name(s);Name;id_number",
        "Name;Middle name;id_number",
        "Family name;Name;id_number",
        "姓 Surname;Name;id_number",
        "姓;name;id_number",
        "姓名;Surname;English name;护照号码",
        "Имя;Name;id_number",
    ],
)
def test_a_name_beside_a_part_of_a_name_is_no_whole_name(header):
    assert columns_of(header.split(";")) is None


@pytest.mark.parametrize(
    "header",
    [
        "姓名;英文姓名;证件号码",
        "姓名;英文名;证件号码",
        "姓名;姓;名;证件号码",
        "Full name;Surname;Passport No.",
        "姓名;姓名拼音;Surname;First name;证件号码",
        "姓名;Name of company;证件号码",
        "中文名;证件号码",
        "姓名;性别;证件号码",
    ],
)
def test_whole_names_are_read_whatever_stands_beside_them(header):
    assert columns_of(header.split(";")) is not None


def test_no_part_of_a_name_is_suggested_as_the_name():
    data = text_list("E99123456;Silva Costa;Ana Maria", header="id_number;Name;Vorname")
    with pytest.raises(ColumnsUnclear) as error:
        open_staff_list(source(data))
    assert {"id_number": 0} == error.value.suggestion
