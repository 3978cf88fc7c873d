import json
import re

import pytest

from app.openapi import view
from app.openapi.document import openapi_document

DOCS = "/api/docs"


@pytest.fixture
def document(client):
    return json.loads(client.get("/api/openapi.json").data)


@pytest.fixture
def page(client):
    return client.get(f"{DOCS}?lang=en").get_data(as_text=True)


def test_the_page_names_every_operation_and_every_type(document, page):
    for path, methods in document["paths"].items():
        for method, operation in methods.items():
            assert f"{method.upper()} {path}" in page
            assert f'id="{operation["operationId"]}"' in page
    for name in document["components"]["schemas"]:
        assert f'id="type-{name}"' in page


def test_every_link_within_the_page_leads_somewhere_and_no_id_stands_twice(page):
    ids = re.findall(r' id="([^"]+)"', page)
    assert set(re.findall(r'href="#([^"]+)"', page)) <= set(ids)
    assert sorted(set(ids)) == sorted(ids)


def test_the_page_loads_nothing_from_anybody_else_and_no_script(page):
    assert "<script" not in page
    assert not re.findall(r'(?:src|href)="(?:https?:)?//', page)


@pytest.mark.parametrize(
    ("language", "heading"),
    [("zh-Hans", "接口文档"), ("zh-Hant", "介面文件"), ("en", "API reference")],
)
def test_our_own_words_are_in_the_language_of_the_page(client, language, heading):
    page = client.get(f"{DOCS}?lang={language}").get_data(as_text=True)
    assert f">{heading}</h1>" in page


def test_the_document_is_made_once_whatever_query_is_asked_with(client, monkeypatch):
    made = []

    def counted(*arguments):
        made.append(arguments)
        return openapi_document(*arguments)

    monkeypatch.setattr(view, "openapi_document", counted)
    client.application.extensions.pop(view.KEPT, None)
    answers = [client.get(f"{path}?x={n}") for path in (DOCS, "/api/openapi.json") for n in (1, 2)]
    assert [200] * 4 == [answer.status_code for answer in answers]
    assert 1 == len(made)
