"""Kinds of document in the words of staff lists, beside those of passenger lists."""

from functools import lru_cache
from unicodedata import normalize

from exposure_index.identity.name_brackets import bracket_contents, outside_brackets
from exposure_index.trip_text.folding import compact
from tables.document_cells import known_kind

_WORDS = {
    word: kind
    for kind, words in {
        "resident": "身份證 居民身份證 二代身份證 第二代身份证 第二代居民身份证 第二代居民身份證"
        " 公民身份证 中国居民身份证 中國居民身份證 大陆身份证 大陸身份證 内地身份证 內地身份證"
        " IDENTITYCARD RESIDENTIDENTITYCARD RESIDENTIDCARD CHINESEIDCARD CHINESEID",
        "passport": "中國護照 外國護照 外籍护照 外籍護照 因私護照 PASSPORTNO PASSPORTS",
        "hk_mo_permit": "来往内地通行证 港澳居民通行证 港澳来往内地通行证 港澳同胞回乡证"
        " HOMERETURNPERMIT MAINLANDTRAVELPERMITFORHONGKONGANDMACAORESIDENTS",
        "tw_permit": "台湾居民通行证 台湾通行证 臺灣通行證 台灣通行證 台湾来往大陆通行证"
        " MAINLANDTRAVELPERMITFORTAIWANRESIDENTS",
        "foreign_pr": "外国人永居证 永居证 外國人永居證 FOREIGNPERMANENTRESIDENTIDCARD",
        "other": "军官证 士官证 士兵证 警官证 军人证 港澳居民居住证 台湾居民居住证 港澳台居民居住证"
        " 户口簿 户口本 出生证明 出生医学证明 驾驶证 香港身份证 香港身份證 澳门身份证 澳門身份證"
        " 台湾身份证 臺灣身份證 台灣身份證 國民身份證 中華民國身份證"
        " 中華民國國民身份證 OTHERS 其他证件 其它证件 HKID",
    }.items()
    for word in words.split()
}
"""Words as `compact` leaves them, 身份證 also for what Taiwan writes 身分證."""


@lru_cache(1 << 10)
def staff_kind(text: str) -> str:
    """Return the id_type that a cell means, "" for none, the text itself where it is not known.

    What stands in brackets goes, 护照（外国）, but where it is a kind itself: 其他（护照） is a
    passport, 护照（身份证） is not known.
    """
    if not text or text.isspace():
        return ""
    if found := _kind_of(text):
        return found
    plain = normalize("NFKC", text)
    kind = _kind_of(outside_brackets(plain))
    further = set(map(_kind_of, bracket_contents(plain))) - {"", "other", kind}
    if not further:
        return kind or text.strip()
    return further.pop() if kind in ("", "other") and len(further) == 1 else text.strip()


def _kind_of(text: str) -> str:
    words = text.replace("身分", "身份")
    return known_kind(words) or _WORDS.get(compact(words), "")
