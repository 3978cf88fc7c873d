"""Headings of a staff list that no column takes, below which a name or a number may stand.

Threat: the name that the passport bears stands in a column that nobody knows, `Legal Name`, beside
one that everybody knows, `Name`; whoever is listed is looked up under the other: "not found".
Limit: such headings are known by the words below. One that says it is another person's, or a
thing's, is passed over, whatever stands in its column.
"""

import re
from collections.abc import Sequence

from exposure_index.identity.name import fold_han
from tables.headings import heading_form

_BRACKETS = re.compile(r"[(\[{【〔（][^)\]}】〕）]*[)\]}】〕）]")
_YES_OR_NO = re.compile(r"[(（]\W*(?:y(?:es)?\W*no?|是\W*否|有\W*无)\W*[)）]", re.IGNORECASE)
_WORD = re.compile("[A-Z]?[a-z]+|[A-Z]+(?![a-z])")

_OTHERS_HAN = re.compile(
    fold_han(
        "家长|监护|父亲|母亲|父母|父姓名|母姓名|爸|妈|配偶|丈夫|妻子|爱人|子女|孩子|小孩|儿子|女儿"
        "|家属|亲属|亲人|联系人|联络人|聯絡人|紧急|应急|负责人|领导|主管|经理|上级|班主任|主任"
        "|辅导员|导师|老师|讲师|法人|法定代表|户主|推荐人|介绍人|担保人|保证人|证明人|见证人|填报"
        "|填表|审核|审批|经办|承办|操作人|录入|登记人|开户|持卡人|收款|房东|业主|接待|对接|被访"
        "|受访|陪同|同行|同住|室友|司机|驾驶|医生|护士|车主|队长|组长|班长|楼长|店长|站长|校长"
        "|院长|厂长|网格|宿管|代理|老板|雇主|师傅|带教|带班|分管|书记|管理员|管理人|领队|导游"
        "|医师|教练|委托人|受益人|律师|评委|裁判|收件|寄件|同事"
    )
)
_OTHERS = (
    "guardian guardians parent parents father fathers mother mothers dad mum mom spouse husband"
    " wife partner child children son daughter emergency contact contacts kin supervisor manager"
    " boss leader teacher tutor advisor adviser director principal sponsor referee beneficiary"
    " landlord owner agent recruiter approver reviewer witness roommate relative doctor physician"
    " host mentor coordinator"
)
_OTHERS_WORDS = frozenset(_OTHERS.split())
_THINGS_HAN = re.compile(
    fold_han(
        "(?<!人员|员工|职工|学生|教师|旅客|乘客|住客|成员|会员)名称|名次|排名|名额|名单|花名册|花名"
        "|报名|职名|署名|签名|用户名|登录名|登陆名|(?<!客)户名|网名|域名|微信名|匿名|实名|命名|名义|名片"
        "|名族|名牌|名下|小名|乳名|笔名|点名"
        "|(?:单位|公司|企业|集团|机构|组织|部门|科室|班级|班|学校|院校|学院|专业|项目|课程|车间|组"
        "|队|店|工厂|产品|商品|文件|书|站|医院|病|药|职务|岗位|职位|职业|街道|社区|小区|村|镇|乡"
        "|县|市|省|区|路|楼|栋|校|厂|院|国|船|表|行|账号|线路|班次|旅行社|团|活动)名(?!字)"
    )
)
_THINGS = (
    "company employer employers organisation organization org department dept division unit section"
    " team group project file user login account domain server device machine computer system"
    " school class course college university faculty institute institution building site hotel"
    " street road city town country place location product item ship vessel event flight train"
    " station bank branch brand shop store office agency vendor supplier job position role post"
    " nick preferred known screen pet sheet table form factory plant warehouse line shift room dorm"
    " block province state district address program programme major subject business corporate"
    " corporation firm firma trade hospital clinic ward airline carrier nationality"
    " center centre cost"
)
_THINGS_WORDS = frozenset(_THINGS.split())
_AS = "as per on in passport"
_SPELLING = re.compile("拼写|拼寫|写法|寫法")  # 护照拼写
_AS_DOCUMENT = frozenset(_AS.split())
"""Name as per company records is a name, whatever things it speaks of."""
_ELSEWHERE = (
    "nombrecompleto nomecompleto nomcomplet nombresyapellidos nomeprenom фио 성명 성함 이름 hoten"
    " họtên"
)
_NAMES_ELSEWHERE = frozenset(_ELSEWHERE.split())
_FURTHER = (
    "prefix nameprefix suffix namesuffix initial initials mi infix particle voorvoegsel voorletters"
    " zusatz vorsatzwort patronym matronym othername othernames fathername fathersname grandfather"
)
_FURTHER_PARTS = frozenset(_FURTHER.split())
_MIDDLE = re.compile("middle|tussenvoegsel|namenszusatz|中间|中間")
_DOCUMENT_HAN = re.compile(
    fold_han(
        "(?:身份证|身分证|证件|护照|通行证|台胞证|臺胞證|回乡证|返乡证|还乡证|居住证|居留证|居留许可"
        "|永居证|永居|绿卡|军官证|士兵证|军人证|警官证|海员证|旅行证|入台证|^证号)"
        "[0-9一二]?(?:号码|号|码|编号|证号|證號)?[0-9一二]?$"
    )
)
_NO_DOCUMENT_HAN = re.compile(fold_han("是否|有无|办理|车"))
_DOCUMENT = "passport hkid hkic nric fin cnic mykad aadhaar iqama qid dni nie nid document"
_DOCUMENT_WORDS = frozenset(_DOCUMENT.split())
_PAIRS = (
    "travel doc|id card|identity card|national id|residence permit|resident permit"
    "|residence card|return permit|travel permit|mainland permit|old id|previous id|new id"
    "|other id|second id|emirates id|civil id|hk id|macau id|taiwan id"
)
_DOCUMENT_PAIRS = frozenset(_PAIRS.split("|"))
_NUMBER = "no nos number numbers num nr"
_NUMBER_WORDS = frozenset(_NUMBER.split())
_NO_DOCUMENT = "has have copy valid scan photo work parking"
_NO_DOCUMENT_WORDS = frozenset(_NO_DOCUMENT.split())


