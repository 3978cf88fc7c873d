"""Receipt codes that a page sends again, to be shown in another language."""

from collections.abc import Mapping
from http import HTTPStatus

from app.records.citizens.receipt_codes import ReceiptMistyped, parse_receipt
from app.web.error_types import BadInput


def parse_kept_receipt(form: Mapping[str, str]) -> str:
    """Parse the hidden field of a page of ours. Raises BadInput for what none of them sent."""
    try:
        return parse_receipt(form.get("receipt", ""))
    except ReceiptMistyped:
        raise BadInput(HTTPStatus.UNPROCESSABLE_ENTITY) from None
