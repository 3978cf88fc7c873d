"""The browser merges labels as the service does: generated ones, of several authorities."""

import random
from dataclasses import dataclass
from datetime import date, timedelta
from types import SimpleNamespace

from exposure_index.label.codec import NOBODY
from exposure_index.label.model import Exposure, Label, Mode, Relation, Tier
from exposure_index.lookup.check import look_up_exposures
from exposure_index.lookup.result import Missing

EPOCH = date(1970, 1, 1)
CASES = 400


@dataclass(frozen=True)
class Signed:
    """What a manifest tells, as far as an answer needs it."""

    authority: str
    rules: dict

    def rule(self, number):
        found = (rule for rule in self.rules.values() if rule.get("number") == number)
        return next(found, {})

    def rule_name(self, number):
        found = (name for name, rule in self.rules.items() if rule.get("number") == number)
        return next(found, str(number))


def drawn_rules(draw):
    rules = {}
    for number in draw.sample(range(1, 6), draw.randint(0, 4)):
        rule = {"number": number}
        if draw.random() < 0.9:
            rule["disease"] = draw.choice(["covid-19", "measles"])
        if draw.random() < 0.9:
            rule["observation_days"] = draw.choice([0, 14, 21])
        rules[f"rule-{number}"] = rule
    return rules


def drawn_label(draw, last_day):
    trips = [
        Exposure(
            draw.choice(list(Mode)),
            draw.choice([Tier.CLOSE, Tier.GENERAL]),
            draw.randint(1, 5),
            draw.choice(list(Relation)),
            last_day - timedelta(days=draw.choice([14, 14, 15, 21, 22, 40])),
            draw.choice([0, 8, 201, 255]),
            draw.choice(["G1", "CZ3013", "粤B00000"]),
            draw.choice([None, last_day, last_day, last_day - timedelta(days=draw.randint(1, 30))]),
        )
        for _ in range(draw.choice([1, 1, 2, 2, 3, 300]))
    ]
    return Label.of(trips)


def as_browser(label):
    exposures = [
        {
            "mode": e.mode.word,
            "tier": e.tier.word,
            "rule": e.rule,
            "relation": e.relation.word,
            "day": (e.day - EPOCH).days,
            "carriage": e.carriage,
            "trip": e.trip,
            "observeUntil": e.observe_until and (e.observe_until - EPOCH).days,
        }
        for e in label.exposures
    ]
    return {"exposures": exposures, "total": label.total}


def as_index(manifest, labels):
    """Return what the service looks into: an index that finds these labels."""
    found = tuple([*(label.numbers() for label in labels), NOBODY, NOBODY, NOBODY][:3])
    return SimpleNamespace(
        manifest=manifest,
        entry_labels=lambda _: found,
        rule_names=tuple(manifest.rule_name(number) for number in range(256)),
    )


def expected(indexes, missing):
    told = look_up_exposures(indexes, None, missing=missing)
    trips = [
        {
            "mode": trip.mode.word,
            "tier": trip.tier.word,
            "relation": trip.relation.word,
            "day": (trip.service_date - EPOCH).days,
            "carriage": trip.carriage,
            "trip": trip.number,
            "ruleName": trip.rule,
            "observeUntil": trip.observe_until and (trip.observe_until - EPOCH).days,
            "authority": trip.authority,
        }
        for trip in told.exposures
    ]
    return {"status": told.status, "total": told.total, "exposures": trips}


def test_generated_labels_are_answered_alike(in_browser):
    draw, calls, wanted = random.Random(7), [], []  # noqa: S311 - draws test cases
    for _ in range(CASES):
        found, indexes = [], []
        for number in range(draw.randint(1, 3)):
            manifest = Signed(f"City {number}", drawn_rules(draw))
            labels = [
                drawn_label(draw, date(2020, 3, 1)) for _ in range(draw.choice([0, 0, 1, 2, 3]))
            ]
            if (
                len(labels) > 1 and draw.random() < 0.3
            ):  # as a person's entries, one a spelling, are
                labels[draw.randrange(1, len(labels))] = labels[0]
            indexes.append(as_index(manifest, labels))
            shown = {"authority": manifest.authority, "rules": manifest.rules}
            found.append({"manifest": shown, "labels": [as_browser(label) for label in labels]})
        missing = (Missing("South", "absent"),) if draw.random() < 0.5 else ()
        calls.append(("merged", [found, [one._asdict() for one in missing]]))
        wanted.append(expected(indexes, missing))
    for call, want, given in zip(calls, wanted, in_browser(calls), strict=True):
        returned = given["returned"]
        for trip in returned["exposures"]:
            del trip["rule"]
        assert want == {name: returned[name] for name in want}, call


def test_what_the_api_tells_to_be_missing_is_read(in_browser):
    told = [
        {"authority": "South", "reason": "stale"},
        {"authority": None, "reason": "absent"},
        {"authority": "West", "reason": "of a later version"},
    ]
    (given,) = in_browser([("missingTold", [told])])
    assert given["returned"] == [
        {"authority": "South", "why": "stale"},
        {"authority": "", "why": "absent"},
        {"authority": "West", "why": "damaged"},
    ]


def test_what_is_missing_now_and_what_was_are_united(in_browser):
    now, before = Missing("South", "stale")._asdict(), Missing("South", "absent")._asdict()
    west = Missing("West", "expired")._asdict()
    calls = [("united", each) for each in ([[now], [before, west]], [[], [west]], [[now], []])]
    united = [given["returned"] for given in in_browser(calls)]
    assert united == [[now, west], [west], [now]]
