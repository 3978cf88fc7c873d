"""Tells watchers that a trip of theirs is among the published ones. Never fails a publication.

Only what is published leads to a message, never the trips of cases: a message must tell nothing
that is not on the page for everybody.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from exposure_index.files.trip_list import TripList
from exposure_index.messages.sms_gateway import SmsGateway, SmsNotSent
from exposure_index.messages.watch_message import Watch
from exposure_index.trip_text.plates import modes_of
from index_builder.alerts.ledger import WatchLedger
from index_builder.alerts.open_alerts import OpenedWatches

FAILURES_MAX = 5
"""After so many messages in a row that were not taken, the gateway is left alone till next time."""

# No trip, no "case", no name: a text is read over shoulders and stays in a list of messages.
TEXTS: Mapping[str, str] = {
    "zh-Hans": "您设置提醒的行程有了新的公布信息。请打开 {address} 查询。"
    "本服务绝不会要钱、要密码或验证码。",
    "zh-Hant": "您設定提醒的行程有了新的公布資訊。請打開 {address} 查詢。"
    "本服務絕不會要錢、要密碼或驗證碼。",
    "en": "There is news about a trip that you asked to be told about. Look it up at {address}. "
    "This service never asks for money, a password or a code.",
}


@dataclass(frozen=True, slots=True)
class Telling:
    """What became of watches.

    published: watches of published trips; before: of these, told earlier; told, failed: telephones
    that were sent a message now, or could not be; given_up: whether the gateway failed so often
    that the rest was left for the next time.
    """

    published: int
    before: int
    told: int
    failed: int
    given_up: bool = False


def tell_watchers(
    opened: OpenedWatches,
    trips: TripList,
    gateway: SmsGateway,
    ledger: WatchLedger,
    address: str,
) -> Telling:
    """Send one message to each telephone that watches a trip newly published; return the counts.

    address: of the page of trips. Raises TripListDamaged, or OSError of the ledger.
    """
    published = [watch for watch in opened.watches if _published(trips, watch)]
    waiting: dict[str, list[Watch]] = {}
    for watch in published:
        if not ledger.told(watch):
            waiting.setdefault(watch.phone, []).append(watch)
    told = failed = in_a_row = 0
    for phone, watches in waiting.items():
        if in_a_row == FAILURES_MAX:
            break
        text = TEXTS.get(watches[-1].language, TEXTS["en"]).format(address=address)
        try:
            gateway.send(phone, text)
        except SmsNotSent:
            failed, in_a_row = failed + 1, in_a_row + 1
        else:
            ledger.remember(watches)
            told, in_a_row = told + 1, 0
    new = sum(map(len, waiting.values()))
    return Telling(len(published), len(published) - new, told, failed, in_a_row == FAILURES_MAX)


def _published(trips: TripList, watch: Watch) -> bool:
    named = ((mode, number) for number in watch.numbers for mode in modes_of(watch.mode, number))
    services = (trips.service(mode, number) for mode, number in named)
    return any(service is not None and watch.day in service.trips for service in services)
