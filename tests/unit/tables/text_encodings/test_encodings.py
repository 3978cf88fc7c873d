"""Damaged UTF-8 stays UTF-8, GB18030 is what the text proves, and all else is refused."""

import io

import pytest

from tables.text_encodings.encodings import (
    GB18030,
    UTF_8,
    EncodingRefused,
    detect_encoding,
    encoding_of,
)
from tests.fixtures.names_by_language import LANGUAGES, seeded

NAMES = ("王小明", "李娜", "欧阳修远", "张伟", "嫣然", "Müller")


@pytest.fixture
def detected(tmp_path):
    def detected(data):
        file = tmp_path / "legs.csv"
        file.write_bytes(data)
        return detect_encoding(file)

    return detected


def table(encoding, names=NAMES, lines=600):
    rows = (f"flight,CA1234,{names[row % len(names)]},武汉\n" for row in range(lines))
    return ("mode,number,name,board\n" + "".join(rows)).encode(encoding)


def test_whole_files_are_what_they_are(detected):
    assert "utf-8-sig" == detected(table("utf-8"))
    assert "utf-8-sig" == detected(table("utf-8-sig"))
    assert "gb18030" == detected(table("gb18030"))
    assert "utf-8-sig" == detected(b"a,b\n1,2\n")


@pytest.mark.parametrize("damage", [b"\xc4", b"\xe5\xbc", b"\x80", b"\xff", "张".encode("gb18030")])
@pytest.mark.parametrize("lines", [1, 2, 600])
def test_one_broken_character_leaves_utf_8_what_it_is(detected, damage, lines):
    whole = table("utf-8", lines=lines)
    assert "utf-8-sig" == detected(whole[:-1] + damage + b"\n")


def test_names_cut_in_the_middle_of_a_character_are_still_utf_8(detected):
    cut = (
        "".join(f"P{row},欧阳修远\n" for row in range(50))
        .encode()
        .replace("远".encode(), b"\xe8\xbf")
    )
    assert "utf-8-sig" == detected(b"id_number,name\n" + cut)


def test_broken_lines_leave_gb18030_what_it_is(detected):
    assert "gb18030" == detected(table("gb18030") + b"\xff\xff,1,2,3\n" * 3)


def test_utf_8_with_a_mark_is_utf_8_however_damaged(detected):
    assert "utf-8-sig" == detected(b"\xef\xbb\xbfname\n" + "张三\n李四\n".encode("gb18030"))


