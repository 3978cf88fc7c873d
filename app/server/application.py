"""The whole service as a WSGI application: the Flask app and what stands around it."""

from flask import Flask

from app.factory import create_app
from app.metrics.request_counting import count_requests
from app.metrics.shared_counts import WorkerCounts
from app.server.fast.api_routes import FAST_ROUTES
from app.server.fast.wsgi import register_fast_routes
from app.services import EXTENSION
from app.settings import Settings
from app.web.forwarded_scheme import register_forwarded_scheme
from app.web.security_headers import register_security_headers
from exposure_index.private.evaluation import Evaluator


def create_application(
    settings: Settings, counts: WorkerCounts | None = None, evaluator: Evaluator | None = None
) -> Flask:
    """Return the app of ``create_app`` behind fast routes, security headers and counting.

    counts: where requests are counted for Prometheus; None counts none. evaluator: who holds the
    private keys; None: who the settings name. Raises as create_app does.
    """
    app = create_app(settings, evaluator)
    register_forwarded_scheme(app, app.extensions[EXTENSION].client_networks)
    if settings.phone_verification == "off":  # else the views ask for the telephone first
        register_fast_routes(app, app.extensions[EXTENSION], FAST_ROUTES)
    register_security_headers(app, https=settings.base_url.startswith("https://"))
    if counts is not None:
        count_requests(app, counts)  # last: outside everything else
    return app
