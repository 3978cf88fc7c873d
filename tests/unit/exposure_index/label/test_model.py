from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from exposure_index.label.codec import (
    DAY_ZERO,
    MODES,
    RELATIONS,
    TIERS,
    LabelInvalid,
    LabelNumbers,
)
from exposure_index.label.model import Exposure, Label, Mode, Relation, Tier

days = st.dates(DAY_ZERO, DAY_ZERO + timedelta(days=65535))
trips = st.text(
    st.characters(exclude_characters="\0", exclude_categories=["Cs"]), max_size=5
).filter(lambda text: len(text.encode()) <= 15)
exposures = st.builds(
    Exposure,
    st.sampled_from(Mode),
    st.sampled_from(Tier),
    st.integers(0, 255),
    st.sampled_from(Relation),
    days,
    st.integers(0, 255),
    trips,
    st.none() | days.filter(lambda day: day > DAY_ZERO),
)
labels = st.builds(Label.of, st.lists(exposures, max_size=300))


@given(labels)
def test_a_label_survives_packing(label):
    packed = label.pack()
    assert 48 == len(packed)
    assert label == Label.unpack(packed)


@given(st.binary(min_size=48, max_size=48))
def test_other_bytes_are_refused_or_mean_one_label(data):
    try:
        label = Label.unpack(data)
    except LabelInvalid:
        return
    assert label == Label.unpack(label.pack())


def observed(sample, tier, boarded, until):
    """An exposure boarded on one day of February and observed until another one, if any."""
    last = until and date(2020, 2, until)
    return sample.exposure(tier=tier, day=date(2020, 2, boarded), observe_until=last)


def test_close_comes_before_general_and_then_the_longest_observation(sample):
    general = observed(sample, Tier.GENERAL, 1, 2)
    early = observed(sample, Tier.CLOSE, 10, 15)
    late = observed(sample, Tier.CLOSE, 2, 16)
    assert (late, early) == Label.of([general, early, late]).exposures


def test_of_one_last_day_the_latest_trip_comes_first(sample):
    early, late = (observed(sample, Tier.CLOSE, day, 16) for day in (1, 2))
    assert (late, early) == Label.of([early, late]).exposures


def test_a_trip_without_observation_stands_where_its_day_would(sample):
    plain = observed(sample, Tier.CLOSE, 15, None)
    longer, shorter = (observed(sample, Tier.CLOSE, 2, until) for until in (16, 14))
    assert (longer, plain) == Label.of([shorter, plain, longer]).exposures


def test_a_longer_observation_of_a_milder_trip_is_kept_beside_the_worst(sample):
    close, next_close = (observed(sample, Tier.CLOSE, 2, until) for until in (16, 15))
    general = observed(sample, Tier.GENERAL, 7, 21)
    assert (close, general) == Label.of([general, close, next_close]).exposures


@given(st.lists(exposures, max_size=8), days)
def test_an_observation_that_runs_is_never_hidden_behind_ended_ones(listed, today):
    def running(of):
        return any(each.observe_until and each.observe_until >= today for each in of)

    assert running(listed) == running(Label.of(listed).exposures)


def test_the_total_stops_at_255(sample):
    assert 255 == Label.of([sample.exposure()] * 1000).total


@pytest.mark.parametrize(
    ("trip", "cut"),
    [
        ("ABCDEFGHIJKLMNOPQ", "ABCDEFGHIJKLMNO"),
        ("豫豫豫豫豫豫", "豫豫豫豫豫"),
        ("A豫豫豫豫豫", "A豫豫豫豫"),
    ],
)
def test_a_long_trip_is_cut_at_a_character(sample, trip, cut):
    packed = Label.of([sample.exposure(trip=trip)]).pack()
    assert cut == Label.unpack(packed).exposures[0].trip


@pytest.mark.parametrize(
    "changes",
    [
        {"day": date(2018, 12, 31)},
        {"day": date(2199, 1, 1)},
        {"rule": 256},
        {"carriage": -1},
        {"trip": "A\0B"},
        {"observe_until": date(2199, 1, 1)},
    ],
)
def test_what_does_not_fit_is_refused(sample, changes):
    with pytest.raises(LabelInvalid):
        sample.label(**changes).pack()


def test_an_observation_that_would_read_as_none_is_refused(sample):
    with pytest.raises(LabelInvalid):
        sample.label(observe_until=DAY_ZERO).pack()


@pytest.mark.parametrize("total", [0, 2, 256])
def test_a_total_that_contradicts_the_exposures_is_refused(sample, total):
    with pytest.raises(LabelInvalid):
        Label((sample.exposure(),), total).pack()


@pytest.mark.parametrize(
    ("at", "value"), [(0, 1), (0, 3), (2, 0x81), (2, 0x13), (4, 8), (10, 255), (30, 1)]
)
def test_a_label_of_another_shape_is_refused(sample, at, value):
    data = bytearray(sample.label().pack())
    data[at] = value
    with pytest.raises(LabelInvalid):
        Label.unpack(bytes(data))


@pytest.mark.parametrize("length", [0, 47, 49])
def test_another_length_is_refused(length):
    with pytest.raises(LabelInvalid):
        Label.unpack(bytes([2]).ljust(length, b"\0"))


def test_words_are_lower_case():
    assert "same_row" == Relation.SAME_ROW.word
    assert "flight" == Mode.FLIGHT.word
    assert "close" == Tier.CLOSE.word


def test_the_numbers_of_a_label_know_every_word():
    assert (len(Mode), len(Tier), len(Relation)) == (MODES, TIERS, RELATIONS)


@given(labels)
def test_numbers_and_words_say_the_same(label):
    assert label == Label.of_numbers(label.numbers())
    assert label.numbers() == LabelNumbers.unpack(label.pack())
