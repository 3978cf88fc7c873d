"""From a badge to the word: every path between the screens."""

import pytest

BADGE = "CG1:ABCDEFGH:0123456789ABCDEFGHJKMNPQRSTVWXYZ:ABCD"
OTHER_BADGE = "CG1:ABCDEFGH:ZYXWVTSRQPNMKJHGFEDCBA9876543210:ABCD"
PERSON = {"id_type": "other", "id_number": "E9900000", "name": "白鹭未", "name_latin": ""}
KNOWN = {"kind": "badge", "roster": "0" * 32, "name": "白鹭", "exposure": "come_in", "reason": None}
EXPOSED = {**KNOWN, "exposure": "wait", "reason": "exposure"}
STORED = {"kind": "stored", "passage": 1, "checkin": "a1"}
NO_SYMPTOMS = {"kind": "symptoms", "none": True}


def text(words, source="wedge", **more):
    return {"kind": "text", "text": words, "source": source, **more}


def subject(who, passage=1):
    return {"kind": "subject", "passage": passage, "subject": who}


def unread(reason):
    return subject({"kind": "unread", "reason": reason})


def kinds(step):
    return [effect["kind"] for effect in step["effects"]]


def record_of(step):
    return next(effect["checkin"] for effect in step["effects"] if effect["kind"] == "record")


def test_a_badge_and_a_temperature_lead_to_the_word(player):
    steps = player.steps(text(BADGE), subject(KNOWN), text("36.5"), STORED)
    names = [step["screen"]["name"] for step in steps]
    assert ["temperature", "temperature", "pending", "word"] == names
    assert "come_in" == steps[-1]["screen"]["word"]


def test_the_word_is_shown_once_it_is_stored(player):
    step = player.last(text(BADGE), subject(KNOWN), text("36.5"))
    assert ("pending", ["record"]) == (step["screen"]["name"], kinds(step))


def test_a_badge_is_looked_up_while_the_temperature_is_measured(player):
    step = player.last(text(BADGE), text("36.5"), subject(KNOWN))
    assert "come_in" == record_of(step)["word"]


def test_who_is_looked_up_too_late_is_forgotten(player):
    step = player.last(text(BADGE), {"kind": "back"}, subject(KNOWN))
    assert {"name": "ready", "notice": None} == step["screen"]


def test_what_could_not_be_stored_lets_nobody_in(player):
    unstored = {**STORED, "checkin": None}
    step = player.last(text(BADGE), subject(KNOWN), text("36.5"), unstored)
    assert ("not_checked", None) == (step["screen"]["word"], step["screen"]["checkin"])


def test_what_could_not_be_stored_still_says_wait(player):
    unstored = {**STORED, "checkin": None}
    step = player.last(text(BADGE), subject(EXPOSED), text("36.5"), unstored)
    assert "wait" == step["screen"]["word"]


def test_a_badge_without_a_decision_is_measured_and_not_checked(player):
    step = player.last(text(BADGE), unread("no_decision"), text("36.5"), STORED)
    assert "not_checked" == step["screen"]["word"]


@pytest.mark.parametrize("reason", ["unreadable_code", "code_expired", "code_reused"])
def test_a_code_that_names_nobody_asks_for_another(player, reason):
    step = player.last(text(BADGE), unread(reason))
    assert {"name": "ready", "notice": reason} == step["screen"]


def test_exposed_people_meet_the_same_screens_as_all(player):
    def screens(who):
        steps = player.steps(
            text(BADGE), subject(who), text("36.5"), NO_SYMPTOMS, STORED, symptoms=["cough"]
        )
        return [step["screen"]["name"] for step in steps]

    assert screens(KNOWN) == screens(EXPOSED)


def test_a_fever_is_measured_twice_before_anybody_waits(player):
    steps = player.steps(text(BADGE), subject(KNOWN), text("38.2"), text("38.1"), STORED)
    assert "measure_again" == steps[2]["screen"]["advice"]
    assert "wait" == steps[-1]["screen"]["word"]


def test_both_temperatures_are_recorded_with_their_times(player):
    steps = player.steps(
        text(BADGE), subject(KNOWN), text("38.2", at=1000), text("36.5", source="typed", at=2000)
    )
    expected = [
        {"celsius": 38.2, "source": "wedge", "at": 1000},
        {"celsius": 36.5, "source": "typed", "at": 2000},
    ]
    assert expected == record_of(steps[-1])["readings"]


