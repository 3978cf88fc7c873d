"""Checks that are earned at a time that stands still: no ticket ripens while a test goes on."""

import time
from functools import partial

import pytest

from app import services
from app.proofs.issuer import ProofIssuer


@pytest.fixture(autouse=True)
def _still_clock(monkeypatch):
    now = time.time()
    monkeypatch.setattr(services, "ProofIssuer", partial(ProofIssuer, clock=lambda: now))
