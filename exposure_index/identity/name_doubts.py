"""Names in a passenger list that may not be the whole name of whoever bears the document.

A check takes them, since somebody may be called so; but whoever types the whole name must be found
too, so that a build enters a document that has no better name under its number alone as well.
"""

import re

from exposure_index.identity.name import UnusableName, latin_words, read_names
from exposure_index.identity.name_words import HAN_CLASS, TITLES

_FAMILY_NAMES = """
    欧阳 司马 上官 诸葛 夏侯 皇甫 尉迟 公孙 慕容 令狐 宇文 长孙 东方 司徒 司空 南宫 端木 轩辕
    AI BAI CAI CAO CHEN CHENG CUI DAI DENG DING DONG DU DUAN FAN FANG FENG FU GAO GONG GU GUO HAN
    HAO HE HOU HU HUANG JIA JIANG JIN KONG LAI LEI LI LIANG LIAO LIN LIU LONG LU LUO LYU LV MA MAO
    MENG PAN PENG QIAN QIN QIU REN SHAO SHEN SHI SONG SU SUN TAN TANG TAO TIAN WAN WANG WEI WU XIA
    XIAO XIE XIONG XU XUE YAN YANG YAO YE YI YIN YU YUAN ZENG ZHANG ZHAO ZHENG ZHONG ZHOU ZHU ZOU
    OUYANG SIMA SHANGGUAN ZHUGE
"""
_FAMILY_NAMES_ALONE = frozenset(_FAMILY_NAMES.split())
_CIRCLE = re.compile("[○◯〇]")
_CUT_OFF = re.compile(rf"[{HAN_CLASS}]\s*[-_—–.…]{{2,}}|[-_—–.…]{{2,}}\s*$|…")


def may_be_partial(text: str) -> bool:
    """Whether a name is perhaps a part: a family's name, initials, a title, or one cut off.

    Also where ○ may stand for any character. False for what is no name at all.
    """
    try:
        han, latin, other = read_names(text)
    except UnusableName:
        return False
    if han:
        short = len(han) == 1 or han in _FAMILY_NAMES_ALONE
        return short or han.startswith("某") or bool(_CIRCLE.search(text) or _CUT_OFF.search(text))
    words = [word for word in latin_words(text) if word not in TITLES] if latin else []
    family = len(words) < 2 and _FAMILY_NAMES_ALONE.issuperset(words)  # or a title alone
    initials = any(len(word) == 1 for word in words)
    return not other and (family or initials or _CUT_OFF.search(text) is not None)
