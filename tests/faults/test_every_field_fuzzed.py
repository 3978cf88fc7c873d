"""Every field of every form and body, filled with whatever comes: a clear answer, never an echo.

A marker stands in what is sent; it must stand in no log line, and in no response but the page that
shows a citizen what they typed.
"""

import json
from urllib.parse import quote_from_bytes

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

MARKER = "ZQMARKERQZ"
EXAMPLES = 80
CHECKED = ["id_type", "id_number", "name", "name_latin"]
FIELDS = [*CHECKED, "step", "proof", "name_2", "name_latin_3", "id_number_6", "id_type_2"]
OWN_PAGES = frozenset({200, 422})  # the answer and the form repeat what was typed, as text

drawn_alike_each_time = settings(
    max_examples=EXAMPLES,
    derandomize=True,
    deadline=None,
    database=None,
    suppress_health_check=list(HealthCheck),
)
ENCODINGS = ["utf-8", "gb18030", "utf-16", "latin-1", "shift_jis"]
texts = st.one_of(
    st.text(max_size=40),
    st.text(st.characters(categories=["Cc", "Cf", "Cs", "Co", "Cn"]), max_size=20),
    st.sampled_from(
        ["\x00", "\ud800", "\u202e", "\ufdfd" * 30, "0" * 5_000, "甲" * 3_000, "{{7*7}}"]
    ),
    st.sampled_from(["resident", "passport", "990000198001011234", "add", "correct", "wait.AAAA"]),
)


def marked(text: str) -> str:
    return text[:20] + MARKER + text[20:]


@st.composite
def form_bodies(draw) -> bytes:
    names = draw(st.lists(st.sampled_from([*FIELDS, "x", ""]), max_size=12))
    parts = []
    for name in names:
        value = marked(draw(texts)) if draw(st.booleans()) else draw(texts)
        encoding = draw(st.sampled_from(ENCODINGS))
        errors = "surrogatepass" if encoding.startswith("utf") else "replace"
        raw = value.encode(encoding, errors)
        parts.append(f"{name}={quote_from_bytes(raw)}".encode() if draw(st.booleans()) else raw)
    return b"&".join(parts)


json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | texts.map(marked),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(texts, inner, max_size=3),
    max_leaves=8,
)


@st.composite
def json_bodies(draw) -> bytes:
    pairs = draw(st.lists(st.tuples(st.sampled_from(CHECKED), json_values), max_size=5))
    inner = ",".join(f"{json.dumps(name)}:{json.dumps(value)}" for name, value in pairs)
    text = draw(st.sampled_from(["{%s}", "[%s]", "{%s", "\ufeff{%s}", "{%s}{}", "%s"])) % inner
    if draw(st.booleans()):
        text = text.replace('"', "'", 1)
    return text.encode(draw(st.sampled_from(["utf-8", "utf-16", "gb18030"])), "replace")


@pytest.fixture
def unlimited(client_of):
    return client_of(limits="off")


@pytest.fixture
def indexless(client_of, tmp_path):
    return client_of(limits="off", index_dir=str(tmp_path / "nothing"))


@pytest.fixture(params=["with an index", "without one"])
def client(request, unlimited, indexless):
    return unlimited if request.param == "with an index" else indexless


def clear(response, *, repeats: frozenset[int] = frozenset()) -> None:
    assert response.status_code < 500 or response.status_code == 503
    if response.status_code not in repeats:
        assert MARKER not in response.text


@drawn_alike_each_time
@given(body=form_bodies())
def test_a_form_of_anything_gets_a_clear_answer(client, body):
    response = client.post("/check", data=body, content_type="application/x-www-form-urlencoded")
    clear(response, repeats=OWN_PAGES)


@drawn_alike_each_time
@given(body=json_bodies())
def test_a_check_of_anything_gets_a_clear_answer(client, body):
    response = client.post("/api/v1/checks", data=body, content_type="application/json")
    clear(response)
    if response.status_code >= 400:
        assert response.content_type == "application/problem+json"


@drawn_alike_each_time
@given(body=st.binary(max_size=200), kind=texts, path=st.sampled_from(["/check", "/api/v1/checks"]))
def test_bytes_of_any_type_get_a_clear_answer(client, body, kind, path):
    kind = "".join(c for c in kind if c.isprintable() and c.isascii())
    clear(client.post(path, data=body, content_type=kind))


@drawn_alike_each_time
@given(value=texts, name=st.sampled_from(["X-Gauge-Proof", "Accept-Language", "Origin"]))
def test_headers_of_anything_get_a_clear_answer(client, people, value, name):
    value = (
        "".join(c for c in value if c.isprintable()).encode("utf-8", "replace").decode("latin-1")
    )
    for path, sent in (("/api/v1/checks", "json"), ("/check", "data")):
        clear(client.post(path, headers={name: value}, **{sent: people.unlisted.as_form()}))


@drawn_alike_each_time
@given(path=texts)
def test_addresses_of_anything_get_a_clear_answer(client, path):
    quoted = quote_from_bytes(marked(path).encode("utf-8", "surrogatepass"), safe="")
    for place in ("/", "/api/v1/", "/check?lang="):
        clear(client.get(place + quoted))
    for place in ("/q/", "/bundle/"):  # whose language links lead to the same address
        assert client.get(place + quoted).status_code in (303, 404)


def test_no_log_line_holds_what_was_sent(client, people, capfd):
    for path, kind in (
        ("/check", "application/x-www-form-urlencoded"),
        ("/api/v1/checks", "application/json"),
    ):
        for body in (MARKER, f"name={MARKER}", json.dumps({"name": MARKER}), f"{{{MARKER}"):
            client.post(path, data=body, content_type=kind)
            client.post(f"{path}/{MARKER}", data=body, content_type=kind)
            client.put(path, data=body, content_type=kind, headers={"X-Gauge-Proof": MARKER})
    client.post("/api/v1/checks", json={**people.close.as_form(), "name": MARKER})
    assert MARKER not in "".join(capfd.readouterr())


@pytest.mark.parametrize("depth", [10, 1_000, 30_000])
def test_deep_nesting_is_refused_as_malformed(unlimited, depth):
    body = '{"name":' + "[" * depth + "]" * depth + "}"
    response = unlimited.post("/api/v1/checks", data=body, content_type="application/json")
    assert response.status_code in (400, 413, 422)
