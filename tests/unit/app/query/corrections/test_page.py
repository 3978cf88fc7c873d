import html
import json
import re
import sqlite3

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from app.query.corrections.form import FIELD_MAX_CHARACTERS, WHAT_IS_WRONG, CorrectionForm
from exposure_index.messages.sealed_messages import CORRECTION, open_sealed
from tests.fixtures.correction_requests import PRIVATE, PUBLIC

TEXT = "我当天在家，没有乘车"


@pytest.fixture
def form(people):
    return {"what": "never_aboard", **people.close.as_form(), "trip": "G1234", "text": TEXT}


def receipt_of(page) -> str:
    return "".join(re.findall(r"<span>([0-9A-Z-]{9,10})</span>", page.text))


def send(client, form, **changed):
    return client.post("/corrections/new?lang=en", data={**form, **changed})


def look_up(client, receipt, **fields):
    return client.post("/corrections?lang=en", data={"receipt": receipt, **fields})


def test_a_request_gets_a_receipt_by_which_its_state_is_told(client, form):
    receipt = receipt_of(send(client, form))
    page = look_up(client, receipt.lower().replace("-", " "))
    assert (200, True) == (page.status_code, "Received, not read yet" in page.text)


def test_an_answer_leads_to_a_form_that_is_filled(client, people):
    answer = client.post("/check?lang=en", data=people.unlisted.as_form()).text
    assert 'action="/corrections/new?lang=en"' in answer
    page = client.post("/corrections/new", data={"step": "begin", **people.unlisted.as_form()})
    assert 200 == page.status_code
    assert f'value="{people.unlisted.id_number}"' in page.text
    assert "govuk-error-summary" not in page.text


def test_both_names_go_from_the_answer_into_the_form(client, people):
    both = people.general.with_han_name("安娜").as_form()
    page = client.post("/corrections/new", data={"step": "begin", **both})
    assert [both["name"], both["name_latin"]] == re.findall(
        r'name="name(?:_latin)?"[^>]* value="([^"]+)"', page.text
    )


def test_both_names_are_sealed(form, people):
    both = people.general.with_han_name("安娜").as_form()
    sealed = CorrectionForm.from_fields(form | both).seal(PUBLIC)
    content = json.loads(open_sealed(PRIVATE, sealed, CORRECTION))
    assert both == {name: content[name] for name in both}


def test_a_request_can_be_taken_back(client, form):
    receipt = receipt_of(send(client, form))
    page = look_up(client, receipt, step="withdraw")
    assert "Withdrawn" in page.text
    assert "Take the request back" not in page.text


@pytest.mark.parametrize(
    ("changed", "field"),
    [
        ({"what": ""}, "what"),
        ({"what": "everything"}, "what"),
        ({"id_type": "ticket"}, "id_type"),
        ({"id_number": "990000198001011230"}, "id_number"),
        ({"name": " "}, "name"),
        ({"name_latin": "N/A"}, "name_latin"),
        ({"what": "other", "text": " "}, "text"),
        ({"text": "x" * 1_001}, "text"),
        ({"trip": "x" * 101}, "trip"),
        ({"contact": "x" * 101}, "contact"),
    ],
)
def test_a_field_that_cannot_be_used_is_named_and_what_was_typed_stays(
    client, form, changed, field
):
    page = send(client, form, **changed)
    assert 422 == page.status_code
    assert f'href="#{field}"' in page.text
    assert f'id="{field}-error"' in page.text
    assert 'value="G1234"' in page.text or field == "trip"


@pytest.mark.parametrize(
    ("receipt", "words"),
    [("", "not a receipt code"), ("K7QM-2XWD-9R2A-BBBB", "not a receipt code"), ("2" * 16, "")],
)
def test_an_unknown_code_is_told(client, receipt, words):
    page = look_up(client, receipt)
    assert 422 == page.status_code
    assert (words or "There is no request with this code") in page.text


def test_nothing_of_a_request_stands_in_the_database(client, form, people, tmp_path):
    receipt = receipt_of(send(client, form, contact="+86 199 0000 0001"))
    lines = "\n".join(sqlite3.connect(tmp_path / "state" / "records.sqlite").iterdump())
    for secret in (*people.close.as_form().values(), TEXT, "G1234", "19900000001", receipt):
        assert secret not in lines
        assert secret.encode().hex().upper() not in lines
        assert secret.replace("-", "").encode().hex().upper() not in lines


def test_all_requests_are_of_one_length(client, form, tmp_path):
    send(client, form)
    send(client, form, text="")
    database = sqlite3.connect(tmp_path / "state" / "records.sqlite")
    rows = database.execute("SELECT length(sealed) FROM corrections").fetchall()
    assert [(CORRECTION.sealed_bytes,)] * 2 == rows


