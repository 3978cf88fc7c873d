"""What is asked about: fields as typed to a document and its names, as docs/protocol.md says it.

Written from that text alone. `claim` returns what is looked up, or raises Refused with every fault.
"""

import hashlib
import re
import unicodedata
from datetime import date
from pathlib import Path

FILES = ("fold.tsv", "identity_vectors.json", "latin.tsv", "lookalikes.tsv")
ID_TYPES = ("resident", "passport", "hk_mo_permit", "tw_permit", "foreign_pr", "other")


class Refused(Exception):
    """No claim. faults: field -> (reason, character or None)."""

    def __init__(self, faults):
        super().__init__(", ".join(f"{field}: {reason}" for field, (reason, _) in faults.items()))
        self.faults = faults


class Fault(Exception):
    def __init__(self, reason, character=None):
        super().__init__(reason)
        self.reason, self.character = reason, character


class Tables:
    """The tables of a folder, and the hash by which a manifest names them."""

    def __init__(self, folder):
        contents = {name: Path(folder, name).read_bytes() for name in FILES}
        self.hash = hashlib.sha256(b"".join(contents.values())).hexdigest()
        self.fold, self.latin, self.lookalikes = (
            dict(line.split("\t") for line in contents[name].decode().splitlines())
            for name in ("fold.tsv", "latin.tsv", "lookalikes.tsv")
        )
        self.letters_alike = {c: a for c, a in self.lookalikes.items() if category(c)[0] == "L"}
        self.run_with_alike = re.compile(f"[A-Z{''.join(self.letters_alike)}]+")


def listed(text):
    return text.split()


def by_table(text, table):
    return "".join(table.get(character, character) for character in text)


def category(character):
    return unicodedata.category(character)


def words_of(text):
    return re.findall("[A-Z]+", text)


# --- the document ---------------------------------------------------------------------------------

GOING = {"Zs", "Zl", "Zp", "Cc", "Cf", "Pd", "Pc", "Ps", "Pe", "Pi", "Pf"}
SIGNS = set("./\\,:;'\"`|~=<>") | {
    chr(int(code, 16))
    for code in listed("B4 B7 2D7 2022 2027 2032 2033 2044 2212 2215 2219 22C5 3001 3002 30FB")
}


def separates(c):
    return (
        category(c) in GOING
        or c in SIGNS
        or "\ufe00" <= c <= "\ufe0f"
        or 0 <= ord(c) - 0xE0100 < 240
    )


def check_digit(seventeen):
    """ISO 7064 MOD 11-2."""
    total = 0
    for digit in seventeen:
        total = (total + int(digit)) * 2 % 11
    return "0123456789X"[(12 - total) % 11]


def typed_characters(text, tables):
    """Steps 1 to 3."""
    if re.fullmatch("[A-Za-z0-9]+", text):
        return text.upper()
    first = by_table(unicodedata.normalize("NFKC", text).upper(), tables.lookalikes)
    left = "".join(c for c in first if not separates(c))
    if not left:
        raise Fault("empty")
    digits = re.search("[0-9]", left)
    if re.fullmatch("[A-Z0-9]+", left):
        if not digits and sum(len(word) > 1 for word in words_of(first)) > 1:
            raise Fault("looks_like_name")
        return left
    if not digits and any(c > "Z" and category(c)[0] == "L" for c in left):
        raise Fault("looks_like_name")
    strange = re.search("[^A-Z0-9]", left)[0]
    unprinted = category(strange) in ("Cs", "Co", "Cn", "Mn", "Mc", "Me")
    raise Fault("character", f"U+{ord(strange):04X}" if unprinted else strange)


def longest_lived(number, id_type):
    """Step 5."""
    if re.fullmatch("[0-9]{15}", number):
        try:
            date(1900 + int(number[6:8]), int(number[8:10]), int(number[10:12]))
        except ValueError:
            return number
        seventeen = number[:6] + "19" + number[6:]
        return seventeen + check_digit(seventeen)
    if re.fullmatch("[HM][0-9]{10}", number):
        return number[:9]
    if id_type == "tw_permit" and re.fullmatch("[0-9]{10}", number):
        return number[:8]
    return number


def document_of(id_type, text, tables):
    require_text(text)
    number = typed_characters(text, tables)
    if not re.search("[0-9]", number):
        raise Fault("no_digit")
    if len(number) < 4:
        raise Fault("length" if id_type == "resident" else "too_short")
    document = longest_lived(number, id_type)
    if re.fullmatch("[0-9]{17}[0-9X]", document):
        if document[17] != check_digit(document[:17]):
            raise Fault("check_digit")
    elif id_type == "resident":
        raise Fault("length")
    return document


