"""What an officer reads first."""

import pytest

from index_builder.data_dictionary.classification import DEPARTMENTS
from index_builder.report.attention import points_of_attention
from index_builder.report.page_texts import DEPARTMENTS as DEPARTMENT_WORDS

NOT_IN_FORCE = {
    "rule": "r",
    "in_force_from": "a",
    "in_force_to": "",
    "first": "c",
    "last": "d",
}
QUIET = {
    "previous": {"listed": 900},
    "key_figures": {"listed": 900},
    "not_in_force": [],
    "unruled": [],
    "unresolved": 0,
    "nameless": [],
    "tables": [{"rejected": 0}],
    "coverage": [{"gaps": []}],
    "inquiries": None,
}


def waiting(*counts, age="8+", state="open"):
    return {"inquiries": [{"inquiries": n, "age": age, "state": state} for n in counts]}


@pytest.mark.parametrize(
    ("change", "english", "chinese"),
    [
        ({"previous": None}, "First build here", "首次生成"),
        ({"key_figures": {"listed": 450}}, "900 are now (-50.0%)", "目前为900人（-50.0%）"),
        ({"key_figures": {"listed": None}}, "1 to 4 people would be listed", "将列入1至4人"),
        ({"unresolved": None}, "1 to 4 exposed legs", "1至4段"),
        ({"nameless": [{"kind": "blank", "count": 12}]}, "name a document and no person", "12段"),
        ({"nameless": [{"kind": "filler", "count": None}]}, "a filler or a mask", "1至4段"),
        ({"tables": [{"rejected": 3}, {"rejected": 4}]}, "7 rows", "7行"),
        ({"unruled": [{"disease": "mpox", "cases": 7}]}, "7 cases of mpox are left out", "7例mpox"),
        ({"unruled": [{"disease": "mpox", "cases": None}]}, "1 to 4 cases of mpox", "1至4例"),
        ({"coverage": [{"gaps": [], "unread": 12}]}, "12 rows of 1 carriers list nobody", "12行"),
        ({"coverage": [{"gaps": [], "unread": "1-4"}]}, "1 to 4 rows of 1 carriers", "1至4行"),
        ({"not_in_force": [{**NOT_IN_FORCE}]}, "r was in force from a to …; here it is", "c至d"),
        ({"coverage": []}, "There are no manifests", "没有乘客名单"),
        ({"coverage": [{"gaps": ["2020-01-20"]}]}, "1 days without", "1天"),
        (waiting(7, None, 2), "9 inquiries", "9项"),
        (waiting(None), "1 to 4 inquiries", "1至4项"),
    ],
)
def test_what_stands_out_is_said_in_both_languages(change, english, chinese):
    ((english_point, chinese_point),) = points_of_attention({**QUIET, **change})
    assert english in english_point
    assert chinese in chinese_point


@pytest.mark.parametrize("change", [{}, waiting(5, age="2-3"), waiting(5, state="answered")])
def test_nothing_is_said_where_nothing_stands_out(change):
    assert [] == points_of_attention({**QUIET, **change})


def test_every_department_has_words():
    assert set(DEPARTMENTS) == set(DEPARTMENT_WORDS)