def is_of_others(heading: str) -> bool:
    """Return whether a heading says that what stands below is another person's: 家长, Guardian."""
    form = _form(heading)
    return bool(_OTHERS_HAN.search(form)) or not _OTHERS_WORDS.isdisjoint(_words(heading))


def may_be_name(heading: str) -> bool:
    """Return whether the name of the person may stand below a heading that no column takes."""
    if is_of_others(heading):
        return False
    form = _form(heading)
    is_spelling = _SPELLING.search(heading) is not None
    if is_spelling or "名" in _THINGS_HAN.sub("", form) or form in _NAMES_ELSEWHERE:
        return True
    words = _words(heading)
    if not any(word.startswith("name") or word.endswith(("name", "names")) for word in words):
        return False
    own = {word.removesuffix("s").removesuffix("name") for word in words} | set(words)
    return not own.isdisjoint(_AS_DOCUMENT) or own.isdisjoint(_THINGS_WORDS)


def may_be_part(heading: str, *, beside_parts: bool) -> bool:
    """Return whether a further part of the name may stand below: Middle, Tussenvoegsel.

    beside_parts: whether the name stands in two columns, so that initials are a part of it.
    """
    form = heading_form(heading)
    if _MIDDLE.search(form):
        return True
    forms = {form, heading_form(_BRACKETS.sub("", heading))}
    return beside_parts and not (_FURTHER_PARTS.isdisjoint(forms) and "preferred" not in form)


def may_be_number(heading: str) -> bool:
    """Return whether the number of a document of the person may stand below: 通行证号, HKID."""
    if is_of_others(heading) or _YES_OR_NO.search(heading):
        return False
    texts = (heading, _BRACKETS.sub("", heading))
    if any(_DOCUMENT_HAN.search(_form(text)) for text in texts):
        return not _NO_DOCUMENT_HAN.search(_form(heading))
    return any(map(_is_latin_document, map(_words, texts)))


def _is_latin_document(words: list[str]) -> bool:
    own = [word for word in words if word not in _NUMBER_WORDS]
    if own == ["id"] and own != words:
        return True  # ID Number 2
    while words and words[-1] in _NUMBER_WORDS:
        words = words[:-1]
    is_document = " ".join(words[-2:]) in _DOCUMENT_PAIRS or "".join(words[-1:]) in _DOCUMENT_WORDS
    return is_document and _NO_DOCUMENT_WORDS.isdisjoint(words)


def rivals(headings: Sequence[str], places: set[int], *, beside_parts: bool) -> list[int]:
    """Return the places of the headings that may be a name or a number as well as those read.

    places: of the headings that are read, or known; beside_parts: as `may_be_part` has it.
    """
    return [
        place
        for place, heading in enumerate(headings)
        if (place not in places and (may_be_name(heading) or may_be_number(heading)))
        or (
            (place not in places or beside_parts)
            and may_be_part(heading, beside_parts=beside_parts)
        )
    ]


def _form(heading: str) -> str:
    return fold_han(heading_form(heading))


def _words(heading: str) -> list[str]:
    return [word.lower() for word in _WORD.findall(heading)]
