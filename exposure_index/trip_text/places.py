"""Cities beside the number of a service: `北京CA1234`, `南京G1234`.

The divisions of GB/T 2260 down to prefectures by their short names, with airports, stations and
trunk lines that departments name in their place, and cities abroad; written down by hand.
"""

import re

_PROVINCES = """
北京 天津 上海 重庆 河北 山西 辽宁 吉林 黑龙江 江苏 浙江 安徽 福建 江西 山东 河南 湖北 湖南
广东 海南 四川 贵州 云南 陕西
甘肃 青海 台湾 内蒙古 广西 西藏 宁夏 新疆 香港 澳门
"""
_CITIES = """
石家庄 唐山 秦皇岛 邯郸 邢台 保定 张家口 承德 沧州 廊坊 衡水 太原 大同 阳泉 长治 晋城 朔州 晋中
运城 忻州 临汾 吕梁 呼和浩特 包头
乌海 赤峰 通辽 鄂尔多斯 呼伦贝尔 巴彦淖尔 乌兰察布 兴安 锡林郭勒 锡林浩特 阿拉善 沈阳 大连 鞍山
抚顺 本溪 丹东 锦州 营口 阜新 辽阳
盘锦 铁岭 朝阳 葫芦岛 长春 四平 辽源 通化 白山 松原 白城 延边 延吉 哈尔滨 齐齐哈尔 鸡西 鹤岗
双鸭山 大庆 伊春 佳木斯 七台河 牡丹江
黑河 绥化 大兴安岭 南京 无锡 徐州 常州 苏州 南通 连云港 淮安 盐城 扬州 镇江 泰州 宿迁 杭州 宁波
温州 嘉兴 湖州 绍兴 金华 义乌 衢州
舟山 台州 丽水 合肥 芜湖 蚌埠 淮南 马鞍山 淮北 铜陵 安庆 黄山 滁州 阜阳 宿州 六安 亳州 池州
宣城 福州 厦门 莆田 三明 泉州 漳州 南平
龙岩 宁德 南昌 景德镇 萍乡 九江 新余 鹰潭 赣州 吉安 宜春 抚州 上饶 济南 青岛 淄博 枣庄 东营
烟台 潍坊 济宁 泰安 威海 日照 临沂 德州
聊城 滨州 菏泽 郑州 开封 洛阳 平顶山 安阳 鹤壁 新乡 焦作 濮阳 许昌 漯河 三门峡 南阳 商丘 信阳
周口 驻马店 济源 武汉 汉口 武昌 黄石
十堰 宜昌 襄阳 鄂州 荆门 孝感 荆州 黄冈 咸宁 随州 恩施 仙桃 潜江 天门 神农架 长沙 株洲 湘潭
衡阳 邵阳 岳阳 常德 张家界 益阳 郴州
永州 怀化 娄底 湘西 吉首 广州 韶关 深圳 珠海 汕头 佛山 江门 湛江 茂名 肇庆 惠州 梅州 汕尾 河源
阳江 清远 东莞 中山 潮州 揭阳 云浮
南宁 柳州 桂林 梧州 北海 防城港 钦州 贵港 玉林 百色 贺州 河池 来宾 崇左 海口 三亚 三沙 儋州
成都 自贡 攀枝花 泸州 德阳 绵阳 广元
遂宁 内江 乐山 南充 眉山 宜宾 广安 达州 雅安 巴中 资阳 阿坝 甘孜 凉山 西昌 贵阳 六盘水 遵义
安顺 毕节 铜仁 黔西南 黔东南 黔南 凯里
昆明 曲靖 玉溪 保山 昭通 丽江 普洱 临沧 楚雄 红河 文山 西双版纳 大理 德宏 怒江 迪庆 拉萨 日喀则
昌都 林芝 山南 那曲 阿里 西安 铜川
宝鸡 咸阳 渭南 延安 汉中 榆林 安康 商洛 兰州 嘉峪关 金昌 白银 天水 武威 张掖 平凉 酒泉 庆阳
定西 陇南 临夏 甘南 西宁 海东 格尔木
银川 石嘴山 吴忠 固原 中卫 乌鲁木齐 克拉玛依 吐鲁番 哈密 昌吉 博尔塔拉 巴音郭楞 库尔勒 阿克苏
喀什 和田 伊犁 伊宁 塔城 阿勒泰 石河子
台北 高雄 台中 台南 桃园
"""
_AIRPORTS = """
浦东 虹桥 首都 大兴 白云 宝安 双流 天府 江北 萧山 禄口 天河 黄花 新郑 高崎 长水 美兰 凤凰 流亭
胶东 周水子 太平
龙嘉 桃仙 武宿 白塔 中川 河东 曹家堡 地窝堡 昌北 吴圩 龙洞堡 遥墙 正定 新桥 硕放 栎社 赤鱲角
桃园 松山
"""
# Cities abroad in English, a word each, as notices write where a flight came from or went to.
_CITIES_ABROAD = """
HONG KONG MACAU TAIPEI KAOHSIUNG BEIJING SHANGHAI GUANGZHOU SHENZHEN WUHAN CHENGDU TOKYO NARITA
HANEDA OSAKA NAGOYA
FUKUOKA SAPPORO SEOUL INCHEON BUSAN BANGKOK PHUKET SINGAPORE KUALA LUMPUR JAKARTA BALI DENPASAR
MANILA CEBU HANOI
SAIGON PHNOM PENH YANGON COLOMBO DELHI MUMBAI CHENNAI KOLKATA DHAKA KATHMANDU KARACHI LAHORE
ISLAMABAD DUBAI DOHA
ABU DHABI RIYADH JEDDAH KUWAIT MUSCAT BAHRAIN TEHRAN BAGHDAD BEIRUT AMMAN CAIRO ISTANBUL ANKARA
TEL AVIV ATHENS ROME
MILAN VENICE PARIS LYON LONDON HEATHROW GATWICK MANCHESTER EDINBURGH GLASGOW DUBLIN BELFAST
AMSTERDAM BRUSSELS
FRANKFURT MUNICH BERLIN HAMBURG DUSSELDORF ZURICH GENEVA VIENNA PRAGUE BUDAPEST WARSAW MADRID
BARCELONA LISBON PORTO
COPENHAGEN STOCKHOLM OSLO HELSINKI REYKJAVIK MOSCOW KYIV KIEV BUCHAREST SOFIA BELGRADE ZAGREB
ADDIS ABABA NAIROBI
JOHANNESBURG CAPE TOWN LAGOS ACCRA CASABLANCA TUNIS ALGIERS TORONTO MONTREAL VANCOUVER CALGARY
EDMONTON OTTAWA WINNIPEG
HALIFAX QUEBEC VICTORIA KELOWNA REGINA SASKATOON FREDERICTON MONCTON YORK NEWARK BOSTON CHICAGO
ATLANTA MIAMI ORLANDO
DALLAS HOUSTON DENVER PHOENIX SEATTLE PORTLAND HONOLULU LOS ANGELES SAN FRANCISCO DIEGO LAS
VEGAS WASHINGTON
PHILADELPHIA DETROIT MINNEAPOLIS MEXICO CANCUN HAVANA BOGOTA LIMA SANTIAGO BUENOS AIRES PAULO
RIO SYDNEY MELBOURNE
BRISBANE PERTH ADELAIDE CANBERRA HOBART DARWIN CAIRNS BALLINA LAUNCESTON TOWNSVILLE AUCKLAND
WELLINGTON CHRISTCHURCH
DUNEDIN QUEENSTOWN NELSON NAPIER HAMILTON TAURANGA NADI SUVA
"""
CITIES_ABROAD: frozenset[str] = frozenset(_CITIES_ABROAD.split())
"""Words of which the names of cities abroad are made."""
PLACES: frozenset[str] = frozenset((*_PROVINCES.split(), *_CITIES.split()))
"""Places by their short names, simplified."""
_SIGNS = (
    "京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼昆广哈汉郑徐兰成九杭深港温福厦包"
)
_LONGEST_FIRST = "|".join(sorted(PLACES, key=len, reverse=True))
_PLACE = re.compile(
    rf"(?:(?:{_LONGEST_FIRST})+[省市县区]?(?:{'|'.join(_AIRPORTS.split())})?[东西南北]?(?:站|机场)?"
    rf"|[{_SIGNS}]{{2}}(?:高铁|客专|铁路|线)?(?![^\W\d_A-Z]))"
)


def place_at(folded: str, start: int) -> int | None:
    """Return where a known place ends that begins at a place of folded text, else None."""
    match = _PLACE.match(folded, start)
    return match.end() if match else None
