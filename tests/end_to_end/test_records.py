"""Two machines that begin at once on one empty PostgreSQL, and what survives a restart."""

import json
import urllib.request
from concurrent.futures import ThreadPoolExecutor

from tests.end_to_end.test_corrections import PERSON, post, receipt_on
from tests.fixtures.patience import PATIENCE_SECONDS, wait_until


def state_of(service):
    with urllib.request.urlopen(f"{service.url}/readyz", timeout=PATIENCE_SECONDS) as response:
        return json.load(response)


def test_two_machines_share_new_records_on_postgresql(
    start_service, published, postgres_url, start_redis
):
    chosen = {
        "GAUGE_DATABASE_URL": postgres_url,
        "GAUGE_REDIS_URL": start_redis().url,
        "GAUGE_WORKERS": "2",
    }
    with ThreadPoolExecutor(2) as pool:
        services = list(pool.map(lambda _: start_service(published, chosen), range(2)))
    one, other = services
    wait_until(lambda: ["on", "on"] == [state_of(service)["records"] for service in services])
    page = post(f"{one.url}/corrections/new", what="never_aboard", **PERSON)
    assert "已收到，待处理" in post(f"{other.url}/corrections", receipt=receipt_on(page))
    assert [0, 0] == [service.stop() for service in services]
    again = start_service(published, chosen)
    assert "已收到，待处理" in post(f"{again.url}/corrections", receipt=receipt_on(page))
    again.stop()
