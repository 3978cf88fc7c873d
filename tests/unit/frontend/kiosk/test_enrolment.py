from app.kiosk.enrolment.kiosk_fleet import KioskFleet


def kiosks(tablet):
    return KioskFleet(tablet.gate.services.records).list(tablet.gate.organisation_id)


def test_a_code_makes_a_kiosk_that_knows_its_name_and_organisation(tablet):
    assert "ok" == tablet.enrol()
    state = tablet.state()
    assert ("enrolled", "东门") == (state["phase"], state["kiosk"]["name"])
    assert "示例工厂" == state["organisation"]["title"]
    assert "sure" == state["clock"]


def test_a_code_may_be_typed_with_spaces_in_small_letters_or_scanned(tablet):
    tablet.open()
    code = tablet.code()
    assert "ok" == tablet.call("enrol", f" {code[:4]}-{code[4:]} ".lower())
    tablet.call("forget")
    assert "ok" == tablet.call("enrol", f"{tablet.origin}/kiosk#enrol={tablet.code()}")


def test_a_code_that_nobody_made_is_unknown(tablet):
    tablet.open()
    assert "unknown_code" == tablet.call("enrol", "0000-0000-0000-0000")


def test_half_a_code_is_not_sent(tablet):
    tablet.open()
    assert "invalid_code" == tablet.call("enrol", tablet.code()[:8])
    assert [] == tablet.do("requests")


def test_one_code_makes_one_kiosk(tablet):
    tablet.open()
    code = tablet.code()
    assert "ok" == tablet.call("enrol", code)
    tablet.call("forget")
    assert "code_used" == tablet.call("enrol", code)
    assert 1 == len(kiosks(tablet))


def test_an_enrolled_tablet_is_not_enrolled_over(tablet):
    tablet.enrol()
    assert "enrolled" == tablet.call("enrol", tablet.code())


def test_an_enrolment_whose_answer_was_lost_can_be_asked_for_again(tablet):
    tablet.open()
    code = tablet.code()
    tablet.network("lose_answers")
    assert "offline" == tablet.call("enrol", code)
    tablet.network("up")
    assert "ok" == tablet.call("enrol", code)
    assert 1 == len(kiosks(tablet))


def test_a_kiosk_is_still_one_when_its_page_opens_anew_offline(tablet):
    tablet.enrol()
    tablet.do("kill", "page")
    tablet.network("down")
    state = tablet.open("next")
    assert ("enrolled", "sure") == (state["phase"], state["clock"])
