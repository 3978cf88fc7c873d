"""Words for means of transport, Chinese (simplified) and English, as departments write them.

A word that names its mode alone (公交, ferry) decides over one that several share (客车): 公交客车
is a bus, 地铁列车 a metro. A longer word decides over those within it.
"""

from collections.abc import Mapping

_OWN_WORDS = {
    "flight": """
飞机 飞机票 航机 航空器 航班 航班号 班机 民航 民航客机 客机 航空 包机 机票 航空客运 民用航空
FLIGHT|AIRCRAFT|AIRPLANE|AEROPLANE|PLANE|AIRLINE|AVIATION|AIR TRAVEL|BY AIR|FLT
FLUG|FLUGZEUG|AVION|VOL|VUELO|VOLO|AEREO|VOO|VLUCHT|VLIEGTUIG|비행기|항공|항공기""",
    "train": """
普速 普速列车 普速铁路 城铁
火车 火车票 高铁 动车 动车组 铁路 高速铁路 普快 普客 特快 直特 直达特快 普通快车 快速列车 临客
绿皮车 绿皮火车 和谐号 复兴号 旅客列车
国铁 台铁 客专 城际铁路 城际高铁 城际动车 市郊铁路 新干线 区间车 自强号 莒光号 普悠玛 太鲁阁
普悠瑪 太鲁閣
卧铺列车 直达列车
TRAIN|RAIL|RAILWAY|HIGH SPEED RAIL|BULLET TRAIN|INTERCITY RAIL|COMMUTER RAIL|SHINKANSEN
ZUG|BAHN|EISENBAHN|TREN|TRENO|COMBOIO|TREIN|열차|기차|鉄道""",
    "metro": """
地铁 轻轨 轨道交通 城市轨道交通 轨交 捷运 磁浮 磁悬浮 磁悬浮列车 港铁 轻铁 单轨 云轨
METRO|SUBWAY|UNDERGROUND|MRT|MTR|LRT|LIGHT RAIL|MONORAIL|SKYTRAIN|RAPID TRANSIT
地下鉄|지하철
METRO RAIL|LIGHT RAIL TRAIN|TUBE|METRO TRAIN""",
    "coach": """
长途 长途车 长途汽车 长途客车 长途客运 长途大巴 客运车 大客车 中客 面包车 校车 公路客运
道路客运 班线客运 旅游客运 客运班车 客运班线 客运汽车 旅游车 游览车 大型客车 长途巴士
旅游大巴 旅游巴士 旅游包车 机场大巴 卧铺大巴 通勤车 厂车 接驳大巴 城际大巴 城际巴士 城际客车
COACH|COACHES|LONG DISTANCE BUS|INTERCITY BUS|TOUR BUS|CHARTER BUS|CHARTERED BUS
SCHOOL BUS|REISEBUS|FERNBUS|AUTOCAR
COACH BUS|SLEEPER BUS|TOURIST BUS|MOTORCOACH""",
    "bus": """
公交 公交车 公交巴士 公共汽车 公共巴士 公车 电车 有轨电车 无轨电车 快速公交 BRT 小巴 云巴
PUBLIC BUS|CITY BUS|MINIBUS|MINIBUSES|TRAM|TROLLEYBUS|STREETCAR|TRANSIT BUS
LIGHT BUS|BUS RAPID TRANSIT|METRO BUS|METROBUS
LINIENBUS|AUTOBUS|STRASSENBAHN|TRAMWAY|TRANVIA|버스|バス""",
    "taxi": """
巡游出租车 巡游出租汽车 网络预约出租车 网络预约出租汽车 拼车
出租 出租车 出租汽车 网约车 网约出租车 网络约车 滴滴 滴滴快车 滴滴出行 滴滴专车 的士 顺风车
专车 快车 计程车 计程 打车 摩的
TAXI|TAXICAB|CAB|RIDE HAILING|RIDEHAILING|RIDESHARE|RIDE SHARE|UBER|MINICAB|DIDI
택시|タクシー""",
    "ship": """
轮船 邮轮 游轮 客轮 客船 轮渡 渡轮 渡船 船 艇 游船 快艇 游艇 客滚船 客滚轮 滚装船 水路 水运
水路客运 渡口轮渡 水上巴士 水上公交 水上的士 水上客运 水上交通 快船 高速船 飞翼船
喷射船 双体船 小轮 渡海小轮 街渡
SHIP|BOAT|FERRY|FERRIES|CRUISE|CRUISE SHIP|VESSEL|LINER|STEAMSHIP
WATER TAXI|WATER BUS|WATERBUS|HOVERCRAFT|HYDROFOIL
SCHIFF|FAHRE|FAEHRE|BATEAU|NAVIRE|BARCO|NAVE|TRAGHETTO|VEERBOOT
FERRYBOAT|CRUISE LINER|SPEEDBOAT|CATAMARAN""",
}
_SHARED_WORDS = {
    "flight": "AIR",
    "train": "列车 城际",
    "coach": "客车 接驳车 客运 汽车 班车 包车 大巴 大巴车 中巴 中巴车 SHUTTLE",
    "bus": "巴士 BUS BUSES",
}
_PRIVATE = """
电动车 电瓶车 电动汽车 自驾 自驾车 自驾汽车 私家车 私家汽车 私车 私人汽车 小汽车 家用汽车
小客车 摩托 摩托车 自行车 单车 共享单车 三轮车 货车 货船 货轮
货运 渔船 救护车 轿车 卡车
AIR AMBULANCE|CARGO SHIP|FISHING BOAT|PRIVATE PLANE|PRIVATE BOAT|YACHT"""
_KINDS = """
国内 国际 省内 省际 跨省 市内 市际 县际 城市 城乡 乡村 农村 公共 普通 快速 高速 特快 直达 直飞
公路 道路 水上 海上 长江 内河 跨海 豪华 双层
卧铺 空调 大型 中型 小型 旅游 旅客 客运 商业 定期 不定期 定制 通勤 接驳 摆渡 机场 企业 单位
学校 民用 夜间 夜班 早班 晚班 经济舱 商务 硬座 软座 硬卧
软卧 乘坐 搭乘 乘 坐 转乘 类 型 组 号 车 票 次 车次 班次 线 专线 线路 交通 交通工具 出行 运输
服务 及 旅行 国产 红色 绿色 两厢 高峰
专营 跨境 INTERPROVINCIAL INTERSTATE
DOMESTIC INTERNATIONAL COMMERCIAL CHARTER CHARTERED SCHEDULED CONNECTING PASSENGER PASSENGERS
COMMUTER REGIONAL INTERCITY OVERNIGHT NIGHT
EXPRESS LOCAL LONG DISTANCE HIGH SPEED FAST SLEEPER PUBLIC PRIVATE TRANSPORT TRANSPORTATION
SERVICE RIDE TRIP JOURNEY TRAVEL NUMBER NO TICKET
LINE BY ON THE A AN TYPE MODE CLASS CITY TOURIST AIRPORT URBAN SUBURBAN DAY RIVER HARBOUR
HARBOR ISLAND LINES"""


