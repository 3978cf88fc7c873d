"""Whoever reads everything that the service keeps cannot tell a private hit from a miss."""

import json
import re
import sqlite3
import urllib.request

from redis import Redis

from exposure_index.files.manifest import Manifest
from exposure_index.identity.parsing import parse_identity
from exposure_index.private.client import BlindedIdentity
from exposure_index.private.open_buckets import private_index
from loadtests.ports import free_port
from tests.fixtures.patience import PATIENCE_SECONDS, WITH_REDIS

ASKED = 5
OF_TIME = re.compile(r"(# \w+ )?gauge_(index_(age|valid|life|source)|loop_lag)")


def got(url, body=None):
    request = urllib.request.Request(url, body, {"Content-Type": "application/octet-stream"})
    with urllib.request.urlopen(request, timeout=PATIENCE_SECONDS) as response:
        headers = [(name, value) for name, value in response.headers.items() if name != "Date"]
        return response.status, headers, response.read()


def ask(url, person):
    """Ask privately; return the labels found, and all that a network sees of the answers.

    Published places come first, as to every browser: their bytes are told whole.
    """
    places = got(f"{url}/check/private/places")
    told = json.loads(got(f"{url}/api/v1/index")[2])["manifests"][0]
    manifest = Manifest.from_document(told)
    blinded = BlindedIdentity.blind(
        parse_identity(*person.as_form().values()), manifest.private.key_id
    )
    evaluated = got(f"{url}/api/v1/private/evaluations", blinded.request)
    outputs = blinded.finalize(evaluated[2], manifest.private.public_key)
    index = private_index(manifest)
    bucket = got(f"{url}/b/{manifest.build_id}/{outputs.bucket(index):08x}")
    seen = [(status, headers, len(body)) for status, headers, body in (evaluated, bucket)]
    return outputs.labels(index, bucket[2]), [places, *seen]


def kept_by(service, deployment, redis, metrics_port) -> dict[str, object]:
    """Return everything that is kept, less times."""
    output = [
        json.loads(line) for line in service.output_text().splitlines() if line.startswith("{")
    ]
    state = sorted(file for file in deployment.state.rglob("*") if file.is_file())
    records = sqlite3.connect(deployment.state / "records.sqlite")
    metrics = got(f"http://127.0.0.1:{metrics_port}/metrics")[2].decode().splitlines()
    client = Redis.from_url(redis.url)
    return {
        "log": [{k: v for k, v in line.items() if k not in ("time", "port")} for line in output],
        "files": [(str(f.relative_to(deployment.state)), f.stat().st_size) for f in state],
        "highest": (deployment.state / "highest-seq.json").read_bytes(),
        "records": list(records.iterdump()),
        "metrics": [line for line in metrics if not OF_TIME.match(line)],
        "redis": {key: client.dump(key) for key in sorted(client.scan_iter())},
    }


def test_a_hit_leaves_what_a_miss_leaves(
    start_service, own_private_deployment, people, start_redis, tmp_path
):
    kept, seen, found = [], [], []
    copies = [own_private_deployment.copied_to(tmp_path / name) for name in ("hit", "miss")]
    for deployment, person in zip(copies, (people.close, people.unlisted), strict=True):
        redis, port = start_redis(), free_port()
        environment = {
            "GAUGE_REDIS_URL": redis.url,
            "GAUGE_WORKERS": "1",
            "GAUGE_LOG_LEVEL": "debug",
            "GAUGE_METRICS_PORT": str(port),
        }
        service = start_service(deployment, environment, WITH_REDIS)
        answers = [ask(service.url, person) for _ in range(ASKED)]
        found.append({len(labels) for labels, _ in answers})
        seen.append([told for _, told in answers])
        kept.append(kept_by(service, deployment, redis, port))
        assert 0 == service.stop()
    assert [{1}, {0}] == found
    assert seen[0] == seen[1]
    assert "汉口".encode() in seen[0][0][0][2]
    for name in kept[0]:
        assert kept[0][name] == kept[1][name], name
    assert any(
        'surface="private"' in line and line.endswith(" 10.0") for line in kept[0]["metrics"]
    )
