import re
import shutil

import pytest
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po
from werkzeug.datastructures import LanguageAccept

from app.i18n import compile_translations, native_name, negotiate_language
from app.languages import TRANSLATIONS, languages

OFFERED = ("zh-Hans", "zh-Hant", "en")
PLACEHOLDER = re.compile(r"%\(\w+\)s")


def forms(text) -> tuple[str, ...]:
    """Return singular and plural of a text that has both."""
    return text if isinstance(text, tuple) else (text,)


def catalogue(tag: str):
    with (TRANSLATIONS / tag.replace("-", "_") / "LC_MESSAGES" / "messages.po").open("rb") as file:
        return read_po(file)


@pytest.mark.parametrize(
    ("accepted", "expected"),
    [
        ("zh-CN", "zh-Hans"),
        ("zh-SG", "zh-Hans"),
        ("zh", "zh-Hans"),
        ("zh-TW", "zh-Hant"),
        ("zh-HK", "zh-Hant"),
        ("zh-MO", "zh-Hant"),
        ("zh-Hant-HK", "zh-Hant"),
        ("en-GB", "en"),
        ("en", "en"),
        ("fr-FR", "zh-Hans"),
        ("*", "zh-Hans"),
        ("x" * 50, "zh-Hans"),
    ],
)
def test_the_browser_language_leads_to_the_right_script(accepted, expected):
    assert expected == negotiate_language(OFFERED, None, LanguageAccept([(accepted, 1.0)]))


def test_the_language_asked_for_comes_first():
    assert "en" == negotiate_language(OFFERED, "en", LanguageAccept([("zh-TW", 1.0)]))


def test_a_language_refused_by_the_browser_is_not_chosen():
    assert "zh-Hans" == negotiate_language(OFFERED, None, LanguageAccept([("en", 0.0)]))


def test_the_first_of_several_that_we_have_is_taken():
    accepted = LanguageAccept([("fr", 1.0), ("zh-TW", 0.8), ("en", 0.5)])
    assert "zh-Hant" == negotiate_language(OFFERED, None, accepted)


def test_languages_are_found_in_the_folder_the_default_first(tmp_path):
    assert OFFERED == languages()
    shutil.copytree(TRANSLATIONS, tmp_path / "t")
    shutil.copytree(TRANSLATIONS / "en", tmp_path / "t" / "fr")
    assert "fr" in languages(tmp_path / "t")


def test_only_missing_or_older_translations_are_compiled(tmp_path):
    folder = tmp_path / "t"
    shutil.copytree(TRANSLATIONS, folder, ignore=shutil.ignore_patterns("*.mo"))
    assert {"en", "zh-Hans", "zh-Hant"} == set(compile_translations(folder))
    assert [] == compile_translations(folder)


def test_translations_that_cannot_be_written_are_left_as_they_are(tmp_path, monkeypatch):
    folder = tmp_path / "t"
    shutil.copytree(TRANSLATIONS, folder, ignore=shutil.ignore_patterns("*.mo"))

    def refuse(*_arguments, **_named):
        raise PermissionError

    monkeypatch.setattr("app.i18n.write_mo", refuse)
    assert [] == compile_translations(folder)


def test_each_language_calls_itself_by_its_own_name(translations):
    assert ("简体中文", "繁體中文", "English") == tuple(map(native_name, OFFERED))


@pytest.mark.parametrize("tag", ["zh-Hans", "zh-Hant"])
def test_every_text_is_translated_with_its_placeholders(tag):
    for message in catalogue(tag):
        if not message.id:
            continue
        assert message.string, message.id
        for text in forms(message.string):
            assert text, message.id
            assert sorted(PLACEHOLDER.findall(forms(message.id)[-1])) == sorted(
                PLACEHOLDER.findall(text)
            )


def test_the_catalogues_hold_the_same_texts():
    ids = [{message.id for message in catalogue(tag)} for tag in OFFERED]
    assert ids[0] == ids[1] == ids[2]


def test_every_text_of_code_and_templates_is_in_the_catalogues():
    app = TRANSLATIONS.parent
    characters = {
        text
        for _, _, text, _, _ in extract_from_dir(
            app,
            method_map=[("**.py", "python"), ("templates/**.html", "jinja2")],
            keywords={
                **{"_": None, "gettext": None, "lazy_gettext": None},
                **{"pgettext": ((1, "c"), 2), "ngettext": (1, 2)},
            },
        )
    }
    texts = {forms(text)[-1] for text in characters}
    assert texts == {forms(message.id)[-1] for message in catalogue("en") if message.id}


@pytest.mark.parametrize(("tag", "charset"), [("zh-Hans", "gb2312"), ("zh-Hant", "big5")])
def test_each_script_keeps_to_its_own_characters(tag, charset):
    for message in catalogue(tag):
        if message.id and message.context is None:
            str(message.string).replace("–", "-").replace("·", "").encode(charset)


GB2312_LEVEL_1 = range(0xB0A1, 0xD7FA)  # rows 16 to 55: the 3,755 most used
BIG5_LEVEL_1 = range(0xA440, 0xC67F)  # 5,401 common ones
COMMON = {"zh-Hans": ("gb2312", GB2312_LEVEL_1), "zh-Hant": ("big5", BIG5_LEVEL_1)}
ALSO_COMMON = {"浏"}  # of the Table of General Standard Chinese Characters, level 1 (2013)
HAN = re.compile("[\u3400-\u9fff]")


def uncommon(text: str, tag: str) -> set[str]:
    """Return the Chinese characters of a text that are not among the common ones."""
    charset, common = COMMON[tag]
    characters = set(HAN.findall(text)) - ALSO_COMMON
    return {c for c in characters if int(c.encode(charset).hex(), 16) not in common}


@pytest.mark.parametrize("tag", COMMON)
def test_pages_use_common_characters_only(tag):
    texts = [str(message.string) for message in catalogue(tag) if message.id]
    assert set() == set().union(*(uncommon(text, tag) for text in texts))


@pytest.mark.parametrize("tag", COMMON)
def test_rules_and_advice_on_answers_use_common_characters_only(tag):
    folder = TRANSLATIONS.parent.parent / "index_builder" / "rules"
    texts = [
        text
        for file in folder.glob("*.toml")
        for line in re.findall(rf"^{tag} = (.*(?:\n  .*)*)", file.read_text("utf-8"), re.MULTILINE)
        for text in re.findall(r'"([^"]*)"', line)
    ]
    assert texts
    assert set() == set().union(*(uncommon(text, tag) for text in texts))


@pytest.mark.parametrize("tag", ["en", "zh_Hans", "zh_Hant"])
def test_every_entry_of_a_catalogue_is_whole_and_stands_once(tag):
    text = (TRANSLATIONS / tag / "LC_MESSAGES" / "messages.po").read_text("utf-8")
    words = [
        [line.split(" ")[0] for line in entry.splitlines() if line.startswith(("msgid", "msgstr"))]
        for entry in text.split("\n\n")
    ]
    plural = ["msgid", "msgid_plural", "msgstr[0]", *(["msgstr[1]"] if tag == "en" else [])]
    assert [] == [each for each in words if each not in (["msgid", "msgstr"], plural)]
    msgids = re.findall(r'^((?:msgctxt .*\n)?msgid .*(?:\n".*)*)', text, re.MULTILINE)
    assert sorted(set(msgids)) == sorted(msgids)
