"""What name cells of staff lists hold beside a Han name: posts, departments, states, relatives.

Threat: 周诗诺 财务部 or 曾兰科长 is looked up as one name, which nobody bears, and the person is
told "not found".
Limit: a word that is known goes, and the name is looked up with it and without; what else has more
characters than one name leaves the row in doubt. What a name without a sign may be beside itself is
`han_pieces`; an unknown word of one character that is glued to a name of two stays a part of it
where it is neither a usual mark nor, before it, something else than a surname.
"""

import re
from collections.abc import Iterator, Sequence

from exposure_index.identity.han_asides import holds_han_aside
from exposure_index.identity.name import HAN, fold_han
from tables.staff_names.han_pieces import is_piece_fault, names_in_pieces
from tables.staff_names.han_surnames import COMPOUND_SURNAMES, SURNAMES, begins_with_surname

_POSTS = (
    "总经理 副经理 董事长 董事 总监 副总 总裁 科长 处长 部长 局长 厅长 院长"
    " 校长 园长 所长 站长 队长 组长 班长 厂长 店长 区长 镇长 乡长 村长 会长"
    " 社长 车间主任 副主任 班主任 主管 专员 助理 秘书 会计 出纳 书记 主席 工程师"
    " 高工 技师 技术员 保安 保洁 厨师 厨工 文员 学徒 师傅 讲师 副教授 辅导员"
    " 院士 护士长 员工 职工 工人 干部 职员 学生 老总 总 工"
)
_POSTS_OF_ONE = (
    f"{_POSTS} 经理 主任 老师 医生 护士 司机 教授 大夫 阿姨 警官 老板 先生 女士 小姐 太太 叔叔"
    " 氏 哥 姐 姨 叔 婶 嫂 爷"
)
"""Behind a surname alone: behind a whole name some of them may be a part of it."""
_STATES = (
    "已离职 离职 在职 已退休 退休 返聘 请假 休假 病假 产假 实习生 实习 试用期"
    " 试用 临时工 临时 合同工 外包 外聘 派遣 劳务 兼职 新员工 新入职 新人 借调"
    " 调离 调出 调入 停职 隔离 已隔离 居家 返岗 已返岗 未返岗 重名 同名 本人 出差 外出"
    " 外派 驻外 培训 党员 团员 男"
    " 女"
)
_BEFORE = f"{_POSTS} {_STATES} 姓名 大 小"
_BEHIND = f"{_POSTS} {_STATES} 先生 女士 小姐 太太 同志"
_OTHERS = (
    "之夫 之妻 之父 之母 之子 之女 长子 次子 长女 次女 配偶 妻子 丈夫 爱人 老婆 老公 儿子 女儿 子女"
    " 孩子 小孩 母亲 父亲 妈妈"
    " 爸爸 岳父 岳母 公公 婆婆 哥哥 弟弟 姐姐 妹妹 爷爷 奶奶 外公 外婆 孙子"
    " 孙女 儿媳 女婿 亲属 家人 室友 同住"
)
_DITTO = "同上 同前 如上 同左 上同 见上"
_UNIT_ENDS = "部科处室组局厂队班所站院校司店"


def _folded(words: str) -> frozenset[str]:
    return frozenset(map(fold_han, words.split()))


def _any_of(words: str) -> str:
    return "|".join(sorted(_folded(words), key=lambda word: (-len(word), word)))


