"""One person written in two ways is found; two people never are one, even under one number."""

import json
import random
from collections import defaultdict
from itertools import combinations

import pytest

from exposure_index.identity.entry_spellings import entries_of_person
from exposure_index.identity.parsing import parse_identity
from exposure_index.identity.tables import VECTORS_PATH

PAIRS = 300
SEED = 2026
ACCEPTED = [
    vector
    for vector in json.loads(VECTORS_PATH.read_text("utf-8"))["vectors"]
    if "faults" not in vector
]
SURNAMES = (
    "王李张刘陈杨黄赵吴周徐孙马朱胡郭何林罗高郑梁谢宋唐许邓冯韩曹曾彭蔡潘田董袁于余叶蒋杜苏魏程吕丁沈任姚卢傅钟姜崔谭廖范汪陆金"
    "石戴贾韦夏邱方侯邹熊孟秦白江薛尹段雷黎史龙陶贺顾毛郝龚邵万钱严赖覃洪武莫孔汤向常温康施文牛樊葛邢安齐易乔伍庞颜倪庄聂章鲁岳翟"
    "付丘代谈仝巍洗冼郤郗阎萧"
)
GIVEN_NAMES = (
    "伟芳娜敏静丽强磊军洋勇艳杰娟涛明超秀霞平刚桂英华玉兰红梅建国志文斌彬晖辉旭欣忻昊浩皓宇雨羽瑞睿锐佳嘉家俊君峻晨辰宸琪琦淇然冉岚澜"
    "淼渺翔祥颖莹盈子梓紫轩萱瑄涵晗函怡宜依诗思斯雅亚娅婷庭霆博帛泽择哲坤昆鑫馨心新欢环寰"
)
LATIN_SURNAMES = """
    SMITH JONES MUELLER SCHMIDT SILVA SANTOS GARCIA LOPEZ NGUYEN TRAN KIM PARK CHOI TANAKA SATO
    SUZUKI IVANOV PETROV KOWALSKI NOWAK DUBOIS MARTIN ROSSI BIANCHI HANSEN OLSEN SINGH KUMAR KHAN
    AHMED OKAFOR MENSAH
"""
LATIN_GIVEN_NAMES = """
    ANA BRUNO CLARA DAVID ELENA FELIX GRETA HUGO INGRID JONAS KARIM LUCIA MARCO NADIA OSCAR PETRA
    QUINN ROSA SIMON TESSA URSULA VICTOR WANDA XAVIER YUSUF ZOFIA
"""


def typed_ways():
    """Return, for each person, the distinct ways in which vectors type their fields."""
    ways = defaultdict(list)
    for vector in ACCEPTED:
        fields = (
            vector["id_type"],
            vector["id_number"],
            vector["name"],
            vector.get("name_latin", ""),
        )
        ways[vector["document"], vector["id_type"], tuple(vector["names"])].append(fields)
    return ways


def pairs_of_one_person():
    """Return pairs of ways: of the vectors, and of a name's ways under a number's ways."""
    numbers = defaultdict(set)
    for vector in ACCEPTED:
        numbers[vector["id_type"], vector["document"]].add(vector["id_number"])
    pairs = []
    for (document, id_type, _), ways in sorted(typed_ways().items()):
        for first, second in combinations(ways, 2):
            typed = {second[1], *sorted(numbers[id_type, document])[:3]}
            pairs += [(first, (id_type, number, *second[2:])) for number in sorted(typed)]
    return random.Random(SEED).sample(pairs, PAIRS)  # noqa: S311 - draws test cases


def entries_of(fields):
    id_type, id_number, *names = fields
    return entries_of_person([(id_type, id_number, frozenset(filter(None, names)))])


def inputs_of(fields):
    claim = parse_identity(*fields)
    return {claim.encode_document(), *claim.encode_names()}


@pytest.mark.parametrize(("row", "check"), pairs_of_one_person())
def test_one_person_written_in_two_ways_is_found(row, check):
    assert not entries_of(row).isdisjoint(inputs_of(check))


def two_people(surnames, given_names, separator):
    names = [separator.join((surname, given)) for surname in surnames for given in given_names]
    chance = random.Random(SEED)  # noqa: S311 - draws test cases
    return [chance.sample(names, 2) for _ in range(PAIRS // 2)]


@pytest.mark.parametrize(
    ("row", "check"),
    [
        *two_people(SURNAMES, GIVEN_NAMES, ""),
        *(["王" + first, "王" + second] for first, second in combinations(GIVEN_NAMES[:12], 2)),
        *([first + "伟", second + "伟"] for first, second in combinations(SURNAMES[-20:], 2)),
    ],
)
def test_two_people_with_han_names_are_never_one_even_under_one_number(row, check):
    number = "990101199001010019"
    entries = entries_of(("resident", number, row))
    assert entries.isdisjoint(inputs_of(("resident", number, check)))


@pytest.mark.parametrize(
    ("row", "check"), two_people(LATIN_SURNAMES.split(), LATIN_GIVEN_NAMES.split(), " ")
)
def test_two_people_with_latin_names_are_never_one_even_under_one_number(row, check):
    entries = entries_of(("passport", "XX0000001", row))
    assert entries.isdisjoint(inputs_of(("passport", "XX0000001", check)))