def test_a_network_may_send_so_many(client_of, form):
    client = client_of(network_corrections=1)
    assert [200, 429] == [send(client, form).status_code for _ in range(2)]


def test_a_request_with_a_fault_is_not_counted(client_of, form):
    client = client_of(network_corrections=1)
    assert [422, 200] == [send(client, form, what=what).status_code for what in ("", "cleared")]


def test_without_records_nothing_is_taken_and_the_page_says_so(client_of, form):
    client = client_of(database_url="postgresql://nobody@127.0.0.1:9/nothing")
    page = send(client, form)
    assert 503 == page.status_code
    assert "was not stored" in page.text


def test_without_the_public_key_nothing_is_taken(app_of, own_deployment, form):
    (own_deployment.web_keys / "sealed.pub").unlink()
    assert 503 == send(app_of(own_deployment).test_client(), form).status_code


def test_a_page_of_another_site_cannot_send_or_take_back(client, form):
    for path in ("/corrections", "/corrections/new"):
        response = client.post(path, data=form, headers={"Origin": "https://other.example"})
        assert 403 == response.status_code


@given(
    st.fixed_dictionaries(
        {name: st.text(max_size=300) for name in FIELD_MAX_CHARACTERS},
        optional={"what": st.sampled_from(WHAT_IS_WRONG), "step": st.text(max_size=9)},
    )
)
@settings(suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture])
def test_whatever_is_typed_is_answered(client, fields):
    assert send(client, {"id_type": "passport", **fields}).status_code in (200, 422, 429)
    assert 422 == look_up(client, fields["text"]).status_code


@pytest.mark.parametrize("sign", ["𠀀", '"', "\\", "\n"])
def test_the_longest_request_fits_its_message(sign):
    longest = {name: ("A" + sign * size)[:size] for name, size in FIELD_MAX_CHARACTERS.items()}
    correction = CorrectionForm(what="never_aboard", id_type="foreign_pr", **longest)
    assert CORRECTION.sealed_bytes == len(correction.seal(bytes([9]) + bytes(31)))


def turned(client, page, tag):
    """Press the header's button of another language."""
    action, step = re.search(
        rf'form="kept-receipt" formaction="([^"]*lang={tag})" name="step" value="(\w+)"', page.text
    ).groups()
    kept = page.text.partition('id="kept-receipt"')[2]
    fields = dict(re.findall(r'name="(\w+)" value="([^"]*)"', kept.partition("</form>")[0]))
    return client.post(html.unescape(action), data={**fields, "step": step})


def test_the_receipt_code_is_shown_again_in_another_language(client, form, tmp_path):
    page = send(client, form)
    again = turned(client, page, "zh-Hans")
    assert (200, receipt_of(page)) == (again.status_code, receipt_of(again))
    assert 'lang="zh-Hans"' in again.text
    database = sqlite3.connect(tmp_path / "state" / "records.sqlite")
    assert [(1,)] == database.execute("SELECT count(*) FROM corrections").fetchall()


def test_the_state_is_told_again_in_another_language(client, form):
    page = turned(client, look_up(client, receipt_of(send(client, form))), "zh-Hant")
    assert (200, True) == (page.status_code, "已收到" in page.text)


def test_a_code_that_is_being_typed_stays_in_another_language(client):
    page = client.post("/corrections?lang=zh-Hant", data={"receipt": "K7QM", "step": "begin"})
    assert (200, True) == (page.status_code, 'value="K7QM"' in page.text)
    assert 'form="state-form" formaction="/corrections?lang=en"' in page.text
    assert "govuk-error-summary" not in page.text


@pytest.mark.parametrize("receipt", ["", "K7QM", "<b>"])
def test_only_a_receipt_code_is_shown_again(client, receipt):
    page = client.post("/corrections/new", data={"step": "receipt", "receipt": receipt})
    assert (422, False) == (page.status_code, "<b>" in page.text)


@pytest.mark.parametrize("trips", [1, 2, 3, 4, 5])
def test_no_trip_of_an_answer_is_cut_off(client, trips):
    line = "Train G1234/G1235 22 January 2026; "
    page = client.post("/corrections/new", data={"step": "begin", "trip": line * trips})
    held = html.unescape(re.search(r'name="trip"[^>]* value="([^"]*)"', page.text)[1])
    assert "; ".join([line.removesuffix("; ")] * min(trips, 2)) == held


def test_a_trip_as_somebody_wrote_it_stays_through_another_language(client):
    for written in ("G1234; seat 12F;", "x" * 100):
        page = client.post("/corrections/new", data={"step": "begin", "trip": written})
        assert f'value="{written}"' in page.text
