import json
from types import SimpleNamespace

import pytest

from app.checks.response_body import exposure_json
from app.checks.response_schema import ExposureItem
from exposure_index.label.codec import ExposureNumbers

INDEX = SimpleNamespace(rule_names={3: "nhc-2020-03"}, manifest=SimpleNamespace(authority="甲"))
TRAIN = ExposureNumbers(2, 1, 3, 4, 386, 400, 8, "G1234")


def written(**changes):
    exposure = TRAIN._replace(**changes)
    return json.loads(exposure_json(exposure, INDEX).decode().strip().removeprefix(","))


@pytest.mark.parametrize(
    ("number", "carriage"),
    [(0, None), (1, 1), (200, 200), (201, "加1"), (254, "加54"), (255, "other")],
)
def test_a_carriage_is_written_as_the_schema_has_it(number, carriage):
    assert carriage == ExposureItem.model_validate(written(carriage=number)).carriage


def test_a_trip_has_its_own_last_day_of_observation():
    assert "2020-02-05" == written(observe_until=400)["observe_until"]


def test_a_trip_without_observation_has_none():
    assert written(observe_until=0)["observe_until"] is None