def require_text(text):
    if len(text) > 200:
        raise Fault("too_long")
    if not text.strip():
        raise Fault("missing")


# --- the names ------------------------------------------------------------------------------------

HAN = "\u3005\u3007\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
TITLES = set(
    listed("MR MRS MS MISS MSTR CHD INF DR PROF MDM MX ADT EXST UM UMNR FNU LNU JR SR II III IV")
)
LATIN_FILLERS = set(
    listed(
        "ANONYMOUS BLANK EMPTY GUEST MISSING NA NAN NIL NONAME NONE NOTAPPLICABLE NOTAVAILABLE"
        " NOTGIVEN NOTKNOWN NOTPROVIDED NULL PASSENGER PAX PENDING TEST TESTTEST UNDEFINED UNK"
    )
)
LATIN_FILLER_WORDS = {"TBA", "TBC", "TBD", "UNKNOWN", "UNNAMED"}
OTHER_FILLERS = set(listed("미상 불명 성명미상 이름없음 승객 НЕИЗВЕСТНО НЕИЗВЕСТЕН ななし"))
HAN_TITLES = listed("先生 女士 小姐 太太")
HAN_FILLERS = listed(
    "未知 未详 不详 不明 不知 不知道 无名 无名氏 无姓名 佚名 匿名 旅客 乘客 散客 游客 客人 姓名"
    " 氏名 名字 待定 待补 待填 未填 未提供 未登记 未实名 暂无 无 空白 保密 婴儿 儿童 成人"
    " 本人 查无此人"
)
COUNTERS = "甲乙丙丁戊一二三四五六七八九十"
MASK = re.compile(
    "[*#?\ufffd※□■●◎⬤◆◇★☆▲△×╳✕✖✗✘\ud800-\udfff\ue000-\uf8ff\U000f0000-\U0010ffff]|[○◯〇].*[○◯〇]"
)
SHOWING_NOTHING = (
    "AD 34F 61C 115F-1160 17B4-17B5 180B-180F 200B-200F 202A-202E 2060-206F 3164 FE00-FE0F FEFF"
    " FFA0 FFF0-FFF8 1BCA0-1BCA3 1D173-1D17A E0000-E0FFF"
)


def code_points(ranges):
    spans = [[int(end, 16) for end in each.split("-")] for each in ranges.split()]
    return {code for span in spans for code in range(span[0], span[-1] + 1)}


IGNORABLE = dict.fromkeys(code_points(SHOWING_NOTHING))


def names_in(text, tables):
    """Return the names of one field: "han", "latin", "other" -> canonical name."""
    text = unicodedata.normalize("NFKC", text.translate(IGNORABLE))
    text = without_brackets(text)
    if MASK.search(text):
        raise Fault("filler")
    if re.search(f"[{HAN}]", text):
        return names_with_han(text, tables)
    digits = len(re.findall("[0-9]", text))
    if digits >= 4 and digits > sum(category(c)[0] == "L" for c in text):
        raise Fault("looks_like_document")
    words = words_of(latin_letters(text, tables))
    if set(words) - TITLES:
        return {"latin": latin_name(words)}
    letters = (c for c in text if category(c)[0] == "L")
    other = "".join(c for c in letters if not words_of(latin_letters(c, tables))).upper()
    if other in OTHER_FILLERS:
        raise Fault("filler")
    if other:
        return {"other": other}
    if words:
        return {"latin": latin_name(words)}
    raise Fault("empty")


def is_bracket(c, kind):
    return category(c) == kind and c not in LOW_QUOTATION_MARKS


LOW_QUOTATION_MARKS = "\u201a\u201e\u2e42\u301d\u301e\u301f\ufd3e\ufd3f"


def without_brackets(text):
    openings = {c for c in text if is_bracket(c, "Ps")}
    closings = {c for c in text if is_bracket(c, "Pe")}
    if not openings | closings:
        return text
    outside = []
    starts = []  # in `outside`, of brackets that are open
    for c in text:
        if c in openings:
            starts.append(len(outside))
            outside.append(c)
        elif c in closings and starts:
            del outside[starts.pop() :]
            outside.append(" ")
        else:
            outside.append(c)
    if starts:
        del outside[starts[0] :]
    spaces = dict.fromkeys(openings | closings, " ")
    left = by_table("".join(outside), spaces)
    if any(category(c)[0] == "L" for c in left):
        return left
    return by_table(text, spaces)


def latin_letters(text, tables):
    bare = [c for c in unicodedata.normalize("NFKD", text) if category(c)[0] != "M"]
    letters = by_table("".join(bare).upper(), tables.latin)

    def read(run):
        return by_table(run[0], tables.letters_alike) if words_of(run[0]) else run[0]

    return tables.run_with_alike.sub(read, letters)


