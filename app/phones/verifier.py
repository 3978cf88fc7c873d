"""Verify a telephone by a one-time code in a text message, and count the documents it asks about.

Threats: numbers tried in bulk (a telephone costs money: so many documents each); messages sent in
bulk to numbers that pay their owner for each message received (countries that the operator names,
limits per telephone, network and all together); codes guessed (so few tries each); a number kept
(HMAC under a key of the day only).
"""

import hmac
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import structlog
from redis import Redis, RedisError

from app.limits.actions import EVERYWHERE, ActionLimits, Allowance
from app.limits.distinct_names import ADMITTED, NameAttempt, NamesInRedis, NamesLimit
from app.limits.names_in_memory import NamesInMemory
from app.limits.outcomes import LimitKind, LimitReached
from app.limits.pseudonyms import DailyPseudonyms
from app.limits.shared_memory import SharedLimits, shared_limits
from app.phones.tokens import DAY_SECONDS, VERIFIED, WAITING, PhoneTokens, TokenInvalid
from app.proofs.replay_guard import ReplayGuard
from app.settings import Settings
from exposure_index.identity.canonical import EncodedIdentity
from exposure_index.messages.phone_number import InvalidPhone, canonical_phone
from exposure_index.messages.sms_gateway import SmsGateway

PHONE_IDENTITY = b"\x40"
NO_OTHER_LIMIT = 1_000_000
HOUR_SECONDS = 3_600
EVALUATIONS_OF_A_DOCUMENT = 4


class CodeWrong(Exception):
    """Another code was sent; there are tries left."""


class CodeGone(Exception):
    """No code is awaited any more: expired, used, or tried too often. Ask for a new one."""


class PhoneNotVerified(Exception):
    """A telephone must be verified before a check, and the request names none that is."""


@dataclass(frozen=True, slots=True)
class VerifierStores:
    """Where the verifier counts; memory: of this machine's workers; None: of this one alone."""

    limits: ActionLimits
    pseudonyms: DailyPseudonyms
    redis: Redis | None
    memory: SharedLimits | None = None


def reachable_phone(text: str, countries: Sequence[str]) -> str:
    """Return the E.164 number of a telephone that gets messages, of codes and trip alerts alike.

    countries: codes without ``+``. Raises InvalidPhone, also for a country that gets none.
    """
    phone = canonical_phone(text)
    if not phone.startswith(tuple(f"+{code}" for code in countries)):
        raise InvalidPhone
    return phone


class PhoneVerifier:
    """Sends one-time codes, takes them back, and counts documents; key: the key ``session``."""

    def __init__(
        self, key: bytes, settings: Settings, gateway: SmsGateway, stores: VerifierStores
    ) -> None:
        self._tokens = PhoneTokens(key)
        self._settings = settings
        self._gateway = gateway
        self._stores = stores
        memory = stores.memory or shared_limits()
        self._replay_guard = ReplayGuard(stores.redis, claims=memory.claims)
        self._here = NamesInMemory(table=memory.phone_names)
        self._shared = None if stores.redis is None else NamesInRedis(stores.redis)

    def send_code(self, number: str, network: bytes, words: Callable[[str, int], str]) -> str:
        """Send a one-time code and return the token to bring back with it.

        words: the message for a code and the minutes that it is good for.
        Raises InvalidPhone, also for a country that gets no messages; LimitReached; SmsNotSent.
        """
        settings = self._settings
        phone = reachable_phone(number, settings.phone_countries)
        pseudonym = self._tokens.phone_pseudonym(phone)
        limits = self._stores.limits
        own = Allowance("sms", settings.phone_messages, DAY_SECONDS, LimitKind.MESSAGES)
        limits.admit(own, pseudonym)
        limits.admit_network(Allowance("sms", settings.network_messages, HOUR_SECONDS), network)
        limits.admit(Allowance("sms", settings.messages_everywhere, HOUR_SECONDS), EVERYWHERE)
        waiting = self._tokens.make(WAITING, pseudonym, settings.phone_code_seconds)
        digits = self._tokens.code_of(self._tokens.read(waiting, WAITING))
        self._gateway.send(phone, words(digits, settings.phone_code_seconds // 60))
        return waiting

    def verify(self, waiting: str, code: str) -> str:
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
        if not hmac.compare_digest(self._tokens.code_of(token).encode(), code.encode()):
            raise CodeWrong
        if not self._replay_guard.claim(b"sms:" + token.once, token.expires):
            raise CodeGone
        return self._tokens.make(VERIFIED, token.phone, self._settings.phone_session_seconds)

    def phone_of(self, session: str) -> bytes | None:
        """Return the pseudonym of the verified telephone, None where there is none."""
        try:
            return self._tokens.read(session, VERIFIED).phone
        except TokenInvalid:
            return None

    def admit_document(self, phone: bytes, identity: EncodedIdentity) -> None:
        """Count a document asked about from a telephone; repeats are free; raises LimitReached."""
        pseudonym = self._stores.pseudonyms.of
        attempt = NameAttempt(
            here=pseudonym(PHONE_IDENTITY, phone),
            everywhere=pseudonym(PHONE_IDENTITY, phone, b"all"),
            name=pseudonym(PHONE_IDENTITY, phone, identity.encode_document()),
        )
        number = self._settings.phone_identities
        limit = NamesLimit(number, NO_OTHER_LIMIT, DAY_SECONDS, number)
        if self._admits(attempt, limit) != ADMITTED:
            raise LimitReached(DAY_SECONDS, LimitKind.TELEPHONE)

    def admit_evaluation(self, phone: bytes) -> None:
        """Count one evaluation of a private check, whose document nobody knows.

        A repeat cannot be told from another document: so many times more are admitted.
        Raises LimitReached.
        """
        number = self._settings.phone_identities * EVALUATIONS_OF_A_DOCUMENT
        own = Allowance("evaluation", number, DAY_SECONDS, LimitKind.TELEPHONE)
        self._stores.limits.admit(own, phone)

    def _admits(self, attempt: NameAttempt, limit: NamesLimit) -> int:
        if self._shared is not None:
            try:
                return self._shared.admits(attempt, limit)
            except RedisError:
                structlog.get_logger().warning("limits_store_gone")
        return self._here.admits(attempt, limit)
