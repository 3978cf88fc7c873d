"""Damaged UTF-8 stays UTF-8, and only what is GB18030 by its lines is read as such."""

import pytest

from tables.encodings import EncodingRefused, detect_encoding

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


def test_utf_8_at_the_end_of_plain_lines_is_weighed_too(detected):
    plain = b"a,b\n" + b"1,2\n" * 5_000
    assert "utf-8-sig" == detected(plain + "张,三\n".encode() * 3 + b"\xc4,x\n")
    assert "gb18030" == detected(plain + "张三,李四\n".encode("gb18030"))


def test_utf_16_is_refused_with_the_way_out(detected):
    with pytest.raises(EncodingRefused, match="save it as UTF-8"):
        detected("a,b\n1,2\n".encode("utf-16"))


def test_utf_8_that_gb18030_decodes_wholly_is_not_taken_for_it(detected):
    damaged = table("utf-8", names=("李娜", "张伟")) + b"flight,CA1234,\xe5\xbc,\n"
    damaged.decode("gb18030")
    assert "utf-8-sig" == detected(damaged)
