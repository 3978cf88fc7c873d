"""The API over the stores of a larger deployment, and what it leaves on none of them."""

import tempfile

from app.uploads.media_types import XLSX_TYPE as XLSX
from tests.fixtures.bulk import traces_of
from tests.fixtures.bulk_api import LIST


def test_a_list_is_checked_over_postgresql(api_house_of, postgres_url):
    house = api_house_of(database_url=postgres_url)
    user = house.user()
    place = user.upload(**{"Idempotency-Key": "k"}).headers["Location"]
    house.work()
    assert 1 == user.get(place).json["counts"]["exposed"]
    assert 200 == user.get(f"{place}/results").status_code
    assert "done" == user.get(f"{place}/receipt").json["status"]
    assert 204 == user.request("DELETE", place).status_code


def test_records_that_are_gone_are_said_to_be_so(api_house_of):
    client = api_house_of(database_url="postgresql://nobody@127.0.0.1:9/nothing").app.test_client()
    key = "cgk_0123456789_" + "0" * 64
    response = client.get("/api/v1/bulk/jobs/x", headers={"Authorization": f"Bearer {key}"})
    assert 503 == response.status_code
    assert int(response.headers["Retry-After"]) > 0


def test_neither_upload_nor_results_touch_a_file_in_clear(
    api_house_of, people, tmp_path, monkeypatch
):
    house = api_house_of()
    user = house.user()
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path / "missing"))
    place = user.job(LIST + b"9,a,b,c\n" * 100_000)
    house.work()
    traces = traces_of(people.close, people.unlisted)
    for accept in ("text/csv", "application/json", XLSX):
        assert len(user.get(f"{place}/results", accept).data) > 10_000
    files = [file.read_bytes() for file in tmp_path.rglob("*") if file.is_file()]
    assert files
    assert [] == [trace for trace in traces for content in files if trace in content]
