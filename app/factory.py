"""create_app: the views of all audiences over the application services."""

from dataclasses import replace

from flask import Flask

from app.answer_pages.placeholders import register_placeholders
from app.bulk.api import jobs_api, results_api
from app.bulk.portal import pages as list_pages
from app.counter import page as counter
from app.evaluators.reloading import can_read_private_keys
from app.i18n import register_languages
from app.indexes.keyrings import all_keyrings
from app.kiosk import health_pages
from app.kiosk.api import checkins_api, enrolments_api, roster_api, sync_api, visitor_checks_api
from app.kiosk.portal import pages as kiosk_pages
from app.kiosk.terminal import page as terminal
from app.limits.pages import guard_pages
from app.limits.shared_memory import SharedLimits
from app.logs import configure_logs
from app.openapi import view as openapi_view
from app.portal import pages as portal
from app.query import home, manifests_api, qr_entry
from app.query.about import pages as about
from app.query.about import security_txt
from app.query.alerts import page as alerts
from app.query.check import api as checks_api
from app.query.check import form, reminder
from app.query.corrections import page as corrections
from app.query.phone import page as phone
from app.query.private import browser_config, buckets, evaluations_api
from app.query.trips import api as trips_api
from app.query.trips import page as trips
from app.services import EXTENSION, build_services, shared_keys
from app.settings import Settings
from app.web import assets, health
from app.web.errors import register_error_handlers
from app.web.page_caching import register_page_cache
from app.web.template_context import register_template_context
from app.web.text_size import register_text_size
from exposure_index.crypto.keys import KeyRing
from exposure_index.errors import ExitCode, ForeseenError
from exposure_index.private.evaluation import Evaluator

VIEWS = (
    browser_config,
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
    about,
    security_txt,
    reminder,
    trips,
    trips_api,
    alerts,
)
KIOSK_VIEWS = (
    enrolments_api,
    sync_api,
    roster_api,
    visitor_checks_api,
    checkins_api,
    *kiosk_pages.VIEWS,
    *health_pages.VIEWS,
    terminal,
)
ORGANISATION_VIEWS = (
    *portal.VIEWS,
    *list_pages.VIEWS,
    jobs_api,
    results_api,
    *KIOSK_VIEWS,
)
BODY_MAX_BYTES = 4_096  # of views that say nothing else


class SigningKeyReadable(ForeseenError):
    """The web tier could sign indexes: whoever took it over could publish a false one."""

    exit_code = ExitCode.REFUSED

    @property
    def explanation(self) -> str:
        """What the operator is told: what it endangers, and the way out."""
        return (
            "the key `signing` can be read here. Whoever takes over the web service could publish "
            "a false index: give the service a keys directory without `signing` and `sealed`"
        )


class PrivateKeyReadable(ForeseenError):
    """An evaluator holds the private keys apart, but the web tier could read one too."""

    exit_code = ExitCode.REFUSED


def require_startable(settings: Settings) -> None:
    """Check the start-up preconditions of create_app; raise the first that fails.

    Raises SigningKeyReadable, PrivateKeyReadable, KeyFault or BundleMissing.
    """
    keys = KeyRing.from_directory(settings.keys_dir)
    if not settings.demo and any(ring.has("signing") for ring in all_keyrings(keys)):
        raise SigningKeyReadable
    if settings.evaluator_socket and not settings.demo and can_read_private_keys(keys):
        message = (
            "a private key can be read here although an evaluator holds them apart: give the "
            "service a keys directory without private_<no>"
        )
        raise PrivateKeyReadable(message)
    shared_keys(settings, keys)
    if settings.phone_verification == "on":
        keys.bytes("session")
        keys.text("sms_token")
    assets.asset_names()


def create_app(
    settings: Settings, evaluator: Evaluator | None = None, shared: SharedLimits | None = None
) -> Flask:
    """Return the Flask app over its services, with indexes opened as far as they can be.

    What stands around it (fast routes, security headers, counting) is app/server/application.py's.
    evaluator: who holds the private keys; None: who the settings name. shared: what the workers of
    this machine limit together; None: this process limits alone.
    Nothing runs in the background yet; ``gauge serve`` starts the reloading.
    Raises SigningKeyReadable, PrivateKeyReadable, EvaluatorNotChosen, KeyFault, TranslationsMissing
    or BundleMissing.
    """
    configure_logs(settings.log_level)  # first: an unconfigured logger would print local variables
    require_startable(settings)
    app = Flask(__name__, static_folder=None)
    app.config["MAX_CONTENT_LENGTH"] = BODY_MAX_BYTES
    # else `/api//v1/checks` is redirected, to the host that the request names
    app.url_map.merge_slashes = False
    register_languages(app, settings.timezone)
    register_text_size(app)
    services = build_services(settings, evaluator, shared)
    app.extensions[EXTENSION] = services
    register_template_context(app)
    register_placeholders(app.jinja_env)
    register_error_handlers(app)
    for view in VIEWS:
        app.register_blueprint(view.bp)
    if settings.counter == "on":
        app.register_blueprint(counter.bp)
    if settings.organisations == "on":
        for blueprint in dict.fromkeys(view.bp for view in ORGANISATION_VIEWS):
            app.register_blueprint(blueprint)
    if settings.phone_verification == "on":
        app.register_blueprint(phone.bp)
    guard_pages(app, settings, services.client_networks, services.page_limits, services.redis)
    cache = register_page_cache(app, settings, services.indexes)
    app.extensions[EXTENSION] = replace(services, page_cache=cache)
    return app
