"""Checks at a time that stands still: no ticket ripens, and two pages tell one minute."""

import time
from datetime import UTC, datetime
from functools import partial

import pytest

from app import services
from app.proofs.issuer import ProofIssuer
from app.query.check import form as check_form
from tests.fixtures.still_clocks import standing_at


@pytest.fixture(autouse=True)
def _still_clock(monkeypatch):
    now = time.time()
    monkeypatch.setattr(services, "ProofIssuer", partial(ProofIssuer, clock=lambda: now))
    monkeypatch.setattr(check_form, "datetime", standing_at(datetime.fromtimestamp(now, UTC)))
