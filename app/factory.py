"""create_app: the views over the services, put together from the settings."""

import secrets
from datetime import timedelta

from flask import Flask
from redis import Redis
from redis.backoff import NoBackoff
from redis.retry import Retry

from app.answer_pages.placeholders import register_patterns
from app.counter import page as counter
from app.evaluators.reloading import ReloadingEvaluator, can_read_private_keys
from app.evaluators.remote import RemoteEvaluator
from app.i18n import register_languages
from app.indexes.keyrings import all_keyrings
from app.indexes.last_seen_time import LastSeenTime
from app.indexes.manifest_archive import ManifestArchive
from app.indexes.monotonic_clock import MonotonicClock
from app.indexes.private_builds import PrivateBuilds
from app.indexes.reloader import IndexReloader
from app.indexes.rollback_guard import RollbackGuard
from app.indexes.store import IndexStore
from app.limits.actions import action_limits
from app.limits.checks import check_limits
from app.limits.client_networks import ClientNetworks
from app.limits.pages import guard_pages
from app.limits.pseudonyms import DailyCodes
from app.logs import configure_logs
from app.openapi import view as openapi_view
from app.phones.verifier import PhoneDesk, Stores
from app.posters.qr_codes import QrCodes
from app.proofs.issuer import ProofDesk
from app.query import home, manifests_api, qr_entry
from app.query.alerts import page as watches
from app.query.check import api as checks_api
from app.query.check import form
from app.query.corrections import page as corrections
from app.query.phone import page as phone
from app.query.private import browser_config as browser_check
from app.query.private import buckets, evaluations_api
from app.query.trips import api as trips_api
from app.query.trips import page as trips
from app.records.database import Records, records_url
from app.services import EXTENSION, AppServices
from app.settings import Settings
from app.web import assets, health
from app.web.errors import register_problems
from app.web.template_context import register_page_context
from exposure_index.crypto.keys import KeyMissing, KeyRing
from exposure_index.messages.sms_gateway import HttpSmsGateway
from exposure_index.private.evaluation import Evaluator

REDIS_TIMEOUT_SECONDS = 0.25
SHARED_KEYS = ("limits", "altcha")
VIEWS = (
    browser_check,
    buckets,
    assets,
    form,
    checks_api,
    corrections,
    evaluations_api,
    health,
    home,
    manifests_api,
    openapi_view,
    qr_entry,
    trips,
    trips_api,
    watches,
)
BODY_MAX_BYTES = 4_096  # of views that say nothing else


class SigningKeyReadable(Exception):
    """The web tier could sign indexes: whoever took it over could publish a false one."""


class PrivateKeyReadable(Exception):
    """An evaluator holds the private keys apart, but the web tier could read one too."""


class EvaluatorNotChosen(Exception):
    """A process is to evaluate, and nobody started one or said where it listens."""


def require_startable(settings: Settings) -> None:
    """Return where create_app would not refuse; raises what it would raise."""
    keys = KeyRing.from_directory(settings.keys_dir)
    if not settings.demo and any(ring.has("signing") for ring in all_keyrings(keys)):
        raise SigningKeyReadable
    if settings.evaluator_socket and not settings.demo and can_read_private_keys(keys):
        message = (
            "a private key can be read here although an evaluator holds them apart: give the "
            "service a keys directory without private_<no>"
        )
        raise PrivateKeyReadable(message)
    for name in SHARED_KEYS:
        _shared_key(keys, name, shared=settings.redis_url is not None)
    if settings.phone_verification == "on":
        keys.bytes("session")
        keys.text("sms_token")
    assets.bundle_names()


