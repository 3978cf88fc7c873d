"""Whether a cell of a staff list is read whole: every sign, bracket and word beside a name in it.

Threat: a character that a program could not write is described (周诗（nuo）, 周诗〓, 周诗%E8), or a
word stands before a name (甲：尹子), and what is left is looked up as if it were the name.
Limit: what is known may stand beside a name: words of staff lists, numbered groups, the name in the
other script, a former one. Anything else leaves the cell in doubt, whatever it means.
"""

import re
from collections.abc import Iterator, Sequence
from unicodedata import category, normalize

from exposure_index.identity.name import HAN, IGNORABLE, fold_han, latin_letters
from exposure_index.identity.name_brackets import (
    BRACKETS,
    bracket_contents,
    former_names,
    is_explanation,
    names_of_other_script,
    outside_brackets,
)
from exposure_index.identity.name_words import HAN_CLASS
from tables.staff_names.asides import NAME_MAX, is_aside_alone, is_in_sounds, without_asides_at_ends
from tables.staff_names.han_surnames import (
    COMPOUND_SURNAMES,
    FREQUENT_SURNAMES,
    SURNAMES,
)
from tables.staff_names.latin_names import name_words
from tables.staff_names.pinyin import is_syllable

_UNITS = fold_han(
    "组床级班号楼室队栋部科区岁届期连排车路段线井包左右房宿池后岗机仓门营批幢层股台桥库"
)
_NUMBERED = (
    f"(?:{fold_han('第')}?[0-9]{{1,4}} *"
    f"(?:{fold_han('号')}[{_UNITS}]|单元|车间|年级|周岁|[{_UNITS}])"
    f"|[{fold_han('初高小大')}]?[{fold_han('一二三四五六七八九')}]{fold_han('年')}?{fold_han('级')}?"
    f"[0-9]{{1,2}}{fold_han('班')})"
)
_SIGN = "[-—_ :./、)]"
_AT_BEGINNING = re.compile(f"^(?:{_NUMBERED}|[0-9]{{1,3}}(?![0-9])){_SIGN}*(?=..)")
_AT_END = re.compile(f"{_SIGN}*(?:{_NUMBERED}|(?<![0-9])[0-9]{{1,2}})$")
_BEFORE_LATIN = re.compile(r"^[0-9]{1,3}[.) ]+")
_BEHIND_LATIN = re.compile(" [0-9]{1,2}$")
_DOT = "[·•‧∙⋅・.]"
_DOTTED = re.compile(rf"\s*{_DOT}\s*")
_HAN_PART = rf"[{HAN_CLASS}]+(?:(?:\s+|\s*{_DOT}\s*)[{HAN_CLASS}]+)*"
_LETTERS = rf"[^\W\d_{HAN_CLASS}](?:[^\W\d_{HAN_CLASS}]|[\s.'’ʼ`´‘-])*"
_BESIDE = re.compile(
    rf"(?P<han>{_HAN_PART})(?:[\s/,-]*(?P<behind>{_LETTERS}))?"
    rf"|(?P<before>{_LETTERS})[\s/,-]*(?P<han_behind>{_HAN_PART})"
)
_WITHOUT_HAN = re.compile(r"(?:[^\W\d_]|[\s.,/'’ʼ`´‘·•‧∙⋅・-])*")
_BESIDE_WORDS = re.compile('(?<![A-Za-z])["“”„‟«»]|["“”„‟«»](?![A-Za-z])|:(?= )')
"""Signs that part words, and stand for no letter."""
_LATIN_WORDS = re.compile(_LETTERS)
_CHILD_OF = re.compile(r"\b(?:a/[lp]|[sd]/o)\b", re.IGNORECASE)
_BETWEEN_PARTS = re.compile("[/,]")
_LENGTH_OF_SHORT_NAMES = 3
_GLUED = (2, 3)
"""How many characters a word has that is glued to the first or last part of a name."""
_NUMBER = re.compile("[0-9]{1,2}")
_DAY = re.compile(
    f"[0-9]{{4}}[-./{fold_han('年')}][0-9]{{1,2}}(?:[-./{fold_han('月')}][0-9]{{1,2}})?"
    f"[{fold_han('月日')}]?|[0-9]{{1,2}}{fold_han('月')}(?:[0-9]{{1,2}}{fold_han('日')})?"
)
_ANY_CHARACTER = re.compile("[○◯〇]")
_WORDS_IN_PARTS = re.compile(
    f"[{fold_han('部科处室组局厂队站院校店族工员长师')}]|{fold_han('新疆')}|{fold_han('西藏')}"
    f"|{fold_han('辞职')}|{fold_han('教师')}"
)
_WORDS_APART = re.compile(r"[\s,、/;:|]+")
_GROUP = re.compile(_NUMBERED)
_PAIR = re.compile(f"{BRACKETS.pattern}[^{BRACKETS.pattern[1:-1]}]+{BRACKETS.pattern}")
_DESCRIBES = re.compile(f"[{fold_han('左右旁偏字')}]|{fold_han('部首')}|{fold_han('点水')}")


def is_read_whole(cell: str) -> bool:
    """Whether all that stands in a cell beside a name is known to be none of it."""
    text = normalize("NFKC", IGNORABLE.sub("", cell)).strip().removeprefix("'")
    outside = outside_brackets(text)
    if _ANY_CHARACTER.search(text):
        return False
    contents = bracket_contents(text)
    if BRACKETS.search(text) and _are_unbalanced(text):
        return False
    if not all(_is_known_content(one, text, outside) for one in contents):
        return False
    return _is_known_han(outside) if HAN.search(outside) else _is_known_latin(outside)


