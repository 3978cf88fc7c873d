"""Sends codes, takes them back, and counts identities of a verified telephone.

Threats: numbers tried in bulk (a telephone costs money: so many identities each); messages sent in
bulk to numbers that pay the sender (countries, limits per telephone, network and all together);
codes guessed (so few tries each); a number kept (HMAC under a key of the day only).
"""

import hmac
from collections.abc import Callable
from dataclasses import dataclass

import structlog
from redis import Redis, RedisError

from app.limits.actions import EVERYWHERE, ActionLimits, Allowance
from app.limits.distinct_names import ADMITTED, NameAttempt, NamesInMemory, NamesInRedis, NamesLimit
from app.limits.outcomes import Limited, LimitReached
from app.limits.pseudonyms import DailyCodes
from app.phones.countries import reachable_phone
from app.phones.tokens import DAY_SECONDS, VERIFIED, WAITING, PhoneTokens, TokenInvalid
from app.proofs.replay_guard import UsedOnce
from app.settings import Settings
from exposure_index.identity.canonical import Identity
from exposure_index.messages.sms_gateway import SmsGateway

PHONE_IDENTITY = b"\x40"
NO_OTHER_LIMIT = 1_000_000
HOUR_SECONDS = 3_600
EVALUATIONS_OF_A_DOCUMENT = 4


class CodeWrong(Exception):
    """Another code was sent; there are tries left."""


class CodeGone(Exception):
    """No code is awaited any more: expired, used, or tried too often. Ask for a new one."""


@dataclass(frozen=True, slots=True)
class Stores:
    """What the desk counts in; redis: None where this process is alone."""

    limits: ActionLimits
    codes: DailyCodes
    redis: Redis | None


class PhoneDesk:
    """One for the whole service; key: the key ``session``."""

    def __init__(self, key: bytes, settings: Settings, gateway: SmsGateway, stores: Stores) -> None:
        self._tokens = PhoneTokens(key)
        self._settings = settings
        self._gateway = gateway
        self._stores = stores
        self._used = UsedOnce(stores.redis)
        self._here = NamesInMemory()
        self._shared = None if stores.redis is None else NamesInRedis(stores.redis)

    def send_code(self, typed: str, network: bytes, words: Callable[[str, int], str]) -> str:
        """Send a code and return the token to bring back with it.

        words: the message for a code and the minutes that it is good for.
        Raises InvalidPhone, also for a country that gets no messages; LimitReached; SmsNotSent.
        """
        settings = self._settings
        phone = reachable_phone(typed, settings.phone_countries)
        code = self._tokens.phone_code(phone)
        limits = self._stores.limits
        own = Allowance("sms", settings.phone_messages, DAY_SECONDS, Limited.MESSAGES)
        limits.admit(own, code)
        limits.admit(Allowance("sms", settings.network_messages, HOUR_SECONDS), network)
        limits.admit(Allowance("sms", settings.messages_everywhere, HOUR_SECONDS), EVERYWHERE)
        waiting = self._tokens.make(WAITING, code, settings.phone_code_seconds)
        digits = self._tokens.code_of(self._tokens.read(waiting, WAITING))
        self._gateway.send(phone, words(digits, settings.phone_code_seconds // 60))
        return waiting

    def take_code(self, waiting: str, typed: str) -> str:
        """Return the token of a verified telephone. Raises CodeWrong or CodeGone."""
        try:
            token = self._tokens.read(waiting, WAITING)
        except TokenInvalid:
            raise CodeGone from None
        tries = Allowance("sms try", self._settings.phone_code_tries, DAY_SECONDS)
        try:
            self._stores.limits.admit(tries, token.once)
        except LimitReached:
            raise CodeGone from None
        if not hmac.compare_digest(self._tokens.code_of(token).encode(), typed.encode()):
            raise CodeWrong
        if not self._used.first_use(b"sms:" + token.once, token.expires):
            raise CodeGone
        return self._tokens.make(VERIFIED, token.phone, self._settings.phone_session_seconds)

    def phone_of(self, session: str) -> bytes | None:
        """Return the code of the verified telephone, None where there is none."""
        try:
            return self._tokens.read(session, VERIFIED).phone
        except TokenInvalid:
            return None

    def admit_document(self, phone: bytes, identity: Identity) -> None:
        """Count a document asked about from a telephone; repeats are free; raises LimitReached."""
        code = self._stores.codes.code
        attempt = NameAttempt(
            here=code(PHONE_IDENTITY, phone),
            everywhere=code(PHONE_IDENTITY, phone, b"all"),
            name=code(PHONE_IDENTITY, phone, identity.document_encoded()),
        )
        number = self._settings.phone_identities
        limit = NamesLimit(number, NO_OTHER_LIMIT, DAY_SECONDS, number)
        if self._admits(attempt, limit) != ADMITTED:
            raise LimitReached(DAY_SECONDS, Limited.TELEPHONE)

    def admit_evaluation(self, phone: bytes) -> None:
        """Count one evaluation of a private check, whose document nobody knows.

        A repeat cannot be told from another document: so many times more are admitted.
        Raises LimitReached.
        """
        number = self._settings.phone_identities * EVALUATIONS_OF_A_DOCUMENT
        own = Allowance("evaluation", number, DAY_SECONDS, Limited.TELEPHONE)
        self._stores.limits.admit(own, phone)

    def _admits(self, attempt: NameAttempt, limit: NamesLimit) -> int:
        if self._shared is not None:
            try:
                return self._shared.admits(attempt, limit)
            except RedisError:
                structlog.get_logger().warning("limits_store_gone")
        return self._here.admits(attempt, limit)
