"""Sends trip alerts to whoever asked for one on a published trip. Never fails a publication.

Only what is published leads to a message, never the trips of cases: a message must tell nothing
that is not on the page for everybody.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from exposure_index.files.trip_list import TripList
from exposure_index.messages.sealed_messages import MessageUnreadable
from exposure_index.messages.sms_gateway import SmsGateway, SmsNotSent
from exposure_index.messages.trip_alerts import TripAlert, read_trip_alerts
from exposure_index.trip_text.plates import modes_of
from index_builder.alerts.sent_alerts import SentAlerts

FAILURES_MAX = 5
"""After so many messages in a row that were not taken, the gateway is left alone till next time."""

# No trip, no "case", no name: a text is read over shoulders and stays in a list of messages.
TEXTS: Mapping[str, str] = {
    "zh-Hans": "您设置提醒的行程有了新的公布信息。请打开 {address} 查询。"
    "本服务绝不收费，也不会索要密码或验证码。",
    "zh-Hant": "您設定提醒的行程有了新的公布資訊。請打開 {address} 查詢。"
    "本服務絕不收費，也不會索取密碼或驗證碼。",
    "en": "There is news about a trip that you asked to be told about. Look it up at {address}. "
    "This service never asks for money, a password or a code.",
    "ja": "通知を設定した便について、新しい情報が公表されました。{address} で照会してください。"
    "料金、パスワード、認証コードを求めることはありません。",
    "ko": "알림을 신청한 여정에 관한 새로운 정보가 발표되었습니다. {address} 에서 조회하십시오. "
    "돈, 비밀번호, 인증번호를 요구하지 않습니다.",
}


@dataclass(frozen=True, slots=True)
class AlertExport:
    """The trip alerts of an export. watches: those to be kept beyond today.

    expired, unreadable: how many others there are.
    """

    watches: tuple[TripAlert, ...]
    expired: int
    unreadable: int


def open_export(export: Iterable[str], private_key: bytes, today: date) -> AlertExport:
    """Open an export of trip alerts; private_key: ``sealed``. Raises ExportUnreadable."""
    current: list[TripAlert] = []
    expired = unreadable = 0
    for message in read_trip_alerts(export):
        try:
            watch = TripAlert.open(private_key, message)
        except MessageUnreadable:
            unreadable += 1
            continue
        if watch.delete_on > today:
            current.append(watch)
        else:
            expired += 1
    return AlertExport(tuple(current), expired, unreadable)


@dataclass(frozen=True, slots=True)
class AlertCounts:
    """What became of trip alerts.

    published: those of published trips; before: of these, sent earlier; messages, failures:
    telephones that were sent a message now, or could not be; gave_up: whether the gateway failed
    so often that the rest was left for the next time.
    """

    published: int
    before: int
    messages: int
    failures: int
    gave_up: bool = False


def send_alerts(
    requests: AlertExport,
    trips: TripList,
    gateway: SmsGateway,
    sent_alerts: SentAlerts,
    address: str,
) -> AlertCounts:
    """Send one message to each telephone with an alert on a newly published trip; return counts.

    address: of the page of trips. Raises TripListDamaged, or OSError of sent_alerts.
    """
    published = [watch for watch in requests.watches if _published(trips, watch)]
    waiting: dict[str, list[TripAlert]] = {}
    for watch in published:
        if not sent_alerts.has(watch):
            waiting.setdefault(watch.phone, []).append(watch)
    messages = failures = in_a_row = 0
    for phone, watches in waiting.items():
        if in_a_row == FAILURES_MAX:
            break
        text = TEXTS.get(watches[-1].language, TEXTS["en"]).format(address=address)
        try:
            gateway.send(phone, text)
        except SmsNotSent:
            failures, in_a_row = failures + 1, in_a_row + 1
        else:
            sent_alerts.add(watches)
            messages, in_a_row = messages + 1, 0
    new = sum(map(len, waiting.values()))
    return AlertCounts(
        len(published), len(published) - new, messages, failures, in_a_row == FAILURES_MAX
    )


def _published(trips: TripList, watch: TripAlert) -> bool:
    named = ((mode, number) for number in watch.numbers for mode in modes_of(watch.mode, number))
    services = (trips.service(mode, number) for mode, number in named)
    return any(service is not None and watch.day in service.trips for service in services)
