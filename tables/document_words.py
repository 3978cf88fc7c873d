"""Words beside a document number that say what it is, or which country gave it, and no more.

Only what stands here is passed over beside a number: any other word may say that the number is
somebody else's, or none any more. decisions/0026 weighs them.
"""

import re


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


def _any_of(words: frozenset[str]) -> str:
    return "|".join(sorted(map(re.escape, words), key=lambda word: (-len(word), word)))


LATIN_WORDS = _words(
    "PASSPORT PASSPORTS PASSPORTNO PASSPORTNUMBER PASSEPORT PASAPORTE PASSAPORTO PASSAPORTE"
    " REISEPASS REISEPASSNUMMER PASSNUMMER PERSONALAUSWEIS AUSWEIS"
    " PASPOR PASPORT PPT PSPT DOC DOCS DOCUMENT DOCUMENTNO DOCUMENTNUMBER TRAVEL TYPE"
    " ID IDNO IDNUMBER IDCARD IDENTITY IDENTIFICATION CARD CARDNO NATIONAL NATIONALITY RESIDENT"
    " RESIDENCE PERMIT HKID NRIC NO NOS NR NUM NUMBER NUMERO"
)
"""Words of documents in Latin letters, as words apart."""
PREFIXES = _words("PP PT IC NI PN")
"""Such words that are also how a number begins: words only beside a number with letters."""
GLUED_WORDS = _words("PASSPORTNUMBER PASSPORTNO PASSPORT IDNUMBER IDCARD IDNO ID NI RESIDENT")
"""Words that stand before a number without a space; the short ones before a resident number."""
_LONG = frozenset(word for word in GLUED_WORDS if word.startswith("PASSPORT"))

_HAN_WORDS = _words(
    "中华人民共和国 中華人民共和國 居民身份证 居民身份證 二代身份证 身份证 身份證 身分證 证件 證件"
    " 号码 號碼 编号 編號 号 號 类型 類型 种类 種類 为 為"
    " 因私普通护照 因公普通护照 普通护照 因私护照 因公护照 公务护照 外交护照 护照 護照"
    " 港澳居民来往内地通行证 港澳居民來往內地通行證 港澳居民居住证 港澳通行证 港澳通行證"
    " 往来港澳通行证 台湾居民来往大陆通行证 臺灣居民來往大陸通行證 台湾居民居住证 通行证 通行證"
    " 回乡证 回鄉證 台胞证 台胞證"
    " 外国人永久居留身份证 外国人永久居留证 永久居留身份证 永久居留证 居留证 居住证 居留證 居住證"
    " 中国籍 中國籍 中国 中國 香港 澳门 澳門 台湾 台灣 臺灣 国籍 國籍"
    " 美国 美國 英国 英國 法国 法國 德国 德國 日本 韩国 韓國 加拿大 澳大利亚 澳大利亞 新西兰 新西蘭"
    " 新加坡 马来西亚 馬來西亞 泰国 泰國 越南 俄罗斯 俄羅斯 意大利 西班牙 印度尼西亚 印度"
    " 菲律宾 菲律賓 往来台湾通行证 台胞証 驾驶证 驾照 军官证 海员证"
    " 旅券番号 旅券 パスポート 番号 여권번호 여권 번호 ПАСПОРТ НОМЕР"
)
"""Words of documents and countries in other scripts; no number holds these characters."""
_ABBREVIATIONS = "N/A|N\\.A\\."

COUNTRIES = _words(
    "ABW AFG AGO AIA ALA ALB AND ARE ARG ARM ASM ATA ATF ATG AUS AUT AZE BDI BEL BEN BES BFA BGD"
    " BGR BHR BHS BIH BLM BLR BLZ BMU BOL BRA BRB BRN BTN BVT BWA CAF CAN CCK CHE CHL CHN CIV CMR"
    " COD COG COK COL COM CPV CRI CUB CUW CXR CYM CYP CZE DEU DJI DMA DNK DOM DZA ECU EGY ERI ESH"
    " ESP EST ETH FIN FJI FLK FRA FRO FSM GAB GBR GEO GGY GHA GIB GIN GLP GMB GNB GNQ GRC GRD GRL"
    " GTM GUF GUM GUY HKG HMD HND HRV HTI HUN IDN IMN IND IOT IRL IRN IRQ ISL ISR ITA JAM JEY JOR"
    " JPN KAZ KEN KGZ KHM KIR KNA KOR KWT LAO LBN LBR LBY LCA LIE LKA LSO LTU LUX LVA MAC MAF MAR"
    " MCO MDA MDG MDV MEX MHL MKD MLI MLT MMR MNE MNG MNP MOZ MRT MSR MTQ MUS MWI MYS MYT NAM NCL"
    " NER NFK NGA NIC NIU NLD NOR NPL NRU NZL OMN PAK PAN PCN PER PHL PLW PNG POL PRI PRK PRT PRY"
    " PSE PYF QAT REU ROU RUS RWA SAU SDN SEN SGP SGS SHN SJM SLB SLE SLV SMR SOM SPM SRB SSD STP"
    " SUR SVK SVN SWE SWZ SXM SYC SYR TCA TCD TGO THA TJK TKL TKM TLS TON TTO TUN TUR TUV TWN TZA"
    " UGA UKR UMI URY USA UZB VAT VCT VEN VGB VIR VNM VUT WLF WSM YEM ZAF ZMB ZWE"
    " GBD GBN GBO GBP GBS EUE RKS UNO UNA UNK XXA XXB XXC"
)
"""Countries as travel documents name them (ICAO 9303 part 3, section 5, after ISO 3166-1)."""
_SHORT_COUNTRIES = _words("CN HK MO TW US GB UK JP KR")

OTHER_SCRIPTS = re.compile(f"{_any_of(_HAN_WORDS)}|(?<![A-Z0-9])(?:{_ABBREVIATIONS})(?![A-Z0-9])")
"""The known words that are no runs of A–Z."""
MRZ_BEGINNING = re.compile("(?<![A-Z0-9])P[A-Z]?<+(?:([A-Z]{3})|D<<)<*(?=[A-Z0-9])")
"""What stands before a number in a machine-readable zone: P<CHN, PO<GBR; group 1: the country."""
_GLUED = re.compile(f"(?:{_any_of(_LONG)})(?=.*[0-9])")
_GLUED_TO_RESIDENT = re.compile(f"(?:{_any_of(GLUED_WORDS | COUNTRIES)})+(?=[0-9]{{17}}[0-9X]$)")


def says_nothing(token: str, *, alone: bool = False) -> bool:
    """Whether a run of A–Z beside a number is a known word. alone: nothing follows it."""
    return token in LATIN_WORDS or token in COUNTRIES or (alone and token in _SHORT_COUNTRIES)


def without_glued_word(number: str) -> str:
    """Return a run of A–Z 0–9 without a known word that stands before its number."""
    found = _GLUED.match(number) or _GLUED_TO_RESIDENT.match(number)
    return number[found.end() :] if found else number