def without_groups(outside: str) -> str:
    """Return what stands outside of brackets without the words and numbers at its ends.

    1组-尹子, 3床尹子, 2020级尹子, 周诗诺2; of Han folded.
    """
    text, before = fold_han(normalize("NFKC", outside)).strip(), ""
    while text != before:
        before = text
        text = without_asides_at_ends(_AT_END.sub("", _AT_BEGINNING.sub("", text))).strip()
    return text


def _are_unbalanced(text: str) -> bool:
    """Whether brackets are left that nothing closes or opens, or some that hold nothing."""
    changed = 1
    while changed:
        text, changed = _PAIR.subn("", text)
    return BRACKETS.search(text) is not None


def _is_known_content(content: str, text: str, outside: str) -> bool:
    if former_names(f"({content})"):
        return True
    if is_explanation(content):
        return any(map(str.isalpha, content)) or _NUMBER.fullmatch(content.strip()) is not None
    if content in names_of_other_script(text):
        han = outside if HAN.search(outside) else content
        latin = content if han is outside else outside
        if not _is_known_latin(latin):
            return False  # 周诗（8bfa）
        return _may_be_beside(name_words(latin), "".join(HAN.findall(han)))
    if not HAN.search(outside) and _LATIN_WORDS.fullmatch(content.strip()):
        return True  # which are looked up beside the others, and without
    return holds_no_name(content)


def holds_no_name(content: str) -> bool:
    """Whether in brackets stand words of staff lists: departments, posts, groups, days."""
    plain = _DAY.sub(" ", fold_han(normalize("NFKC", content)))
    words = [word for word in _WORDS_APART.split(plain) if word]
    return bool(words) and all(
        not _DESCRIBES.search(word) and (_GROUP.fullmatch(word) is not None or is_aside_alone(word))
        for word in words
    )


def _is_known_han(outside: str) -> bool:
    found = _BESIDE.fullmatch(without_groups(outside))
    if found is None:
        return False
    han = found["han"] or found["han_behind"]
    latin = found["behind"] or found["before"] or ""
    if any(category(c)[0] == "L" and c > "Z" for c in latin_letters(latin)):
        return False  # a third script
    if re.search(_DOT, han) and not _is_dotted_name(han):
        return False
    return not latin or _may_be_beside(name_words(latin), "".join(HAN.findall(han)))


def _is_dotted_name(han: str) -> bool:
    """Whether parts of a name are those of other peoples (买买提·吐尔逊), or turned (诗诺·周)."""
    parts = _DOTTED.split(han)
    first, last = parts[0], parts[-1]
    if len(parts) == 2 and (last in SURNAMES or last in COMPOUND_SURNAMES):
        return len(first) > 1
    if min(map(len, parts)) < 2 or "." in han or any(" " in part for part in parts):
        return False  # 周·诺, whose dot is a character; 卓玛.电工; 木工 阿依古丽·艾合买提
    if any(_holds_word(part) or part[:2] in COMPOUND_SURNAMES for part in parts):
        return False  # 财务部买买提·吐尔逊
    usual = [part for part in parts if _is_usual_name(part)]
    if len(usual) == len(parts) and not all(map(is_in_sounds, parts)):
        return False  # 段宇洋·尹子
    usual = [part for part in usual if not is_in_sounds(part)]
    return not usual or (len(usual) == 1 and min(map(len, parts)) >= _LENGTH_OF_SHORT_NAMES)


def _holds_word(part: str) -> bool:
    is_word = is_aside_alone(part) or _WORDS_IN_PARTS.search(part) is not None
    return is_word and not is_in_sounds(part)


def _is_usual_name(part: str) -> bool:
    return len(part) <= _LENGTH_OF_SHORT_NAMES and part[0] in FREQUENT_SURNAMES


def _may_be_beside(words: Sequence[str], han: str) -> bool:
    """Whether Latin words are a name beside one in Han, and not the sound of one character of it.

    周诗（nuo）, 周 shi 诺: as many syllables as there are characters, or words of other kinds.
    """
    if not words:
        return True  # titles alone
    if any(len(word) == 1 for word in words):
        return False
    syllables = sum(map(is_syllable, words))
    return syllables < len(words) or len(words) >= max(2, len(han))


def _is_known_latin(outside: str) -> bool:
    text = _BEHIND_LATIN.sub("", _BEFORE_LATIN.sub("", outside.strip()))
    text = _BESIDE_WORDS.sub("", text)
    if not _WITHOUT_HAN.fullmatch(text):
        return False
    return len(_BETWEEN_PARTS.findall(_CHILD_OF.sub(" ", text))) < 2


def names_in_doubt(cell: str) -> Iterator[str]:
    """Yield every run of Han or of Latin words in a cell that may be a name; a guess each."""
    text = normalize("NFKC", IGNORABLE.sub("", cell))
    parts = [fold_han(run) for run in HAN.findall(text)]
    if len(parts) > 1:
        yield from (parts[0][at:] + "".join(parts[1:]) for at in _GLUED if at < len(parts[0]))
        yield from ("".join(parts)[:-at] for at in _GLUED if at < len(parts[-1]))
    for run in HAN.findall(text):
        folded = fold_han(run)
        yield folded
        for length in (2, 3, NAME_MAX):
            if length < len(folded):
                yield folded[-length:]
                yield folded[:length]
    yield from (run for run in _LATIN_WORDS.findall(text) if len(name_words(run)) > 1)
