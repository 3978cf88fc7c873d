"""Chinese surnames: those that nearly everybody bears, and those of two characters.

Facts from the Hundred Family Surnames (百家姓) and from the counts of surnames of the national
censuses. Whoever bears another is asked about all the same: a surname here only says which of
several readings of a cell is the likelier one.
"""

from exposure_index.identity.name import fold_han

_SURNAMES_OF_ONE = (
    "赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨朱秦尤许何吕施张孔曹严华金魏陶姜戚谢邹喻柏水窦章云苏潘葛奚范彭郎鲁韦昌马苗凤花方"
    "俞任袁柳酆鲍史唐费廉岑薛雷贺倪汤滕殷罗毕郝邬安常乐于时傅皮卞齐康伍余元卜顾孟平黄和穆萧尹姚邵湛汪祁毛禹狄米贝明臧"
    "计伏成戴谈宋茅庞熊纪舒屈项祝董梁杜阮蓝闵席季麻强贾路娄危江童颜郭梅盛林刁钟徐邱骆高夏蔡田樊胡凌霍虞万支柯昝管卢莫"
    "经房裘缪干解应宗丁宣贲邓郁单杭洪包诸左石崔吉钮龚程嵇邢滑裴陆荣翁荀羊於惠甄曲家封芮羿储靳汲邴糜松井段富巫乌焦巴弓"
    "牧隗山谷车侯宓蓬全郗班仰秋仲伊宫宁仇栾暴甘钭厉戎祖武符刘景詹束龙叶幸司韶郜黎蓟薄印宿白怀蒲邰从鄂索咸籍赖卓蔺屠蒙"
    "池乔阴鬱胥能苍双闻莘党翟谭贡劳逄姬申扶堵冉宰郦雍郤璩桑桂濮牛寿通边扈燕冀郏浦尚农温别庄晏柴瞿阎充慕连茹习宦艾鱼容"
    "向古易慎戈廖庾终暨居衡步都耿满弘匡国文寇广禄阙东欧殳沃利蔚越夔隆师巩厍聂晁勾敖融冷訾辛阚那简饶空曾毋沙乜养鞠须丰"
    "巢关蒯相查后荆红游竺权逯盖益桓公付肖代邸闫卻楚揭覃岳苑屈佟仝商哈谯佴伯赏牟佘墨丘仉亓帅缑亢况郈有琴晋闾鄢涂缪原植"
    "展缐矫邝母税达漆蔄冼桃问禚鹿言福沐揣麴麹璩禤老"
)
_SURNAMES_OF_TWO = (
    "欧阳 司马 上官 诸葛 东方 皇甫 尉迟 公孙 慕容 令狐 长孙 宇文 司徒 司空"
    " 夏侯 端木 百里 东郭 南宫 独孤 轩辕 澹台 公冶 宗政 濮阳 淳于 单于 太叔"
    " 申屠 仲孙 钟离 鲜于 闾丘 呼延 万俟 赫连 第五 范姜 张简"
)
_MOST_FREQUENT = (
    "王李张刘陈杨黄赵吴周徐孙马朱胡郭何林罗高梁郑谢宋唐许韩邓冯曹彭曾肖田董潘袁蔡蒋余于杜叶程魏苏吕丁任卢姚沈钟姜崔谭陆"
    "范汪廖石金韦贾夏付方邹熊白孟秦邱侯江尹薛闫段雷龙黎史陶贺毛郝顾龚邵万覃武钱戴严莫孔向常"
)

SURNAMES = frozenset(fold_han(_SURNAMES_OF_ONE))
"""Folded, of one character."""
COMPOUND_SURNAMES = frozenset(map(fold_han, _SURNAMES_OF_TWO.split()))
"""Folded, of two characters."""

FREQUENT_SURNAMES = frozenset(fold_han(_MOST_FREQUENT))
"""Folded, the hundred that most people bear."""


def begins_with_surname(folded: str) -> bool:
    """Whether a text in folded Han begins with a surname that is known here."""
    return folded[:1] in SURNAMES or folded[:2] in COMPOUND_SURNAMES
