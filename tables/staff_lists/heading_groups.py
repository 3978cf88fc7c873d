"""Headings of groups above a header: 家长 over 姓名 and 电话, 学生 over 证件号码.

Threat: the group is forgotten, and parents are looked up under the numbers of their children.
Limit: groups are in the row above the header; one with a colon, a year or 填报单位 is a title.
"""

import re
from collections.abc import Mapping, Sequence

from tables.headings import heading_form
from tables.staff_lists.columns import name_places, number_places
from tables.staff_lists.unread_headings import is_of_others

_TITLE = re.compile("[:：]|[0-9]{4}")
_LABEL = re.compile(
    r"\s*(?:填报|填表|制表|报送|单位|單位|公司|企业|日期|时间|company|date|employer|organi[sz]ation)",
    re.IGNORECASE,
)
_OF_NO_PERSON = re.compile(
    "证件|證件|身份|身分|护照|護照|基本|个人|個人|本人|document|identi|passport|personal|basic",
    re.IGNORECASE,
)


def groups_above(
    above: Sequence[str], headings: Sequence[str], ends: Mapping[int, int] | None = None
) -> list[str]:
    """Return under which group each heading stands, "" for none.

    above: the row above the header. ends: place → the last one over which its cell is merged;
    what is not merged goes on to the next cell that is filled.
    """
    if any(map(_TITLE.search, above)) or any(map(_LABEL.match, above)):
        return [""] * len(headings)
    ends = ends or {}
    filled = [place for place, cell in enumerate(above) if cell.strip()]
    if not filled or (len(filled) == 1 and filled[0] not in ends):
        return [""] * len(headings)
    groups = [""] * len(headings)
    for place, following in zip(filled, [*filled[1:], len(headings)], strict=True):
        for each in range(place, min(ends.get(place, following - 1) + 1, len(headings))):
            if heading_form(above[place]) != heading_form(headings[each]):
                groups[each] = above[place].strip()
    return groups


def are_apart(groups: Sequence[str], columns: Mapping[str, int]) -> bool:
    """Return whether name and number may be two people's, or somebody else's, by their groups."""
    names = {groups[place] for place in name_places(columns)}
    numbers = {groups[place] for place in number_places(columns)}
    if len(set(groups)) > 1 and any(map(is_of_others, names | numbers)):
        return True
    own = {group for group in names | numbers if group and not _OF_NO_PERSON.search(group)}
    return len(own) > 1
