"""Invented people: names, and document numbers that can belong to nobody.

Resident numbers have right check digits (ISO 7064 MOD 11-2) and region codes that no place has
(00…, 99…). Passport and permit numbers are longer than the nine characters that any such
document can carry (ICAO Doc 9303).
"""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta

from stdnum.cn.ric import calc_check_digit

_SURNAMES = (
    "王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧程曹袁邓许傅沈曾彭吕苏卢蒋蔡贾丁魏薛"
    "叶阎余潘杜戴夏钟汪田任姜范方石姚谭廖邹熊金陆郝孔白崔康毛邱秦江史顾侯邵孟龙万段雷钱汤尹黎易常武乔贺赖龚文"
)
_GIVEN_NAMES = (
    "伟芳娜敏静丽强磊军洋勇艳杰娟涛明超兰霞平刚桂英华玉萍红建文辉力健晶宇欣怡子轩浩然雨泽梓涵一诺思远晨曦"
    "嘉懿煜城烨霖致远俊驰熙瑞博昊天佳琪梦瑶诗雅若云舒望海波春梅冬雪国庆志强秀兰玉珍凤英桂芝淑贤德福长寿"
)
_LATIN_GIVEN = [
    "Ana",
    "Bruno",
    "Carla",
    "Dmitri",
    "Elena",
    "Farid",
    "Greta",
    "Hassan",
    "Ingrid",
    "Jonas",
    "Karin",
    "Luis",
    "Marta",
    "Nuno",
    "Olga",
    "Pavel",
    "Quirin",
    "Rosa",
    "Stefan",
    "Tomas",
    "Ursula",
    "Viktor",
    "Wanda",
    "Xenia",
    "Yusuf",
    "Zofia",
]
_LATIN_FAMILY = [
    "Abrantes",
    "Bergqvist",
    "Castellan",
    "Dorfmann",
    "Eskildsen",
    "Ferreira",
    "Grunwald",
    "Halloran",
    "Ibarra",
    "Jankowski",
    "Kowalczyk",
    "Lindqvist",
    "Moreira",
    "Nordstrom",
    "Oliveira",
    "Petrov",
    "Quintana",
    "Rasmussen",
    "Schroder",
    "Takala",
    "Ulbricht",
    "Vasquez",
    "Wernicke",
    "Ximenes",
    "Yilmaz",
    "Zielinski",
]
_BORN_FIRST, _BORN_DAYS = date(1940, 1, 1), 27_000


@dataclass(frozen=True, slots=True)
class Person:
    """One identity document and the name on it."""

    id_type: str
    id_number: str
    name: str


class Inventor:
    """Invents people, each number once; the same seed gives the same people."""

    def __init__(self, chance: random.Random) -> None:
        """chance: where every choice comes from."""
        self._chance = chance
        self._used: set[str] = set()

    def resident(self, name: str | None = None) -> Person:
        """Return a person with a resident number of no region."""
        return Person("resident", self._fresh(self._resident_number), name or self.han_name())

    def passenger(self) -> Person:
        """Return somebody as one meets aboard: mostly residents, some with other documents."""
        kind = self._chance.random()
        if kind < 0.9:
            return self.resident()
        if kind < 0.96:
            return self.foreigner()
        return Person("hk_mo_permit", self._fresh(self._permit_number), self.han_name())

    def foreigner(self, name: str | None = None) -> Person:
        """Return a person with a passport and a name in Latin letters."""
        return Person("passport", self._fresh(self._passport_number), name or self.latin_name())

    def born_before_1999(self) -> tuple[Person, str]:
        """Return a person with the 18-digit number, and the 15 digits of the same person's card."""
        while True:
            person = self.resident()
            if person.id_number[6:8] == "19":
                return person, person.id_number[:6] + person.id_number[8:17]

    def han_name(self) -> str:
        """Return a surname and one or two characters."""
        given_name = self._chance.choices(_GIVEN_NAMES, k=self._chance.choice((1, 2, 2)))
        return self._chance.choice(_SURNAMES) + "".join(given_name)

    def latin_name(self) -> str:
        """Return a given and a family name."""
        return f"{self._chance.choice(_LATIN_GIVEN)} {self._chance.choice(_LATIN_FAMILY)}"

    def _fresh(self, make: Callable[[], str]) -> str:
        while True:
            number = make()
            if number not in self._used:
                self._used.add(number)
                return number

    def _resident_number(self) -> str:
        born = _BORN_FIRST + timedelta(days=self._chance.randrange(_BORN_DAYS))
        region = f"{self._chance.choice(('00', '99'))}{self._chance.randrange(10_000):04}"
        digits = f"{region}{born:%Y%m%d}{self._chance.randrange(1_000):03}"
        return digits + calc_check_digit(digits + "0")

    def _passport_number(self) -> str:
        return f"ZZ0{self._chance.randrange(10**7):07}Q0"

    def _permit_number(self) -> str:
        return f"HX00{self._chance.randrange(10**7):07}Z"
