import pytest

from app.web.security_headers import DATA_HEADERS


@pytest.fixture
def first(private_checker):
    manifest = private_checker.manifest()
    return private_checker.bucket_path(manifest, 0)


def test_a_bucket_is_its_file_for_anybody_and_any_cache(
    private_checker, published_privately, first
):
    answer = private_checker.http.get(first)
    file = published_privately.index / private_checker.manifest().build_id / "b" / "00000000"
    assert file.read_bytes() == answer.data
    assert "public, immutable, max-age=172800, no-transform" == answer.headers["Cache-Control"]
    assert str(file.stat().st_size) == answer.headers["Content-Length"]
    assert "application/octet-stream" == answer.headers["Content-Type"]
    assert set() == {"Set-Cookie", "Vary", "Content-Encoding", "ETag"} & set(answer.headers.keys())


def test_octets_carry_the_headers_of_data_and_no_more(private_checker, first, people):
    evaluation = private_checker.evaluation(private_checker.blinded(people.close).request)
    own = {"Content-Type", "Content-Length", "Cache-Control"}
    for answer in (private_checker.http.get(first), evaluation):
        assert {*dict(DATA_HEADERS), *own} == set(answer.headers.keys())


def test_nothing_is_compressed(private_checker, first):
    plain, compressed = (
        private_checker.http.get(first, headers={"Accept-Encoding": e})
        for e in ("identity", "br, gzip")
    )
    assert plain.data == compressed.data


def test_a_language_and_a_cookie_change_nothing(private_checker, first):
    private_checker.http.set_cookie("lang", "en")
    answer = private_checker.http.get(first, headers={"Accept-Language": "en"})
    assert private_checker.http.get(first).headers.to_wsgi_list() == answer.headers.to_wsgi_list()


def test_head_tells_the_length_alone(private_checker, first):
    answer = private_checker.http.head(first)
    assert (200, b"") == (answer.status_code, answer.data)
    assert (
        private_checker.http.get(first).headers["Content-Length"]
        == answer.headers["Content-Length"]
    )


def test_every_bucket_is_there_and_of_one_length(private_checker):
    manifest = private_checker.manifest()
    buckets = range(1 << manifest.private.log2_buckets)
    lengths = {
        private_checker.http.head(private_checker.bucket_path(manifest, no)).headers[
            "Content-Length"
        ]
        for no in buckets
    }
    assert 1 == len(lengths)


@pytest.mark.parametrize(
    "change",
    [
        lambda path: path + "?x=1",
        lambda path: path[:-8] + "00000200",  # one past the last
        lambda path: path[:-8] + "ffffffff",
        lambda path: path[:-8] + "0",
        lambda path: path[:-8] + "0000000A",
        lambda path: path[:-1] + "%30" + "0",
        lambda path: path[:-8] + "..%2fmanifest.json",
        lambda path: path[:-8] + "../manifest.json",
        lambda path: path[:-8],
        lambda path: path + "/",
        lambda path: "/b/" + "0" * 32 + "/00000000",
        lambda path: path.upper().replace("/B/", "/b/"),
        lambda path: path.replace("/b/", "/b//"),
        lambda path: path[:-8] + "٠٠٠٠٠٠٠٠",
        lambda path: path[:-8] + "-0000001",
    ],
    ids=range(15),
)
def test_any_other_address_is_not_found_and_kept_by_nobody(private_checker, first, change):
    answer = private_checker.http.get(change(first))
    assert 404 == answer.status_code
    assert "no-store" in answer.headers["Cache-Control"]


def test_what_is_no_bucket_is_told_as_a_problem(private_checker):
    answer = private_checker.http.get("/b/" + "0" * 32 + "/00000000")
    assert (404, "application/problem+json") == (answer.status_code, answer.content_type)


def test_the_other_files_of_a_build_are_not_handed_out(private_checker):
    build_id = private_checker.manifest().build_id
    for name in ("manifest.json", "plain.idx", "b"):
        assert 404 == private_checker.http.get(f"/b/{build_id}/{name}").status_code