def create_app(settings: Settings, evaluator: Evaluator | None = None) -> Flask:
    """Return the Flask app over its services, with indexes opened as far as they can be.

    What stands around it (fast routes, security headers, counting) is app/server/application.py's.
    evaluator: who holds the private keys; None: who the settings name.
    Nothing runs in the background yet; ``gauge serve`` starts the reloading.
    Raises SigningKeyReadable, PrivateKeyReadable, EvaluatorNotChosen, KeyFault, TranslationsMissing
    or BundleMissing.
    """
    configure_logs(settings.log_level)  # first: an unconfigured logger would print local variables
    require_startable(settings)
    keys = KeyRing.from_directory(settings.keys_dir)
    app = Flask(__name__, static_folder=None)
    app.config["MAX_CONTENT_LENGTH"] = BODY_MAX_BYTES
    register_languages(app, settings.timezone)
    redis = _redis(settings)
    networks = ClientNetworks(settings.trusted_proxies)
    limits_key, altcha_key = (
        _shared_key(keys, name, shared=redis is not None) for name in SHARED_KEYS
    )
    clock = MonotonicClock(kept=LastSeenTime(settings.state_dir))
    evaluates = evaluator or _evaluator(settings, keys)
    private = PrivateBuilds(settings.index_dir, keys, evaluates, clock)
    index = IndexStore(
        settings.index_dir,
        keys,
        RollbackGuard(settings.state_dir),
        clock,
        stale_after=timedelta(hours=settings.stale_after_hours) or None,
    )
    watch = IndexReloader(index, private, clock)
    watch.reload()
    app.extensions[EXTENSION] = AppServices(
        settings=settings,
        indexes=index,
        private_builds=private,
        reloader=watch,
        check_limits=check_limits(settings, limits_key, redis),
        action_limits=action_limits(settings, limits_key, redis),
        proof_issuer=ProofDesk(altcha_key, settings, redis),
        phone_verifier=_phone_desk(settings, keys, limits_key, redis),
        client_networks=networks,
        manifest_archive=ManifestArchive(settings.index_dir),
        records=open_records(settings),
        qr_codes=_qr_codes(keys),
        sealed_pub=_key_if_there(keys, "sealed.pub"),
        session_key=_key_if_there(keys, "session"),
    )
    register_page_context(app)
    register_patterns(app.jinja_env)
    register_problems(app)
    for view in VIEWS:
        app.register_blueprint(view.bp)
    if settings.counter == "on":
        app.register_blueprint(counter.bp)
    if settings.phone_verification == "on":
        app.register_blueprint(phone.bp)
    guard_pages(app, settings, networks, limits_key, redis)
    return app


def _evaluator(settings: Settings, keys: KeyRing) -> Evaluator:
    if settings.evaluator == "embedded":
        return ReloadingEvaluator(keys)
    if settings.evaluator_socket is None:
        message = "only `gauge serve` starts an evaluator; else set GAUGE_EVALUATOR_SOCKET"
        raise EvaluatorNotChosen(message)
    return RemoteEvaluator(settings.evaluator_socket)


def open_records(settings: Settings) -> Records:
    """Return the records of a deployment, not yet connected. Raises KeyFault."""
    keys = KeyRing.from_directory(settings.keys_dir)
    url = settings.database_url
    return Records(
        records_url(None if url is None else url.get_secret_value(), settings.state_dir),
        _key_if_there(keys, "records"),
    )


def _redis(settings: Settings) -> Redis | None:
    if settings.redis_url is None:
        return None
    client: Redis = Redis.from_url(
        settings.redis_url.get_secret_value(),
        socket_timeout=REDIS_TIMEOUT_SECONDS,
        socket_connect_timeout=REDIS_TIMEOUT_SECONDS,
        retry=Retry(NoBackoff(), 0),
    )
    return client


def _shared_key(keys: KeyRing, name: str, *, shared: bool) -> bytes:
    """Return a key of all workers; where none is given or shared, one of this process alone."""
    if keys.has(name) or shared:
        return keys.bytes(name)
    return secrets.token_bytes(32)


def _key_if_there(keys: KeyRing, name: str) -> bytes | None:
    return keys.bytes(name) if keys.has(name) else None


def _phone_desk(
    settings: Settings, keys: KeyRing, limits_key: bytes, redis: Redis | None
) -> PhoneDesk | None:
    if settings.phone_verification == "off":
        return None
    gateway = HttpSmsGateway(settings.sms_gateway_url, keys.text("sms_token"))
    limits = action_limits(settings, limits_key, redis)
    stores = Stores(limits, DailyCodes(limits_key), redis)
    return PhoneDesk(keys.bytes("session"), settings, gateway, stores)


def _qr_codes(keys: KeyRing) -> QrCodes | None:
    try:
        return QrCodes(keys.bytes("qr"))
    except KeyMissing:
        return None
