"""Latin names of staff lists in fewer words than their cells have: without posts and departments.

Threat: Ana Silva, HR or Sra. Ana Silva is looked up as one name, which nobody bears, or a list has
a middle name that the ticket had not: the person is told "not found".
Limit: a name of three words or four is looked up in every choice of two or more, of more words in
every run; two words are both taken for the name. All of them are one identity to the quota: who
guesses at the name behind one document can try some dozens in a row of a list.
"""

import re
from collections.abc import Iterator, Sequence
from itertools import combinations, islice, product
from unicodedata import normalize

from exposure_index.identity.glued_titles import without_glued_titles
from exposure_index.identity.name import HAN, latin_words
from exposure_index.identity.name_words import TITLES

WORDS_MAX = 8
"""Of a name; more are a sentence."""
_NAME_MIN = 2
_CHOSEN_MAX = 4
_TWO_CONSONANTS = re.compile("[B-DF-HJ-NP-TV-XZ]{2}")
_NOTHING_WORDS = "NULL NONE NIL UNDEFINED BLANK NONAME UNKNOWN NOSURNAME SURNAMELESS XX XXX"
_NOTHING = frozenset(_NOTHING_WORDS.split())
"""What a program writes for a part of a name that is blank."""
_PHRASES = (
    "ASABOVE SEEABOVE SAMEASABOVE SEEPASSPORT SEEATTACHED SEEATTACHMENT TOFOLLOW TOBEADVISED"
    " WILLADVISE TOCONFIRM SEENOTE SEEREMARK SEEREMARKS VACANTPOSITION SAMEABOVE NAMEPENDING"
    " FOREIGNEXPERT TOBECONFIRMED TOBEANNOUNCED NOPASSPORT NOSHOW NONAMEGIVEN NOTKNOWN DITTO"
)
_NO_NAMES = frozenset(_PHRASES.split())
"""Words without the spaces between them that stand in the place of a name."""
_DEPARTMENTS = frozenset(("CEO", "CFO", "CTO", "HSE", "IT", "OPS", "QA"))
"""Words with vowels that lists write beside a name, and nobody bears."""
_RELATIVES = (
    "WIFE HUSBAND SPOUSE PARTNER DAUGHTER CHILD CHILDREN KID MOTHER FATHER MUM MOM DAD PARENT"
    " PARENTS BROTHER SISTER BABY INFANT TODDLER GRANDMOTHER GRANDFATHER AUNT UNCLE NANNY MAID"
)
_POSTS = (
    "CHEF COACH MANAGER DRIVER FINANCE RECEPTION RECEPTIONIST KITCHEN INTERN TRAINEE"
    " CONTRACTOR AGENCY TEMP TEMPORARY RESIGNED LEFT RETIRED GUEST VISITOR PASSENGER TEAM STAFF"
    " EMPLOYEE WORKER CLEANER SECRETARY ASSISTANT DIRECTOR SUPERVISOR OFFICER ENGINEER ACCOUNTANT"
    " ACCOUNTS SECURITY LOGISTICS PURCHASING MARKETING ADMIN PRODUCTION WAREHOUSE LEGAL CLIENT"
    " SUPPLIER VENDOR STUDENT PUPIL PATIENT CREW LEADER FOREMAN OPERATOR TECHNICIAN CONSULTANT"
    " OFFICE RESIDENT TENANT OWNER LANDLORD DOCTORS NURSES WAITER WAITRESS BARISTA WELDER HELPER"
    " ELECTRICIAN PLUMBER CARPENTER AYI LAOSHI SHIFU JINGLI XIANSHENG NUSHI XIAOJIE USA UK CANADA"
    " CHINA BEIJING SHANGHAI ENGLISH BUJANG BAPAK PAK IBU ENCIK PUAN KHUN SHRI SMT HAJI PRINCIPAL"
    " LEHRER GROUP SENIOR JUNIOR"
)
_CALLED = frozenset(
    (
        *("HERR", "FRAU", "FRAEULEIN", "FAMILIE", "FAMILY", "MONSIEUR", "MADAME", "MME", "MLLE"),
        *("SRA", "SRTA", "SENOR", "SENORA", "SIGNOR", "SIGNORA", "CAPTAIN", "CAPT", "PROFESSOR"),
        *("PROF", "DOCTOR", "TEACHER", "NURSE", "SURNAME", "LASTNAME"),
        *_RELATIVES.split(),
        *_POSTS.split(),
    )
)
"""What stands before or behind a surname alone, beside the titles that every reader knows."""
_OF_MUHAMMAD = ("MUHAMMAD", "MOHAMMAD", "MOHAMED", "MOHAMMED")
_FULL_WORDS = {
    **dict.fromkeys(("MUHD", "MOHD", "MHD", "MUH", "MD"), _OF_MUHAMMAD),
    **dict.fromkeys(("BT", "BTE", "BNT", "BINTE"), ("BINTI",)),
    "BN": ("BIN",),
    "NG": ("NGUYEN",),
    "VD": ("VAN DER", "VAN DEN"),
    "ST": ("SAINT",),
    "SAINT": ("ST",),
}
"""Parts of names that documents write in full, or the other way round."""
_FULL_MAX = 13
_NAMES_OF_TWO_CONSONANTS = frozenset(
    {"BN", "BT", "KH", "LV", "MD", "NG", "ST", "TS", "VD", "WM"}
)  # Md Hossain is whole
_APOSTROPHES = re.compile("['’ʼ`´‘]")


