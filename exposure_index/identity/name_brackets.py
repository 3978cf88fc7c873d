"""Brackets in names: what stands in them is no part of the name, though it may be another one."""

import re
from unicodedata import normalize

from exposure_index.identity.name_words import HAN_CLASS, TITLES

# opening and closing punctuation (Ps, Pe) that NFKC leaves, without low quotation marks
_OPENING = (
    "([{\u0f3a\u0f3c\u169b\u2045\u2308\u230a\u2329\u2768\u276a\u276c\u276e\u2770\u2772\u2774"
    "\u27c5\u27e6\u27e8\u27ea\u27ec\u27ee\u2983\u2985\u2987\u2989\u298b\u298d\u298f\u2991\u2993"
    "\u2995\u2997\u29d8\u29da\u29fc\u2e22\u2e24\u2e26\u2e28\u2e55\u2e57\u2e59\u2e5b\u3008\u300a\u300c"
    "\u300e\u3010\u3014\u3016\u3018\u301a"
)
_CLOSING = (
    ")]}\u0f3b\u0f3d\u169c\u2046\u2309\u230b\u232a\u2769\u276b\u276d\u276f\u2771\u2773\u2775"
    "\u27c6\u27e7\u27e9\u27eb\u27ed\u27ef\u2984\u2986\u2988\u298a\u298c\u298e\u2990\u2992\u2994"
    "\u2996\u2998\u29d9\u29db\u29fd\u2e23\u2e25\u2e27\u2e29\u2e56\u2e58\u2e5a\u2e5c\u3009\u300b\u300d"
    "\u300f\u3011\u3015\u3017\u3019\u301b"
)
_OPEN, _CLOSE = re.escape(_OPENING), re.escape(_CLOSING)
BRACKETS = re.compile(f"[{_OPEN}{_CLOSE}]")
_INNERMOST = re.compile(f"[{_OPEN}]([^{_OPEN}{_CLOSE}]*)[{_CLOSE}]")
_UNCLOSED = re.compile(f"[{_OPEN}].*", re.DOTALL)
# a former name, another name, a name at birth, within brackets
_FORMER = re.compile(
    r"\s*(?:曾用名|曾用|原名|又名|别名|別名|本名|化名|旧姓名|舊姓名"
    r"|former(?:ly)?(?: name)?|previously|born|n[ée]e|maiden name|a\.?k\.?a\.?|also known as|alias)"
    r"(?![A-Za-z])[\s:,.;=为為是叫]*(.+)",
    re.IGNORECASE | re.DOTALL,
)
_HAN = re.compile(f"[{HAN_CLASS}]")
_NEITHER_LETTER = re.compile(f"[^{HAN_CLASS}A-Z]+")
# what explains itself within brackets: who travels, whence, of which sex
_EXPLANATIONS = (
    "VIP SVIP CHILD INFANT INFT BABY ADULT CREW M F MALE FEMALE CHN HKG MAC TWN SELF"
    " 儿童 兒童 婴儿 嬰兒 成人 本人 男 女 先生 女士 小姐 太太 旅客 乘客 家属 家屬 领队 領隊"
    " 导游 導遊 经理 經理 同志 司机 司機 中国 中國 香港 澳门 澳門 台湾 台灣 臺灣"
)
_EXPLAINED = TITLES | frozenset(_EXPLANATIONS.split())


def outside_brackets(text: str) -> str:
    """Return a text without brackets and their content; where that is all, only without brackets.

    One that is never closed reaches to the end: cells are cut off there.
    """
    if not BRACKETS.search(text):
        return text
    outside, changed = text, 1
    while changed:
        outside, changed = _INNERMOST.subn(" ", outside)
    outside = BRACKETS.sub(" ", _UNCLOSED.sub(" ", outside))
    return outside if any(map(str.isalpha, outside)) else BRACKETS.sub(" ", text)


def former_names(text: str) -> tuple[str, ...]:
    """Return the further names that a text gives in brackets: (曾用名 …), (née …), (formerly …)."""
    contents = _INNERMOST.findall(normalize("NFKC", text))
    return tuple(found[1].strip() for found in map(_FORMER.match, contents) if found)


def names_of_other_script(text: str) -> tuple[str, ...]:
    """Return what stands in brackets in Han beside a name in A–Z, or the other way round."""
    text = normalize("NFKC", text)
    if not BRACKETS.search(text):
        return ()
    outside = outside_brackets(text)
    return tuple(one for one in bracket_contents(text) if _is_other_script(one, outside))


def unexplained_brackets(text: str) -> bool:
    """Whether brackets hold what may be a name, and not say which: 张伟（李伟）."""
    text = normalize("NFKC", text)
    if not BRACKETS.search(text):
        return False
    outside = outside_brackets(text)
    return any(
        not (is_explanation(one) or _FORMER.match(one) or _is_other_script(one, outside))
        for one in bracket_contents(text)
    )


def bracket_contents(text: str) -> list[str]:
    """Return what outside_brackets leaves out of a text in NFKC, the innermost first."""
    found, changed, rest = [], 1, text
    while changed:
        found += _INNERMOST.findall(rest)
        rest, changed = _INNERMOST.subn(" ", rest)
    found += _UNCLOSED.findall(rest)
    return found if any(map(str.isalpha, BRACKETS.sub(" ", _UNCLOSED.sub(" ", rest)))) else []


def is_explanation(content: str) -> bool:
    """Whether what stands in brackets says who travels, whence or of which sex: no name."""
    words = _NEITHER_LETTER.sub(" ", content.upper()).split()
    return _EXPLAINED.issuperset(words) and (bool(words) or not any(map(str.isalpha, content)))


def _is_other_script(content: str, outside: str) -> bool:
    """Whether one of two texts holds letters of Han alone, the other of A–Z alone."""
    if is_explanation(content) or _FORMER.match(content):
        return False
    scripts = {_script(content), _script(outside)}
    return scripts == {"han", "latin"}


def _script(text: str) -> str:
    letters = [c for c in text if c.isalpha()]
    if letters and all(map(_HAN.match, letters)):
        return "han"
    return "latin" if letters and not any(map(_HAN.match, letters)) else ""
