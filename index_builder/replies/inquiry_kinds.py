"""The kinds of inquiry: question, columns of its subject, and columns of a reply."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class InquiryKind:
    """One kind of inquiry. from_inquiry: columns of `replies` that its subject fills in.

    from_reply: columns that the department fills in; required: those without which it answers
    nothing (one is enough where several are named together); english, chinese: the question.
    """

    name: str
    from_inquiry: tuple[str, ...]
    from_reply: tuple[str, ...]
    required: tuple[tuple[str, ...], ...]
    english: str
    chinese: str


_IDENTITY = ("id_type", "id_number", "name")
_PLACE = ("carriage", "seat", "board", "alight", "board_time", "alight_time", "role", "booking")

KINDS = {
    kind.name: kind
    for kind in (
        InquiryKind(
            "manifest",
            ("mode", "number"),
            ("service_date", *_PLACE, *_IDENTITY, "operator"),
            (("service_date",), ("id_number",)),
            "Who was aboard? One row a passenger or member of the crew; service_date is the "
            "boarding date of each ticket.",
            "车上有哪些乘客和乘务人员？每人一行；service_date 填车票上的乘车日期。",
        ),
        InquiryKind(
            "passenger",
            ("mode", "number", "service_date", *_PLACE),
            _IDENTITY,
            (("id_number",),),
            "Which document does this passenger hold? One row each where there were several.",
            "该乘客的证件类型和号码是什么？多名乘客每人一行。",
        ),
        InquiryKind(
            "holder",
            ("about",),
            _IDENTITY,
            (("name", "id_number"),),
            "Whose document is it? Name as written in it; further documents of this person, one "
            "row each.",
            "该证件的持有人是谁？填证件上的姓名；本人其他证件每件一行。",
        ),
        InquiryKind(
            "number",
            ("about",),
            _IDENTITY,
            (("id_number",),),
            "The number cannot be right (length or check digit). What is the right one?",
            "该公民身份号码有误（位数或校验码不符），正确号码是什么？",
        ),
        InquiryKind(
            "driver",
            ("plate",),
            ("from_time", "to_time", *_IDENTITY),
            (("id_number",),),
            "Who drove this vehicle then? One row a driver, with the times of the shift.",
            "该车当时由谁驾驶？每名驾驶员一行，并填写起止时间。",
        ),
    )
}


def kind_of(inquiry_id: str) -> InquiryKind | None:
    """Return the kind that an inquiry's id names, None where it is none of this program."""
    return KINDS.get(inquiry_id.partition("-")[0])
