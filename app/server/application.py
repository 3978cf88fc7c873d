"""The whole service: the Flask app and what stands around it, as WSGI and behind the front."""

from collections.abc import Mapping
from functools import partial
from typing import Any

from flask import Flask

from app.api_response import ApiResponse
from app.factory import create_app
from app.limits.shared_memory import SharedLimits
from app.metrics.request_counting import count_requests
from app.metrics.shared_counts import WorkerCounts
from app.server.fast.api_routes import FAST_READS, FAST_ROUTES
from app.server.fast.asgi import FrontApplication
from app.server.fast.finishing import ResponseFinisher
from app.server.fast.loop_routes import LoopRoutes, MemoryAnswers
from app.server.fast.route import FastRoute
from app.server.fast.wsgi import register_fast_routes
from app.services import EXTENSION, AppServices
from app.settings import Settings
from app.web import health
from app.web.assets import inline_style_sources
from app.web.forwarded_scheme import register_forwarded_scheme
from app.web.prepared_pages import PreparedPages
from app.web.security_headers import SecurityHeaders, register_security_headers
from exposure_index.private.evaluation import Evaluator


def create_application(
    settings: Settings,
    counts: WorkerCounts | None = None,
    evaluator: Evaluator | None = None,
    shared: SharedLimits | None = None,
) -> Flask:
    """Return the app of ``create_app`` behind fast routes, security headers and counting.

    counts: where requests are counted for Prometheus; None counts none. evaluator: who holds the
    private keys; None: who the settings name. shared: what the workers of this machine limit
    together; None: this process limits alone. Raises as create_app does.
    """
    app = create_app(settings, evaluator, shared)
    register_forwarded_scheme(app, app.extensions[EXTENSION].client_networks)
    register_fast_routes(app, app.extensions[EXTENSION], _fast_routes(settings))
    register_security_headers(app, _security_headers(settings))
    if counts is not None:
        count_requests(app, counts)  # last: outside everything else
    return app


def create_front(
    settings: Settings,
    counts: WorkerCounts | None = None,
    evaluator: Evaluator | None = None,
    shared: SharedLimits | None = None,
) -> FrontApplication:
    """Return the ASGI application that a worker serves, over that of create_application.

    Takes what create_application takes, and raises as it does.
    """
    return put_front_before(create_application(settings, counts, evaluator, shared), counts)


def put_front_before(app: Flask, counts: WorkerCounts | None = None) -> FrontApplication:
    """Return the front of an app of create_application; counts: the same as there."""
    services: AppServices = app.extensions[EXTENSION]
    finisher = ResponseFinisher(_security_headers(services.settings), counts)
    pages = PreparedPages(app)
    loop_routes = LoopRoutes(
        services,
        _fast_routes(services.settings),
        FAST_READS,
        MemoryAnswers(partial(_answer_from_memory, services), pages.respond_bug),
        finisher,
    )
    return FrontApplication(app.wsgi_app, services, loop_routes, finisher, pages)


def _answer_from_memory(
    services: AppServices, method: str, path: str, query: str, headers: Mapping[str, str]
) -> ApiResponse | None:
    """Answer what the background has ready; None: the framework shall."""
    if path == health.ALIVE_PATH:
        return health.alive_response()
    if path == health.READY_PATH:
        return health.readiness_response(services)
    return services.page_cache.respond(method, path, query, headers)


def _fast_routes(settings: Settings) -> Mapping[str, FastRoute[bytes, Any]]:
    """Return the fast routes; none where the views ask for the telephone first."""
    return {} if settings.phone_verification == "on" else FAST_ROUTES


def _security_headers(settings: Settings) -> SecurityHeaders:
    return SecurityHeaders(
        https=settings.base_url.startswith("https://"), inline_styles=inline_style_sources()
    )