def name_words(text: str) -> list[str]:
    """Return the words of A–Z of a cell without Han and titles, those in brackets too."""
    plain = _APOSTROPHES.sub("", HAN.sub(" ", normalize("NFKC", text)))
    return [word for word in latin_words(plain) if word not in TITLES]


def is_whole_name(words: Sequence[str]) -> bool:
    """Whether words can be all of a name: no initials among them, nor one beside a department.

    Two words of which one is two consonants are a surname with initials or a glued name with what
    is none: Zhang XH, AnaSilva HR; or a surname with what its bearer is called: Herr Mueller. Of
    more words that one is left out by `names_of_fewer_words`.
    """
    if len(words) < _NAME_MIN or any(len(word) == 1 for word in words):
        return False
    if not _NOTHING.isdisjoint(words) or "".join(words) in _NO_NAMES:
        return False  # Ana null, see above
    return len(words) > _NAME_MIN or not any(map(_is_no_name, words))


def _is_no_name(word: str) -> bool:
    if word in _DEPARTMENTS or word in _CALLED:
        return True
    return _TWO_CONSONANTS.fullmatch(word) is not None and word not in _NAMES_OF_TWO_CONSONANTS


def names_of_fewer_words(text: str) -> tuple[str, ...]:
    """Return the names, distinct, that remain of a Latin name without some of its words."""
    words = name_words(text)
    if not _NAME_MIN < len(words) <= WORDS_MAX:
        return ()
    shorter = _choices(words) if len(words) <= _CHOSEN_MAX else _runs(words)
    return tuple(dict.fromkeys(" ".join(each) for each in shorter if _is_whole(each)))


def names_without_known_words(text: str) -> tuple[str, ...]:
    """Return what remains of a Latin name without blanks, posts and relatives, and said once.

    Budi of Budi null and of Budi Budi, Ana of Ana Driver: guesses of one word, or of more.
    """
    words = list(dict.fromkeys(name_words(text)))
    named = [word for word in words if not (word in _NOTHING or _is_no_name(word))]
    return (" ".join(named),) if named and named != name_words(text) else ()


def names_in_full(text: str) -> tuple[str, ...]:
    """Return the names that a Latin one with abbreviated parts may be: Muhd Ali bn Ahmad."""
    words = name_words(text)
    if len(words) == _NAME_MIN and words[0] == words[1]:
        return (words[0],)  # Budi Budi, of one name
    if _FULL_WORDS.keys().isdisjoint(words):
        return ()
    choices = [(word, *_FULL_WORDS.get(word, ())) for word in words]
    return tuple(" ".join(each) for each in islice(product(*choices), 1, _FULL_MAX))


def names_without_glued_titles(text: str) -> tuple[str, ...]:
    """Return the names that a Latin one may be with a title glued to it, as in SILVA/ANAMS."""
    words = name_words(text)
    if not _NAME_MIN <= len(words) <= _CHOSEN_MAX:
        return ()
    return tuple(dict.fromkeys(" ".join(each) for each in without_glued_titles(words)))


def _choices(words: Sequence[str]) -> Iterator[Sequence[str]]:
    for length in range(len(words) - 1, _NAME_MIN - 1, -1):
        yield from combinations(words, length)


def _runs(words: Sequence[str]) -> Iterator[Sequence[str]]:
    yield from ([*words[:at], *words[at + 1 :]] for at in range(len(words)))
    for length in range(len(words) - 2, _NAME_MIN - 1, -1):
        yield from (words[at : at + length] for at in range(len(words) - length + 1))


def _is_whole(words: Sequence[str]) -> bool:
    return sum(len(word) > 1 for word in words) >= _NAME_MIN
