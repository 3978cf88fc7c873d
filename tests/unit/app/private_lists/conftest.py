"""A service in memory that private lists are checked at, with what it was asked."""

import json

import pytest

from exposure_index.crypto.keys import KeyRing
from exposure_index.crypto.trust import Trust
from exposure_index.private.evaluation import LocalEvaluator, private_keys
from exposure_index.remote import http_transport
from exposure_index.remote.known_authorities import KnownAuthorities
from exposure_index.remote.service import PrivateService, ServiceTrust

URL = "https://check.example.org"


class Nobody:
    """Nobody looks at how far a list is."""

    def begin(self, before, total, *, anew):
        pass

    def advance(self, people):
        pass

    def wait(self, seconds):
        pass


class ServiceInMemory:
    """Answers from the files of a deployment; `silent` makes it answer nothing."""

    def __init__(self, deployment):
        self.deployment = deployment
        self.evaluator = LocalEvaluator(private_keys(KeyRing(deployment.web_keys, {})))
        self.requests = []
        self.silent = False

    def connect(self):
        trust = Trust.load(self.deployment.web_keys / "trust.json")
        return PrivateService.at(URL, ServiceTrust(trust, KnownAuthorities(None)))

    def evaluate(self, body):
        return self.evaluator.evaluate(body)

    def content(self, path):
        if path == "/api/v1/index":
            manifest = (self.deployment.index / "current" / "manifest.json").read_bytes()
            return json.dumps({"manifests": [json.loads(manifest)]}).encode()
        _, _, build_id, number = path.split("/")
        return (self.deployment.index / build_id / "b" / number).read_bytes()

    def refuse_while(self, away):
        """Answer nothing to a request while it is away."""
        if away:
            raise http_transport.ServiceSilent("it cannot be reached")

    def kinds(self):
        """What was asked since the last time, by kind."""
        kinds = [path.split("/")[1] for path in self.requests]
        self.requests.clear()
        return kinds


@pytest.fixture
def service(own_private_deployment, monkeypatch):
    """A service over a deployment that a test may publish into."""
    return service_over(own_private_deployment, monkeypatch)


@pytest.fixture
def unchanging_service(published_privately, monkeypatch):
    """A service over an index that no test changes."""
    return service_over(published_privately, monkeypatch)


def service_over(deployment, monkeypatch):
    service = ServiceInMemory(deployment)

    class InMemory(http_transport.HttpTransport):
        def _require_answer(self, path):
            service.requests.append(path)
            service.refuse_while(service.silent)

        def get(self, path):
            self._require_answer(path)
            return service.content(path)

        def post(self, path, body):
            self._require_answer(path)
            return service.evaluate(body)

    monkeypatch.setattr(http_transport, "HttpTransport", InMemory)
    monkeypatch.setattr("exposure_index.remote.service.HttpTransport", InMemory)
    return service
