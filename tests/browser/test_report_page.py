"""The report of a build as officers read it: on a phone, in the dark, aloud."""

import pytest

from index_builder.report.report_page import report_page
from tests.browser.accessibility import violations


def counts(close, general=0, became=0, **more):
    hidden = [name for name, value in (("close", close), ("general", general)) if value is None]
    return {
        "close": close,
        "general": general,
        "became_cases": became,
        "suppressed": hidden,
        **more,
    }


def rates(close, cases, **more):
    return counts(
        close,
        cases=cases,
        tracking_coefficient=close and cases and round(close / cases, 2),
        turn_positive_rate=None if close is None else 0.0272,
        **more,
    )


DOCUMENT = {
    "format": "contact-gauge-report",
    "version": 1,
    "build_id": "0123456789abcdef" * 2,
    "authority": "示例市疾病预防控制中心 <b>",
    "built_at": "2020-02-11T08:00:00Z",
    "oldest_source": "2020-02-11T00:00:00Z",
    "rules": [{"name": "nhc-2020-03", "title": "NHC, March 2020", "disease": "covid-19"}],
    "not_in_force": [
        {
            "rule": "nhc-2020-03",
            "in_force_from": "2020-03-07",
            "in_force_to": "2021-05-13",
            "first": "2020-01-10",
            "last": "2020-02-09",
        }
    ],
    "unruled": [{"disease": "measles", "cases": 6}],
    "previous": {"build_id": "f" * 32, "listed": 9000},
    "key_figures": rates(9036, 636, listed=8500, entries=9100),
    "by_exposure_day": [
        {"day": f"2020-01-{day:02}", **counts(None if day == 24 else 10 * day, day)}
        for day in range(10, 31)
    ],
    "by_mode_and_rule": [
        {"mode": "train", "rule": "nhc-2020-03", **counts(7000, 0)},
        {"mode": "setting", "rule": "nhc-2020-03", **counts(None, 12)},
    ],
    "by_reporter": [
        {"reported_by": "广州市疾病预防控制中心", **rates(9000, 600)},
        {"reported_by": "", **rates(None, 36)},
    ],
    "by_case_day": [
        {"case_date": "2020-01-22", **rates(120, 20)},
        {"case_date": None, **rates(9, 6)},
    ],
    "coverage": [
        {
            "mode": "flight",
            "operator": "中国南方航空",
            "from": "2020-01-10",
            "to": "2020-02-09",
            "legs": 1200800,
            "gaps": ["2020-01-12", "2020-01-13"],
            "unread": 12,
            "oldest_source": "2020-02-11T00:00:00Z",
        },
        {"mode": "", "operator": "", "legs": 0, "gaps": [], "unread": "1-4"},
    ],
    "widenings": [{"kind": "seat_unknown", "count": 1788}, {"kind": "unheard_of", "count": None}],
    "cleared": 40,
    "unresolved": None,
    "nameless": [{"kind": "filler", "count": 12}],
    "tables": [{"table": "legs", "rows": 23886, "used": 23880, "duplicates": 0, "rejected": 6}],
    "rejected": [{"table": "legs", "column": "number", "reason": "blank or unknown", "rows": 6}],
    "kept_with_warning": [{"table": "cases", "column": "", "reason": "given before", "rows": 1}],
    "inquiries": [
        {"kind": "driver", "department": "transport", "state": "open", "age": "8+", "inquiries": 12}
    ],
    "remarks": ["legs.csv: read as GB18030"],
}
WIDE = "document.documentElement.scrollWidth - document.documentElement.clientWidth"


@pytest.fixture(scope="module")
def address(tmp_path_factory):
    file = tmp_path_factory.mktemp("report") / "report.html"
    file.write_text(report_page(DOCUMENT), "utf-8")
    return file.as_uri()


@pytest.mark.parametrize("width", [320, 1280])
def test_the_report_has_no_barrier_and_fits_its_screen(page_of, address, width):
    page = page_of(width=width, java_script_enabled=True, bypass_csp=True)
    page.goto(address)
    for fold in page.locator("details").all():
        fold.evaluate("fold => { fold.open = true }")
    assert [] == violations(page)
    assert 0 >= page.evaluate(WIDE)


def test_the_report_asks_for_nothing_and_runs_nothing(page_of, address):
    page = page_of()
    asked = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(address)
    assert [address] == asked
    text = page.content()
    assert "<script" not in text
    assert "http" not in text.replace("http-equiv", "")


def test_what_needs_attention_comes_first_in_both_languages(page_of, address):
    page = page_of()
    page.goto(address)
    first = page.locator("main > *").first.inner_text()
    for words in ("8,500 people would be listed; 9,000 are now (-5.6%)", "6 rows were left out"):
        assert words in first
    assert "12项协查已等待8天以上" in first
    assert "1 to 4 exposed legs" in first


def test_a_count_that_is_not_shown_is_said_aloud(page_of, address):
    page = page_of()
    page.goto(address)
    row = page.locator("tr", has_text="found by investigators")
    assert "not shown" in row.text_content()