def test_a_cold_skin_is_warmed_up_first(player):
    step = player.last(text(BADGE), subject(KNOWN), text("34.5"))
    assert "warm_up" == step["screen"]["advice"]


def test_symptoms_are_asked_for_last(player):
    settings = {"symptoms": ["cough", "fever"]}
    cough = {"kind": "symptom", "symptom": "cough"}
    done = {"kind": "symptoms", "none": False}
    steps = player.steps(text(BADGE), subject(KNOWN), text("36.5"), cough, done, **settings)
    assert ["cough"] == record_of(steps[-1])["symptoms"]
    assert "wait" == record_of(steps[-1])["word"]


def test_symptoms_are_asked_for_at_the_door_only_where_it_is_set(player):
    passage = (text(BADGE), subject(KNOWN), text("36.5"), STORED)
    step = player.last(*passage, symptoms=["cough"], symptoms_at_entry=False)
    assert "word" == step["screen"]["name"]


def test_nobody_passes_the_symptoms_without_an_answer(player):
    done = {"kind": "symptoms", "none": False}
    step = player.last(text(BADGE), subject(KNOWN), text("36.5"), done, symptoms=["cough"])
    assert "symptoms" == step["screen"]["name"]


def test_a_symptom_chosen_by_mistake_can_be_taken_back(player):
    cough = {"kind": "symptom", "symptom": "cough"}
    step = player.last(text(BADGE), subject(KNOWN), text("36.5"), cough, cough, symptoms=["cough"])
    assert [] == step["screen"]["selection"]


def test_a_person_who_typed_is_looked_up_while_they_measure(player):
    step = player.last({"kind": "person", "person": PERSON})
    assert ("temperature", ["identify_person"]) == (step["screen"]["name"], kinds(step))


def test_a_number_of_the_other_unit_is_asked_about(player):
    steps = player.steps(
        text(BADGE), subject(KNOWN), text("98.6"), {"kind": "unit", "meant": True}, STORED
    )
    assert 37 == steps[2]["screen"]["question"]
    assert "come_in" == steps[-1]["screen"]["word"]


@pytest.mark.parametrize(
    ("words", "fault"),
    [("", "empty"), ("365", "decimal_point"), ("abc", "not_a_number"), ("33", "too_low")],
)
def test_what_is_no_temperature_says_why(player, words, fault):
    step = player.last(text(BADGE), subject(KNOWN), text(words))
    assert ("temperature", fault) == (step["screen"]["name"], step["screen"]["fault"])


def test_an_implausible_measurement_of_a_device_counts_for_nobody(player):
    reading = {"kind": "reading", "celsius": 45, "source": "serial"}
    step = player.last(text(BADGE), subject(KNOWN), reading)
    assert ("too_high", []) == (step["screen"]["fault"], step["screen"]["passage"]["readings"])


def test_a_temperature_before_the_badge_counts_for_nobody(player):
    reading = {"kind": "reading", "celsius": 36.5, "source": "bluetooth"}
    steps = player.steps(reading, text(BADGE))
    assert "badge_first" == steps[0]["screen"]["notice"]
    assert [] == steps[1]["screen"]["passage"]["readings"]


def test_a_lookup_that_never_ends_is_not_checked(player):
    step = player.last(text(BADGE), text("36.5"), {"kind": "idle"})
    assert ("not_checked", ["busy"]) == (record_of(step)["word"], record_of(step)["reasons"])


def test_the_direction_is_recorded(player):
    out = {"kind": "direction", "direction": "out"}
    step = player.last(out, text(BADGE), subject(KNOWN), text("36.5"), direction="both")
    assert "out" == record_of(step)["direction"]


def test_a_daily_report_ends_with_thanks_and_no_word(player):
    log = {"kind": "purpose", "purpose": "log"}
    steps = player.steps(log, text(BADGE), subject(EXPOSED), text("36.5"), STORED, {"kind": "next"})
    assert "log" == record_of(steps[3])["purpose"]
    assert {"name": "thanks", "stored": True} == steps[4]["screen"]
    assert "entry" == steps[5]["ui"]["purpose"]


def test_a_daily_report_of_nobody_is_refused_at_once(player):
    log = {"kind": "purpose", "purpose": "log"}
    step = player.last(log, text(BADGE), unread("foreign_badge"))
    assert {"name": "ready", "notice": "foreign_badge"} == step["screen"]