def latin_name(words):
    named = [word for word in words if word not in TITLES]
    if not named and {"FNU", "LNU"} & set(words):
        raise Fault("filler")
    words = named or words
    joined = "".join(words)
    crosses = any(re.fullmatch("X{3,}", word) for word in words) or re.fullmatch("XX+", joined)
    if joined in LATIN_FILLERS or LATIN_FILLER_WORDS & set(words) or crosses:
        raise Fault("filler")
    letters = "".join(re.sub("(?<=[NU])XX(?=[A-W])", "", word) for word in words)
    name = "".join(sorted(letters.replace("E", "")))
    return re.sub("^A+", "A", name) or letters


def names_with_han(text, tables):
    letters = latin_letters(text, tables)
    title = "(?:" + "|".join(sorted(TITLES, key=len, reverse=True)) + ")"
    letters = re.sub(f"(?<=[{HAN}]){title}(?![A-Z])|(?<![A-Z]){title}(?=[{HAN}])", " ", letters)
    if re.search(f"[A-Z][{HAN}]|[{HAN}][A-Z]", letters):
        raise Fault("filler")
    names = {"han": han_name("".join(re.findall(f"[{HAN}]", by_table(text, tables.fold))), tables)}
    words = [word for word in words_of(letters) if word not in TITLES]
    if words == ["X"]:
        raise Fault("filler")
    if len("".join(words)) > 1:
        names["latin"] = latin_name(words)
    return names


def han_name(han, tables):
    folded = ""
    for character in by_table(han, tables.fold):
        folded += folded[-1] if character == "\u3005" and folded else character
    titles = [by_table(title, tables.fold) for title in HAN_TITLES]
    fillers = [by_table(filler, tables.fold) for filler in HAN_FILLERS]
    trial = by_table("测试", tables.fold)
    if len(folded) > 3 and folded[-2:] in titles:
        folded = folded[:-2]
    title, filler = ("|".join(sorted(each, key=len, reverse=True)) for each in (titles, fillers))
    nobody = (
        f"(?:{filler}|{trial})*(?:(?:{filler})[{COUNTERS}]?|{trial})|.+某.*|某某.*"
        f"|某(?:[男女人{COUNTERS}]|{title}|{filler}|{trial})|.(?:{title})"
    )
    if re.fullmatch(nobody, folded):
        raise Fault("filler")
    return folded


# --- the claim ------------------------------------------------------------------------------------


def read_field(text, tables):
    try:
        require_text(text)
    except Fault as fault:
        if fault.reason == "missing":
            return None
        raise
    return names_in(text, tables)


def name_fault(id_type, read):
    given = [names for names in read if names]
    if not given:
        return "name", "missing"
    if id_type == "resident" and not any("han" in names for names in given):
        return "name", "han_name_needed"
    if id_type in ("passport", "foreign_pr") and not any("latin" in names for names in given):
        return "name_latin", "latin_name_needed"
    return ("name_latin", "too_many_names") if len(names_of_claim(read)) > 2 else None


def names_of_claim(read):
    """Return every name that two fields hold once, Han first."""
    first, second = (names or {} for names in read)
    order = [(first, "han"), (second, "latin"), (second, "han"), (first, "latin")]
    order += [(first, "other"), (second, "other")]
    found = dict.fromkeys((kind, names[kind]) for names, kind in order if kind in names)
    return tuple(text for _, text in sorted(found, key=lambda each: each[0] != "han"))


def claim(tables, id_type, id_number, name, name_latin=""):
    """Return a canonical document and its one or two canonical names. Raises Refused."""
    faults = {}
    document = None
    if id_type not in ID_TYPES:
        faults["id_type"] = ("unknown_type" if id_type.strip() else "missing", None)
    try:
        document = document_of(id_type if id_type in ID_TYPES else "other", id_number, tables)
    except Fault as fault:
        faults["id_number"] = fault.reason, fault.character
    read = []
    for field, text in (("name", name), ("name_latin", name_latin)):
        try:
            read.append(read_field(text, tables))
        except Fault as fault:
            faults[field] = fault.reason, None
    if len(read) == 2 and (fault := name_fault(id_type, read)):
        faults[fault[0]] = fault[1], None
    if faults:
        raise Refused(faults)
    return document, names_of_claim(read)


def encodings(document, names):
    """Return xd, then x0 of each name."""

    def prefixed(text):
        data = text.encode()
        return len(data).to_bytes(2, "big") + data

    return [
        b"\x02" + prefixed(document),
        *(b"\x01" + prefixed(document) + prefixed(name) for name in names),
    ]
