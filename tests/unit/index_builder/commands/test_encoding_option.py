"""`--encoding`: files whose text proves no encoding are refused with a name, and read by it."""

import json

import pytest

from exposure_index.errors import ExitCode
from tests.fixtures.names_by_language import LANGUAGES, seeded

CHOICES = [
    ("big5", "big5hkscs", "陳大文"),
    ("euc-kr", "cp949", "김민수"),
    ("shift_jis", "cp932", "佐藤翔太"),
    ("windows-1252", "cp1252", "Jörg Müller"),
    ("windows-1251", "cp1251", "Пётр Иванов"),
]

EXPORT = ("--format", "godata", "--as-of", "2020-02-01")


def foreign_legs(source, name, codec):
    """Give a traveller of the source a name in another script, in another encoding."""
    legs = source / "legs.csv"
    legs.write_bytes(legs.read_text("utf-8").replace("Anna TravellerKT", name).encode(codec))


@pytest.mark.parametrize(("choice", "codec", "name"), CHOICES[:1])
def test_a_source_is_refused_then_read_and_its_people_found(
    build, run, source, keys, out, tmp_path, choice, codec, name
):
    foreign_legs(source, name, codec)
    refused = build("--publish")
    assert ExitCode.BAD_INPUT == refused.exit_code
    for words in ("legs.csv: its text proves neither", choice, "--encoding NAME", "columns.toml"):
        assert words in refused.stderr
    done = build("--publish", "--json", "--encoding", choice.upper())
    assert 0 == done.exit_code, done.output
    assert f"legs.csv: read as {choice.upper()}" in json.loads(done.stdout)["remarks"]
    people = tmp_path / "people.csv"
    people.write_bytes(f"id_type,id_number,name,部门\nother,P00009,{name},x\n".encode(codec))
    check = ("check", "--index", out, "--keys", keys, "--people", people)
    assert ExitCode.BAD_INPUT == run(*check).exit_code
    found = run(*check, "--encoding", choice)
    assert ",exposed,close," in found.stdout
    assert "people.csv: columns not read: 部门" == found.stderr.splitlines()[0]
    asked = ("--source", source, "--keys", keys, "--out", out, "--reason", "hotline")
    to = tmp_path / "contacts.csv"
    for command in (("why", *asked, "--people", people), ("export", *asked, *EXPORT, "--to", to)):
        assert "--encoding NAME of build, why" in run(*command).stderr
        done = run(*command, "--encoding", choice)
        assert 0 == done.exit_code, done.output
        assert "LISTED: flight" in done.stdout or name[1:] in to.read_text("utf-8")


def test_a_table_of_the_mapping_file_may_name_its_encoding(build, source):
    foreign_legs(source, "陳大文", "big5")
    (source / "columns.toml").write_text('[legs]\nencoding = "big5"\n')
    assert 0 == build().exit_code
    (source / "columns.toml").write_text('[legs]\nencoding = "klingon"\n')
    refused = build()
    assert ExitCode.BAD_INPUT == refused.exit_code
    assert "not one of utf-8, gb18030" in refused.stderr


def test_another_word_is_an_error_that_lists_the_names(run, tmp_path):
    done = run("notices", tmp_path / "in.csv", "--out", tmp_path / "o.csv", "--encoding", "x")
    assert 2 == done.exit_code
    for words in ("'big5'", "'windows-1251'", "'gb18030'"):
        assert words in done.stderr


@pytest.mark.parametrize(("choice", "codec", "name"), CHOICES)
def test_notices_are_refused_then_read(run, tmp_path, choice, codec, name):
    file, out = tmp_path / "in.csv", tmp_path / "out.csv"
    text = f"kind,number,date,board\nflight,CA1234,2020-01-20,{name}\n"
    file.write_bytes(text.encode(codec))
    refused = run("notices", file, "--out", out)
    assert ExitCode.BAD_INPUT == refused.exit_code
    assert "--encoding NAME" in refused.stderr
    done = run("notices", file, "--out", out, "--encoding", choice)
    assert 0 == done.exit_code, done.output
    assert name in out.read_text("utf-8")


@pytest.mark.parametrize(("choice", "codec", "name"), CHOICES)
def test_lines_that_are_not_in_the_encoding_chosen_are_rejected_each(
    run, tmp_path, choice, codec, name
):
    file, out = tmp_path / "in.csv", tmp_path / "out.csv"
    rows = [f"flight,CA{row},2020-01-20,{name}\n".encode(codec) for row in range(100, 140)]
    damaged = b"flight,CA999,2020-01-20,\x98\n" if codec == "cp1251" else b"a,b,c,\x81\n"
    file.write_bytes(b"kind,number,date,board\n" + b"".join(rows) + damaged)
    done = run("notices", file, "--out", out, "--encoding", choice)
    assert 0 == done.exit_code, done.output
    assert "42,,damaged_bytes" in (tmp_path / "out.csv.rejects.csv").read_text("utf-8")


def test_people_lists_of_every_language_are_refused_or_right(run, out, keys, tmp_path):
    file = tmp_path / "people.csv"
    for language in LANGUAGES.values():
        text = language.table(seeded(1), 4, "id_type,id_number,name")
        file.write_bytes(text.encode(language.codecs[0]))
        done = run("check", "--index", out, "--keys", keys, "--people", file)
        names = {line.split(",")[2] for line in text.splitlines()[1:]}
        given = {line.split(",")[2] for line in done.stdout.splitlines()[1:]}
        assert done.exit_code == ExitCode.BAD_INPUT or names == given
