import re
import shutil
from functools import cache

import pytest
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po
from babel.support import Translations
from werkzeug.datastructures import LanguageAccept
from werkzeug.http import parse_accept_header

from app.i18n import compile_translations, native_name, negotiate_language
from app.languages import TRANSLATIONS, languages, whole_languages
from tests.fixtures.chinese_text import punctuation_faults

OFFERED = ("zh-Hans", "zh-Hant", "en")
OF_CITIZENS = ("ja", "ko")  # their catalogues leave the texts of staff in English
TAGS = ["en", "zh_Hans", "zh_Hant", *OF_CITIZENS]
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
        ("fr-FR", "en"),
        ("mn", "en"),
        ("ug", "zh-Hans"),
        ("bo-CN", "zh-Hans"),
        ("mn-Mong", "zh-Hans"),
        ("*", "zh-Hans"),
        ("x" * 50, "en"),
    ],
)
def test_the_browser_language_leads_to_the_right_script(accepted, expected):
    assert expected == negotiate_language(OFFERED, None, LanguageAccept([(accepted, 1.0)]))


@pytest.mark.parametrize(
    ("header", "expected"),
    [
        ("", "zh-Hans"),  # most robots, and programs of the API
        ("*", "zh-Hans"),
        ("fr", "en"),
        ("de-DE,fr;q=0.5", "en"),
        ("de-DE,de;q=0.9,*;q=0.5", "en"),
        ("de-DE,zh-TW;q=0.2", "zh-Hant"),
        ("fr;q=0.3,zh;q=0.8,en;q=0.9", "en"),
        ("zh", "zh-Hans"),
        ("zh-TW", "zh-Hant"),
        ("ug-CN,ug;q=0.9", "zh-Hans"),
        ("bo,en;q=0.5", "en"),
        ("fr,en;q=0", "zh-Hans"),
        ("zh;q=0,fr", "en"),
        ("zh_TW", "zh-Hant"),  # as programs write it
        (";;q=,", "zh-Hans"),
    ],
)
def test_the_whole_header_of_a_browser_leads_to_a_language(header, expected):
    accepted = parse_accept_header(header, LanguageAccept)
    assert expected == negotiate_language(OFFERED, None, accepted)


def test_a_service_without_english_answers_in_its_own_language():
    accepted = LanguageAccept([("fr", 1.0)])
    assert "zh-Hans" == negotiate_language(("zh-Hans", "zh-Hant"), None, accepted)


def test_the_language_asked_for_comes_first():
    assert "en" == negotiate_language(OFFERED, "en", LanguageAccept([("zh-TW", 1.0)]))


def test_a_language_refused_by_the_browser_is_not_chosen():
    assert "zh-Hans" == negotiate_language(OFFERED, None, LanguageAccept([("en", 0.0)]))


def test_the_first_of_several_that_we_have_is_taken():
    accepted = LanguageAccept([("fr", 1.0), ("zh-TW", 0.8), ("en", 0.5)])
    assert "zh-Hant" == negotiate_language(OFFERED, None, accepted)


def test_languages_are_found_in_the_folder_the_default_first(tmp_path):
    assert (*OFFERED, *OF_CITIZENS) == languages()
    shutil.copytree(TRANSLATIONS, tmp_path / "t")
    shutil.copytree(TRANSLATIONS / "en", tmp_path / "t" / "fr")
    assert "fr" in languages(tmp_path / "t")


def test_staff_work_in_the_languages_that_hold_their_texts(tmp_path):
    assert OFFERED == whole_languages()
    shutil.copytree(TRANSLATIONS / "en", tmp_path / "t" / "fr")
    assert ("fr",) == whole_languages(tmp_path / "t")


def test_only_missing_or_older_translations_are_compiled(tmp_path):
    folder = tmp_path / "t"
    shutil.copytree(TRANSLATIONS, folder, ignore=shutil.ignore_patterns("*.mo"))
    assert set(languages()) == set(compile_translations(folder))
    assert [] == compile_translations(folder)


def test_translations_that_cannot_be_written_are_left_as_they_are(tmp_path, monkeypatch):
    folder = tmp_path / "t"
    shutil.copytree(TRANSLATIONS, folder, ignore=shutil.ignore_patterns("*.mo"))

    def refuse(*_arguments, **_named):
        raise PermissionError

    monkeypatch.setattr("app.i18n.write_mo", refuse)
    assert [] == compile_translations(folder)


def test_each_language_calls_itself_by_its_own_name(translations):
    names = ("简体中文", "繁體中文", "English", "日本語", "한국어")
    assert names == tuple(map(native_name, languages()))


@pytest.mark.parametrize("tag", ["zh-Hans", "zh-Hant", *OF_CITIZENS])
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


def test_english_is_what_stands_in_code_and_templates():
    said = [(forms(each.id), forms(each.string)) for each in catalogue("en") if each.id]
    assert [] == [text for text, english in said if any(english) and text != english]


def test_the_catalogues_hold_the_same_texts():
    ids = [{message.id for message in catalogue(tag)} for tag in OFFERED]
    assert ids[0] == ids[1] == ids[2]


@pytest.mark.parametrize("tag", OF_CITIZENS)
def test_a_catalogue_for_citizens_holds_no_text_that_there_is_not(tag):
    assert {message.id for message in catalogue(tag)} < {message.id for message in catalogue("en")}


@pytest.mark.parametrize("tag", OF_CITIZENS)
def test_what_a_catalogue_for_citizens_leaves_out_is_read_in_english(tag, translations):
    texts = Translations.load(str(TRANSLATIONS), [tag])
    assert "Enrolment code" == texts.gettext("Enrolment code")


@cache
def texts_by_file() -> list[tuple[str, str]]:
    """Return each text of code and templates, with the file of app/ where it stands."""
    found = extract_from_dir(
        TRANSLATIONS.parent,
        method_map=[("**.py", "python"), ("templates/**.html", "jinja2")],
        keywords={
            **{"_": None, "gettext": None, "lazy_gettext": None},
            **{"pgettext": ((1, "c"), 2), "ngettext": (1, 2)},
        },
    )
    return [(file, forms(text)[-1]) for file, _, text, _, _ in found]


def test_every_text_of_code_and_templates_is_in_the_catalogues():
    texts = {text for _, text in texts_by_file()}
    assert texts == {forms(message.id)[-1] for message in catalogue("en") if message.id}


STAFF = ("accounts", "bulk", "commands", "counter", "kiosk", "openapi", "organisations", "portal")
OF_STAFF = tuple(
    [f"{room}/" for room in STAFF]
    + [f"templates/{room}/" for room in (*STAFF, "health")]
    + ["templates/sign_in_form.html"]
)
OF_VISITORS = "templates/kiosk/visit.html"


@pytest.mark.parametrize("tag", OF_CITIZENS)
def test_a_catalogue_for_citizens_holds_every_text_that_they_read(tag):
    theirs = {
        text
        for file, text in texts_by_file()
        if not file.startswith(OF_STAFF) or file == OF_VISITORS
    }
    assert len(theirs) > 400
    assert set() == theirs - {forms(message.id)[-1] for message in catalogue(tag) if message.id}


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


@pytest.mark.parametrize("tag", COMMON)
def test_signs_in_chinese_texts_are_full_width_and_leave_no_gap(tag):
    texts = [
        text
        for message in catalogue(tag)
        if message.id
        for text in ((message.string,) if isinstance(message.string, str) else message.string)
    ]
    assert [] == [text for text in texts if punctuation_faults(text)]


@pytest.mark.parametrize("tag", TAGS)
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
