"""Words of the data dictionary: those that a column may hold, and those that departments write."""

from collections.abc import Mapping
from types import MappingProxyType

from exposure_index.trip_text.modes import MODES
from index_builder.data_dictionary.table_definitions import CLASSIFICATIONS, ROLES

WORDS: Mapping[str, frozenset[str]] = MappingProxyType(
    {
        "mode": frozenset(MODES),
        "role": ROLES,
        "classification": CLASSIFICATIONS,
        "id_type": frozenset(
            ("resident", "passport", "hk_mo_permit", "tw_permit", "foreign_pr", "other")
        ),
        "severe": frozenset(("yes", "no")),
        "aircon": frozenset(("yes", "no")),
    }
)
"""Columns that hold one of a few words."""

USUAL_WORDS: Mapping[str, Mapping[str, str]] = MappingProxyType(
    {
        "role": {
            "旅客": "passenger",
            "乘客": "passenger",
            "乘务员": "crew",
            "列车员": "crew",
            "机组": "crew",
            "机组人员": "crew",
            "司机": "crew",
            "婴儿": "infant",
        },
        "classification": {
            "确诊": "confirmed",
            "确诊病例": "confirmed",
            "疑似": "suspected",
            "疑似病例": "suspected",
            "无症状": "asymptomatic",
            "无症状感染者": "asymptomatic",
        },
    }
)
"""Words that departments write into columns of a few words, where no other module reads them."""
