"""What the settings page says of messages about ended checks: sent, to be tried again, given up."""

from dataclasses import dataclass

from flask_babel import LazyString, gettext, lazy_gettext

from app.bulk.webhooks.deliveries import NO_WEBHOOK, NOT_ALLOWED, UNUSABLE
from app.bulk.webhooks.sending import NOT_TRUSTED, TOO_SLOW, UNREACHABLE
from app.i18n import sentence_gap
from app.portal.formats import short_moment
from app.records.organisations.webhook_deliveries import DeliveryReport, DeliveryState

STATE_WORDS: dict[str, LazyString] = {
    DeliveryState.WAITING: lazy_gettext("Not delivered yet"),
    DeliveryState.DELIVERED: lazy_gettext("Delivered"),
    DeliveryState.GIVEN_UP: lazy_gettext("Given up"),
}
OUTCOME_WORDS: dict[str, LazyString] = {
    UNREACHABLE: lazy_gettext("Your server cannot be reached."),
    TOO_SLOW: lazy_gettext("Your server answers too slowly."),
    NOT_TRUSTED: lazy_gettext("The certificate of your server is not valid."),
    NOT_ALLOWED: lazy_gettext("There is no server on the internet at this address."),
    UNUSABLE: lazy_gettext("The secret can no longer be used: save the address again."),
    NO_WEBHOOK: lazy_gettext("No address was set."),
}


@dataclass(frozen=True, slots=True)
class DeliveryLine:
    """One message as the page shows it; at: when its check ended; detail: why it stands so."""

    job: str
    at: int
    words: LazyString
    detail: str


def delivery_line(report: DeliveryReport) -> DeliveryLine:
    """Return a message in words."""
    words = STATE_WORDS[report.state]
    return DeliveryLine(report.job, report.created_at, words, _detail(report))


def _detail(report: DeliveryReport) -> str:
    if report.state == DeliveryState.DELIVERED:
        return ""
    parts = [_outcome(report.outcome)] if report.outcome else []
    if report.state == DeliveryState.WAITING:
        parts.append(str(gettext("Next attempt: %(moment)s", moment=short_moment(report.due_at))))
    return sentence_gap().join(parts)


def _outcome(outcome: str) -> str:
    if outcome.isdigit():
        return str(gettext("Your server answered with status %(status)s.", status=outcome))
    return str(OUTCOME_WORDS.get(outcome, OUTCOME_WORDS[UNREACHABLE]))
