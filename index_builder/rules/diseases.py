"""Names of diseases: how departments write them, folded to the one that rule sets name.

Source of the codes: ICD-10, World Health Organization (U07.1 and U07.2 COVID-19, A15 and A16
respiratory tuberculosis, B05 measles, B06 rubella). The Chinese names are those of 传染病防治法 and
of the plans of 2020; Taiwan's name of COVID-19 is that of its Centers for Disease Control.
"""

import re
from collections.abc import Mapping
from functools import lru_cache
from types import MappingProxyType

from exposure_index.trip_text.folding import compact, spaced

NAME_MAX_CHARACTERS = 60
_CELLS_KEPT = 1 << 10  # a hundred thousand cases have a few diseases

_SPELLINGS: Mapping[str, str] = MappingProxyType(
    {
        "covid-19": "covid19 covid sarscov2 2019ncov ncov2019 ncov ncp cov19 u071 u072 "
        "coronavirusdisease2019 novelcoronavirus novelcoronaviruspneumonia 新冠 新冠肺炎 新冠病毒 "
        "新冠病毒感染 新冠感染 新冠病毒肺炎 新型冠状病毒 新型冠状病毒肺炎 新型冠状病毒感染 "
        "新型冠状病毒感染的肺炎 新型冠狀病毒 新型冠狀病毒肺炎 新型冠狀病毒感染 2019冠状病毒病 "
        "2019冠狀病毒病 嚴重特殊傳染性肺炎 严重特殊传染性肺炎",
        "tuberculosis": "tuberculosis tb ptb pulmonarytuberculosis pulmonarytb mdrtb xdrtb a15 a16 "
        "肺结核 肺結核 肺结核病 结核 結核 结核病 結核病",
        "measles": "measles rubeola morbilli b05 麻疹",
        "rubella": "rubella germanmeasles b06 风疹 風疹 德國麻疹",
        "influenza": "influenza flu 流感 流行性感冒",
        "sars": "sars 非典 非典型肺炎 传染性非典型肺炎 嚴重急性呼吸道症候群",
        "mers": "mers merscov 中东呼吸综合征 中東呼吸症候群冠狀病毒感染症",
        "meningococcal-disease": "meningococcaldisease meningococcalmeningitis 流脑 流腦 "
        "流行性脑脊髓膜炎 流行性腦脊髓膜炎",
        "ebola": "ebola ebolavirusdisease evd 埃博拉 埃博拉出血热 埃博拉病毒病",
        "lassa": "lassa lassafever 拉沙热",
        "mpox": "mpox monkeypox 猴痘 m痘",
        "diphtheria": "diphtheria 白喉",
        "pertussis": "pertussis whoopingcough 百日咳",
        "plague": "plague pneumonicplague 鼠疫 肺鼠疫",
        "cholera": "cholera 霍乱 霍亂",
    }
)
KNOWN_DISEASES = frozenset(_SPELLINGS)
"""Names that a message may quote: a cell of another word may hold anything."""

_NAME_OF = {spelling: name for name, words in _SPELLINGS.items() for spelling in words.split()}
_NOT_A_LETTER = re.compile(r"[\W_]+")
_HAN = "\u4e00-\u9fff"
_BETWEEN_NAMES = re.compile(
    rf"[()\[\]/,;、，；|]+|(?<=[{_HAN}])[\s-]*(?=[A-Z0-9])|(?<=[A-Z0-9])[\s-]*(?=[{_HAN}])"
)


@lru_cache(_CELLS_KEPT)
def canonical_disease(text: str) -> str:
    """Return the name of a disease: a known one's, or the text itself in small letters; "" blank.

    A cell that writes one disease twice, `COVID-19（新冠肺炎）`, `TB 肺结核`, is that disease.
    Whatever else stands beside a known word makes another disease of it: no rule set is for that.
    """
    if (name := _NAME_OF.get(_letters(text))) is not None:
        return name
    parts = map(_letters, _BETWEEN_NAMES.split(spaced(text)))
    names = {_NAME_OF.get(part, "") for part in parts if part}
    if len(names) == 1 and (name := names.pop()):
        return name
    return _NOT_A_LETTER.sub("-", spaced(text).lower()).strip("-")


def _letters(text: str) -> str:
    return _NOT_A_LETTER.sub("", compact(text)).lower()
