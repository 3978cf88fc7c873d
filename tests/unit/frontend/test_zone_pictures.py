"""The browser draws the zone that the service draws, whatever a manifest says of distances."""

from dataclasses import asdict
from itertools import product

from app.answer_pages.zone_pictures import browser_pictures, zone_pictures
from exposure_index.label.model import Mode, Relation

DISTANCES = [
    None,
    "far",
    [],
    {"flight": {"rows": 3}, "train": {"unit": 1}, "coach": {"rows": 2}, "ship": {"unit": 1}},
    {mode.word: {"seats": 2} for mode in Mode},
    {mode.word: {"rows": 2, "unit": 1} for mode in Mode},
    {mode.word: {"rows": "1", "seats": ""} for mode in Mode},
    {mode.word: {"rows": 10**12} for mode in Mode},
    {mode.word: {"rows": None, "unit": 1} for mode in Mode},
    {mode.word: "all" for mode in Mode},
]


def test_every_zone_is_drawn_alike(in_browser):
    drawn, told = zone_pictures(), browser_pictures()
    cases = list(product(Mode, Relation, DISTANCES))
    trips = [({"mode": mode.word, "relation": one.word}, far) for mode, one, far in cases]
    answers = in_browser([("zonePicture", [trip, far, told]) for trip, far in trips])
    expected = [asdict(drawn.picture_of(mode, one, {"distances": far})) for mode, one, far in cases]
    assert expected == [answer["returned"] for answer in answers]