NAME_MAX = 4
"""Characters of a name in Han without a dot between; longer ones hold something else as well."""
_ALONE = _folded(f"{_BEFORE} {_BEHIND}")
_DITTOS = _folded(_DITTO)
_TWO = "|".join(sorted(COMPOUND_SURNAMES))
_AT_BEGINNING = re.compile(f"^(?:{_any_of(_BEFORE)})(?=..)")
_AT_END = re.compile(f"(?<=..)(?:{_any_of(_BEHIND)})$")
_AT_END_OF_ONE = re.compile(f"(?<=^.)(?:{_any_of(_POSTS_OF_ONE)})$")
_FAMILY_NAME_ALONE = re.compile(
    f"(?:.|{_TWO})(?:{_any_of(_POSTS_OF_ONE)})|[{fold_han('老小阿')}]?(?:{_TWO})|."
)
_FIRST = frozenset(word[0] for word in _folded(f"{_BEFORE} {_BEHIND} {_OTHERS} {_DITTO} 老"))
_LAST = frozenset(
    word[-1] for word in _folded(f"{_BEFORE} {_BEHIND} {_POSTS_OF_ONE} {_OTHERS} {_DITTO} 妻 等")
)
_UNIT_LAST = fold_han(_UNIT_ENDS)
_OF_OTHERS = re.compile(f"(?:{_any_of(_OTHERS)})(?:.{{2,}})?|.{{2,}}(?:{_any_of(_OTHERS)}|妻)")
_UNIT = re.compile(f".{{2,}}[{_UNIT_LAST}]|公司|中心|车间")
_PEOPLE = re.compile(f".{{1,4}}{fold_han('族')}")
_NICKNAME = re.compile(f"[{fold_han('老小')}].")
_OF_ONE_WORD = re.compile(
    f"{_OF_OTHERS.pattern}|{_NICKNAME.pattern}|{_any_of(f'{_BEFORE} {_BEHIND} {_DITTO}')}"
    f"|(?:{_any_of(_BEFORE)})..+|..+(?:{_any_of(_BEHIND)})|.+{fold_han('等')}"
)
"""Words without a space between that hold more than a name, or none."""
_PARTED_BEGINNING = re.compile(f"^(?:{_any_of(_BEFORE)}) *[-—_:/] *(?=..)")
_PARTED_END = re.compile(f"(?<=..) *[-—_:/] *(?:{_any_of(_BEHIND)})$")
_IN_SOUNDS = frozenset(
    fold_han(
        "阿艾安敖奥巴白拜贝比毕波伯布才参仓策曾查成尺达丹道德登迪底地东都顿多厄额尔法富噶嘎盖干刚高格根更古哈罕汗浩合和贺赫"
        "呼花黄吉加迦佳嘉江杰金晋旺玖居卡开坎康考克库夸拉莱兰朗老勒里丽利林琳凌龙隆卢鲁伦洛玛麦迈曼毛梅美蒙米密敏明默姆木穆那纳娜南尼"
        "年努诺帕培佩平普其齐恰强乔青琼曲热仁日荣如茹瑞若萨赛桑色森沙山绍申生史斯司苏索塔台泰坦特提图吐托娃瓦旺威维卫文翁沃乌吾武西希夏"
        "显香谢新雪牙雅亚延艳央阳依伊宜因英尤于雨玉月云匝赞扎泽增孜则珠卓孟巧其木雄次买什罕穆默素夫乃布班"
    )
)
"""By which names of Mongolian, Turkic and Tibetan languages are written without a dot."""
_DOTS = re.compile(r"(?<=\S)\s*[·•‧∙⋅・．.]\s*(?=\S)")


def is_aside_alone(folded: str) -> bool:
    """Whether a folded word is no name: a post, a state, a department, a people (汉族)."""
    return folded in _ALONE or any(one.fullmatch(folded) for one in (_UNIT, _PEOPLE))


def without_asides_at_ends(text: str) -> str:
    """Return a folded text without known words at its ends that a sign parts from the rest."""
    return _PARTED_END.sub("", _PARTED_BEGINNING.sub("", text, count=1), count=1)


def may_hold_aside(folded: str) -> bool:
    """Whether more than a name may stand among two to four folded Han.

    What their pieces may be beside one name is `han_pieces`.
    """
    if len(folded) == NAME_MAX and folded[:2] not in COMPOUND_SURNAMES:
        return True
    if folded[:2] in COMPOUND_SURNAMES or folded[1:] in COMPOUND_SURNAMES:
        return _is_family_name(folded) or _OF_ONE_WORD.fullmatch(folded) is not None
    if folded[0] not in _FIRST and folded[-1] not in _LAST:  # nearly every name
        return False
    return _is_family_name(folded) or _OF_ONE_WORD.fullmatch(folded) is not None


def is_in_sounds(folded: str) -> bool:
    """Whether Han write the sound of a name, perhaps behind a surname: 乌云其其格, 马穆罕默德."""
    return _IN_SOUNDS.issuperset(folded[folded[0] in SURNAMES :])


def _is_family_name(folded: str) -> bool:
    """Whether Han are a surname alone, or with what one is called by: 欧阳, 周师傅, 尹总."""
    return _FAMILY_NAME_ALONE.fullmatch(folded) is not None