def _split(text: str) -> list[str]:
    """Split a list of words; lines of English phrases are parted by ``|``."""
    return [
        word
        for line in text.strip().splitlines()
        for word in (line.split("|") if "|" in line else line.split())
    ]


OWN_WORDS: Mapping[str, str] = {
    word: mode for mode, words in _OWN_WORDS.items() for word in _split(words)
}
"""Words that one mode alone has, to the mode."""
SHARED_WORDS: Mapping[str, str] = {
    word: mode for mode, words in _SHARED_WORDS.items() for word in words.split()
}
"""Words that tell a mode where no word of its own does."""
SHUTTLE_WORDS: frozenset[str] = frozenset(
    ["巴士", "大巴", "大巴车", "中巴", "中巴车", "班车", "接驳车", "BUS", "BUSES", "SHUTTLE"]
)
"""Those of them that are no train, ship or aircraft, whatever stands before: 高铁接驳巴士."""
PRIVATE_WORDS: frozenset[str] = frozenset(_split(_PRIVATE))
"""Vehicles that nobody publishes or that carry no passengers: no mode at all."""
KIND_WORDS: frozenset[str] = frozenset(
    word for line in _KINDS.splitlines() for word in line.split()
)
"""Words that say which kind of a mode it is, and leave the mode as it is."""