@pytest.mark.parametrize("share", [3, 10])
def test_two_encodings_in_one_file_are_refused(detected, share):
    mixed = table("gb18030", lines=600) + table("utf-8", lines=600 // share)
    with pytest.raises(EncodingRefused, match="save all of it as UTF-8"):
        detected(mixed)


@pytest.mark.parametrize(
    ("codec", "names"),
    [
        ("big5", ("陳大文", "林美玲")),
        ("cp949", ("김민수", "이영희")),
        ("cp1252", ("José García", "Jürgen Müller")),
        ("cp1251", ("Иванов", "Петров")),
    ],
)
def test_a_list_of_another_encoding_behind_one_of_gb18030_is_refused(detected, codec, names):
    behind = "".join(f"flight,CA1234,{name},\n" for name in names).encode(codec)
    of = LANGUAGES["zh-hans"]
    with pytest.raises(EncodingRefused, match="ends in another encoding"):
        detected(of.table(seeded(codec), 60, of.headings).encode("gb18030") + behind)


def test_no_list_in_gb18030_ends_in_another_encoding():
    draw, of = seeded("end"), LANGUAGES["zh-hans"]
    for rows in [30, 60] * 100:
        assert GB18030 == read_as(of.table(draw, rows, of.headings).encode("gb18030"))


def test_utf_8_at_the_end_of_plain_lines_is_weighed_too(detected):
    plain = b"a,b\n" + b"1,2\n" * 5_000
    assert "utf-8-sig" == detected(plain + "张,三\n".encode() * 3 + b"\xc4,x\n")
    assert "gb18030" == detected(plain + "张三,李四,王小明,刘洋,陈静\n".encode("gb18030"))


def test_utf_16_is_refused_with_the_way_out(detected):
    with pytest.raises(EncodingRefused, match="save it as UTF-8"):
        detected("a,b\n1,2\n".encode("utf-16"))


@pytest.mark.parametrize(
    ("codec", "name"), [("iso2022_jp", "田中"), ("iso2022_kr", "김"), ("hz", "王伟")]
)
def test_what_only_looks_like_ascii_is_refused(detected, codec, name):
    with pytest.raises(EncodingRefused, match="ISO-2022 or HZ text; save it as UTF-8"):
        detected(f"mode,number,name\nflight,CA1234,{name}\n".encode(codec))


@pytest.mark.parametrize("name", ["Nº", "José García", "Zoë", "Łukasz", "O’Brien", "Đỗ Văn"])
@pytest.mark.parametrize("heading", ["name", "Nº"])
def test_a_few_letters_of_utf_8_among_ascii_are_read(detected, name, heading):
    plain = "flight,CA1234,TEST\n" * 50
    assert "utf-8-sig" == detected(f"mode,number,{heading}\n{plain}flight,CA1234,{name}\n".encode())


def test_utf_8_that_gb18030_decodes_wholly_is_not_taken_for_it(detected):
    damaged = table("utf-8", names=("李娜", "张伟")) + b"flight,CA1234,\xe5\xbc,\n"
    damaged.decode("gb18030")
    assert "utf-8-sig" == detected(damaged)


ASCII_HEADINGS = "id_type,id_number,name"
LISTS = 2_000
BY_CODEC = [(of.codecs[at], of) for of in LANGUAGES.values() for at in range(len(of.codecs))]


def read_as(data, choice=""):
    try:
        return encoding_of(io.BytesIO(data), "people.csv", choice)
    except EncodingRefused:
        return None


@pytest.mark.parametrize(("codec", "language"), BY_CODEC, ids=[codec for codec, _ in BY_CODEC])
def test_no_list_of_names_is_read_as_other_names(codec, language):
    draw = seeded(codec)
    for _ in range(LISTS):
        headings = draw.choice([ASCII_HEADINGS, language.headings])
        text = language.table(draw, draw.choice([1, 1, 2, 3, 5, 9]), headings)
        encoded = text.encode(codec)
        encoding = read_as(encoded)
        assert encoding is None or text == encoded.decode(encoding), text


@pytest.mark.parametrize("language", LANGUAGES.values(), ids=LANGUAGES)
def test_every_list_in_utf_8_is_read(language):
    draw = seeded("utf-8")
    for rows in [1, 2, 3, 5, 9] * 40:
        text = language.table(draw, rows, draw.choice([ASCII_HEADINGS, language.headings]))
        assert UTF_8 == read_as(text.encode()), text


@pytest.mark.parametrize(("rows", "share"), [(1, 0.0), (5, 0.6), (9, 0.97), (30, 1.0)])
def test_gb18030_is_proven_by_names_alone_where_there_are_enough(rows, share):
    draw, of = seeded(rows), LANGUAGES["zh-hans"]
    lists = [of.table(draw, rows, ASCII_HEADINGS).encode("gb18030") for _ in range(100)]
    assert share <= sum(read_as(data) == GB18030 for data in lists) / 100


def test_one_known_heading_proves_gb18030():
    draw, of = seeded(0), LANGUAGES["zh-hans"]
    for headings in (of.headings, "id_type,id_number,姓名", "车次,日期,note"):
        for rows in (1, 2, 9):
            assert GB18030 == read_as(of.table(draw, rows, headings).encode("gb18030"))


@pytest.mark.parametrize(
    ("codec", "language", "name"),
    [
        ("big5hkscs", "zh-hant", "big5"),
        ("cp949", "ko", "euc-kr"),
        ("cp932", "ja", "shift_jis"),
        ("euc_jp", "ja", "euc-jp"),
        ("cp1252", "western", "windows-1252"),
        ("cp1251", "cyrillic", "windows-1251"),
        ("cp874", "thai", "windows-874"),
    ],
)
def test_a_refusal_names_the_encoding_and_that_name_reads_the_file(codec, language, name):
    text = LANGUAGES[language].table(seeded(3), 20, ASCII_HEADINGS)
    data = text.encode(codec)
    with pytest.raises(EncodingRefused, match=rf"it may be .*{name}.*--encoding NAME"):
        encoding_of(io.BytesIO(data), "people.csv")
    assert text == data.decode(read_as(data, name))


@pytest.mark.parametrize("choice", ["big5", "windows-1252"])
def test_a_choice_leaves_what_is_proven(choice):
    """One choice stands for every file of a source."""
    of, draw = LANGUAGES["zh-hans"], seeded(1)
    text = of.table(draw, 9, of.headings)
    assert UTF_8 == read_as(text.encode(), choice)
    assert GB18030 == read_as(text.encode("gb18030"), choice)
    latin = LANGUAGES["western"].table(draw, 9, ASCII_HEADINGS)
    assert UTF_8 == read_as(latin.encode(), choice)


def test_utf_8_is_a_choice_where_a_byte_is_damaged():
    assert UTF_8 == read_as(b"a,b\n1,2\n\xff,3\n", "utf-8")


@pytest.mark.parametrize("name", ["毛", "毛毛", "卢毛"])
def test_a_name_that_is_utf_8_by_accident_is_refused_alone_and_read_among_others(name):
    name.encode("gb18030").decode("utf-8")
    alone = f"{ASCII_HEADINGS}\npassport,ZT000001,{name}\n"
    assert read_as(alone.encode("gb18030")) is None
    three = f"{ASCII_HEADINGS}\n1,2,{name}\n3,4,张伟\n5,6,王小明\n7,8,刘洋\n"
    assert GB18030 == read_as(three.encode("gb18030"))
    assert GB18030 == read_as(alone.replace("name", "姓名").encode("gb18030"))


@pytest.mark.parametrize("plate", ["粤A12345", "粵A·12345", "京A12345"])
def test_a_licence_plate_alone_proves_utf_8(plate):
    assert UTF_8 == read_as(f"mode,number\ntaxi,{plate}\n".encode())


def test_what_is_utf_8_by_accident_is_refused_with_a_way_out_that_helps(tmp_path):
    file = tmp_path / "legs.csv"
    file.write_bytes("name\né\n".encode())
    with pytest.raises(EncodingRefused, match="save it as UTF-8 with a byte order mark, or name"):
        detect_encoding(file)
    file.write_bytes("name\né\n".encode("utf-8-sig"))
    assert UTF_8 == detect_encoding(file)
