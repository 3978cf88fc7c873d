"""Points of attention: what a signer should look at first, at the top of the page."""

from collections.abc import Iterator, Mapping
from typing import Any

from index_builder.report.page_texts import ATTENTION

Words = tuple[str, str]


def points_of_attention(document: Mapping[str, Any]) -> list[Words]:
    """Return what stands out in a report, in English and Chinese, the gravest first."""
    return [sentence(key, values) for key, values in _points(document)]


def sentence(key: str, values: Mapping[str, Any]) -> Words:
    """Return one sentence in both languages with its numbers."""
    english, chinese = ATTENTION[key]
    texts = [{name: _text(value, place) for name, value in values.items()} for place in (0, 1)]
    return english.format(**texts[0]), chinese.format(**texts[1])


def _text(value: int | str | None, language: int) -> str:
    if value is None:
        return ATTENTION["some"][language]
    return f"{value:,}" if isinstance(value, int) else value


def _points(document: Mapping[str, Any]) -> Iterator[tuple[str, dict[str, int | str | None]]]:
    previous, now = document["previous"], document["key_figures"]["listed"]
    if previous is None:
        yield "first", {}
    elif previous["listed"] != now:
        then = previous["listed"]
        percent = f"{(now - then) / then:+.1%}" if then and now is not None else "±"
        yield "change", {"now": now, "then": then, "percent": percent}
    for row in document["not_in_force"]:
        yield "not_in_force", {**row, "in_force_to": row["in_force_to"] or "…"}
    for row in document["unruled"]:
        yield "unruled", {"count": row["cases"], "disease": row["disease"]}
    if document["unresolved"] != 0:
        yield "unresolved", {"count": document["unresolved"]}
    for row in document["nameless"]:
        yield f"nameless_{row['kind']}", {"count": row["count"]}
    rejected = sum(row["rejected"] for row in document["tables"])
    if rejected:
        yield "rejected", {"count": rejected}
    unread = [row["unread"] for row in document["coverage"] if row.get("unread")]
    if unread:
        exact = sum(count for count in unread if isinstance(count, int))
        yield "unread", {"count": exact or None, "carriers": len(unread)}
    if not any(row.get("legs", 1) for row in document["coverage"]):
        yield "no_manifests", {}
    gaps = sum(len(row["gaps"]) for row in document["coverage"])
    if gaps:
        yield "gaps", {"count": gaps}
    waiting = [
        row["inquiries"]
        for row in document["inquiries"] or ()
        if row["age"] == "8+" and row["state"] in {"open", "exported"}
    ]
    if waiting:
        exact_counts = sum(count for count in waiting if count is not None)
        yield "old_inquiries", {"count": exact_counts or None}