def han_fault(outside: str) -> str:
    """Return why the Han of a cell are no name that is certain: filler, partial, unclear; or "".

    outside: what stands outside of brackets.
    """
    is_dotted = _DOTS.search(outside) is not None
    words = _words(outside)
    if "".join(words) in _DITTOS:
        return "filler"
    if any(map(_OF_OTHERS.fullmatch, words)) or (len(words) > 1 and any(map(_UNIT.search, words))):
        return "unclear"
    words = _without_asides(words)
    if not words:
        return "partial"
    if len(words) > 1 and not is_dotted and not _is_one_name(words):
        return "unclear"
    names = [_shortest("".join(words))]
    if _NICKNAME.fullmatch(names[0]) or any(map(_is_family_name, ("".join(words), names[0]))):
        return "partial"
    is_long = len(names[0]) > NAME_MAX and not (is_dotted or is_in_sounds(names[0]))
    return "unclear" if is_long or is_piece_fault("".join(words)) else ""


def names_beside_asides(outside: str) -> tuple[str, ...]:
    """Return the names in Han, folded, that remain without known words beside them.

    A given name before its surname, as words apart, is turned round too.
    """
    words = _words(outside)
    whole = "".join(words)
    words = _without_asides(words)
    found = ["".join(words), *_stripped("".join(words))]
    dotted = _without_asides([fold_han(word) for word in HAN.findall(outside)])
    if len(dotted) == 2 and _is_turned(*dotted):
        found.append(dotted[1] + dotted[0])
    return tuple(dict.fromkeys(name for name in found if len(name) > 1 and name != whole))


def _ends(whole: str, words: Sequence[str]) -> Iterator[str]:
    """Yield what a name may be at either end of a text that holds a known word and perhaps more.

    王芳 of 王芳项目经理, of which 经理 alone is known; nothing where no word is.
    """
    joined = "".join(words)
    if not (_stripped(joined) or joined != whole or holds_han_aside(whole)):
        return
    for length in (2, 3, NAME_MAX):
        for end in (whole[:length], whole[-length:]):
            if len(end) < len(whole) and begins_with_surname(end):
                yield end


def names_of_fewer_characters(outside: str) -> tuple[str, ...]:
    """Return the names in Han, folded, that remain without words which nobody knows.

    Each word of several apart, but behind a surname; and what pieces may be: 周诗诺汉, 诗诺周.
    """
    words = _without_asides(_words(outside))
    found: list[str] = []
    if len(words) > 2 or (
        len(words) == 2 and len(words[0]) > 1 and words[0] not in COMPOUND_SURNAMES
    ):
        found += [word for word in words if len(word) > 1]
    whole = "".join(_words(outside))
    found += _ends(whole, words)
    for name in (whole, "".join(words), *_stripped("".join(words))):
        found += names_in_pieces(name)
    return tuple(dict.fromkeys(found))


def _words(outside: str) -> list[str]:
    """Return the folded words in Han; a dot within a name parts none."""
    return [fold_han(word) for word in HAN.findall(_DOTS.sub("", outside))]


def _without_asides(words: list[str]) -> list[str]:
    """Return words apart without the known ones; characters apart are those of one name."""
    if max(map(len, words), default=0) < 2:
        return words
    words = [word for word in words if word not in _ALONE]
    return [_without_post(word) for word in words] if len(words) > 1 else words


def _without_post(word: str) -> str:
    """Return the surname alone of one with a post, beside a given name: 周经理 of 诗诺 周经理."""
    return _AT_END_OF_ONE.sub("", word)


def _is_one_name(words: Sequence[str]) -> bool:
    """Whether words apart are surname and given name, in either order, or single characters."""
    if sum(map(len, words)) > NAME_MAX:
        return False
    ends = (words[0], words[-1])
    return any(len(word) == 1 or word in COMPOUND_SURNAMES for word in ends)


def _is_turned(first: str, second: str) -> bool:
    """Whether two words may be a given name and the surname behind it: 晓辉 张, 凤 陆."""
    return first not in COMPOUND_SURNAMES and (len(second) == 1 or second in COMPOUND_SURNAMES)


def _stripped(han: str) -> list[str]:
    """Return what remains of a text as known words go from its ends, one after another."""
    found: list[str] = []
    waiting = [han]
    while waiting:
        text = waiting.pop()
        for rest in (_AT_BEGINNING.sub("", text, count=1), _AT_END.sub("", text)):
            if rest != text and len(rest) > 1 and rest not in found:
                found.append(rest)
                waiting.append(rest)
    return found


def _shortest(han: str) -> str:
    return min((han, *_stripped(han)), key=len)
