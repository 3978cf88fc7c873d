"""compose.yaml and Kubernetes: what they name exists, and nothing has more than it needs."""

import re
from pathlib import Path

import pytest
import yaml

from app.server.gunicorn_server import GRACEFUL_TIMEOUT_SECONDS
from app.settings.whole import CONFIG_VARIABLE, Settings, variable

ROOT = Path(__file__).resolve().parents[3]
DOCKERFILE = (ROOT / "Dockerfile").read_text("utf-8")
MANIFESTS = ROOT / "deploy" / "kubernetes" / "gauge.yaml"
LISTS, KEYS, STATE = "lists", "list-keys", "state"


def variables_of_the_image():
    return dict(re.findall(r"(GAUGE_[A-Z_]+)=(\S+)", DOCKERFILE))


@pytest.fixture(scope="module")
def compose():
    return yaml.safe_load((ROOT / "compose.yaml").read_text("utf-8"))


@pytest.fixture(scope="module")
def kubernetes():
    documents = yaml.safe_load_all(MANIFESTS.read_text("utf-8"))
    return {(one["kind"], one["metadata"]["name"]): one for one in documents}


@pytest.fixture(scope="module")
def pods(kubernetes):
    return {name: kubernetes["StatefulSet", name]["spec"]["template"]["spec"] for name in OURS}


OURS = ("web", "worker")


def paths_of(service):
    """Mounted path → volume of a compose service."""
    return {path.split(":")[1]: path.split(":")[0] for path in service["volumes"]}


def mounts_of(pod):
    return {one["mountPath"]: one["name"] for one in pod["containers"][0]["volumeMounts"]}


def test_every_variable_is_a_setting(compose, pods):
    known = {variable(name) for name in Settings.model_fields} | {CONFIG_VARIABLE}
    named = set(variables_of_the_image())
    for name in OURS:
        named |= set(compose["services"][name]["environment"])
        named |= {one["name"] for one in pods[name]["containers"][0]["env"]}
    assert set() == named - known


@pytest.mark.parametrize("name", OURS)
def test_lists_and_their_keys_lie_in_volumes_apart(compose, pods, name):
    image = variables_of_the_image()
    paths = (image["GAUGE_BULK_DIR"], image["GAUGE_BULK_KEYS_DIR"])
    for mounts in (paths_of(compose["services"][name]), mounts_of(pods[name])):
        assert [LISTS, KEYS] == [mounts[path] for path in paths]


@pytest.mark.parametrize("name", OURS)
def test_requests_under_way_are_waited_for(compose, pods, name):
    graces = (
        int(compose["services"][name]["stop_grace_period"].removesuffix("s")),
        pods[name].get("terminationGracePeriodSeconds", 30),
    )
    assert min(graces) > GRACEFUL_TIMEOUT_SECONDS


def test_web_and_worker_share_lists_and_no_state(compose):
    web, worker = (paths_of(compose["services"][name]) for name in OURS)
    differing = {path for path in web if web[path] != worker[path]}
    assert {variables_of_the_image()["GAUGE_STATE_DIR"]} == differing
    assert web.keys() == worker.keys()


def test_every_volume_is_there(compose, kubernetes, pods):
    named = {volume for name in OURS for volume in paths_of(compose["services"][name]).values()}
    assert set() == {volume for volume in named if volume[0] != "."} - set(compose["volumes"])
    for name in OURS:
        state = kubernetes["StatefulSet", name]["spec"]["volumeClaimTemplates"][0]["metadata"]
        volumes = {one["name"] for one in pods[name]["volumes"]} | {state["name"]}
        assert set() == set(mounts_of(pods[name]).values()) - volumes


@pytest.mark.parametrize("name", OURS)
def test_nothing_may_write_beside_its_volumes_or_gain_a_right(compose, pods, name):
    service = compose["services"][name]
    assert (True, ["ALL"]) == (service["read_only"], service["cap_drop"])
    assert ["no-new-privileges:true"] == service["security_opt"]
    container = pods[name]["containers"][0]["securityContext"]
    assert (True, False) == (
        container["readOnlyRootFilesystem"],
        container["allowPrivilegeEscalation"],
    )
    assert (True, 10001) == (
        pods[name]["securityContext"]["runAsNonRoot"],
        pods[name]["securityContext"]["runAsUser"],
    )


@pytest.mark.parametrize("name", OURS)
def test_index_keys_and_settings_are_mounted_read_only(compose, pods, name):
    ours = {"/srv/index", "/run/keys"}
    modes = {
        path.split(":")[1]: path.split(":")[2:] for path in compose["services"][name]["volumes"]
    }
    assert {path: ["ro"] for path in ours} == {path: modes[path] for path in ours}
    mounts = {one["mountPath"]: one for one in pods[name]["containers"][0]["volumeMounts"]}
    assert all(mounts[path]["readOnly"] for path in (*ours, "/run/settings"))


def test_no_password_stands_in_the_files():
    texts = [(ROOT / "compose.yaml").read_text("utf-8"), MANIFESTS.read_text("utf-8")]
    assert [] == [word for text in texts for word in re.findall(r"\w+://\w*:\w+@", text)]


def test_the_worker_is_the_web_image(compose, pods):
    assert 1 == len({compose["services"][name]["image"] for name in OURS})
    assert 1 == len({pods[name]["containers"][0]["image"] for name in OURS})


def test_the_worker_is_no_web_service(compose, pods):
    assert {"disable": True} == compose["services"]["worker"]["healthcheck"]
    assert [] == [key for key in pods["worker"]["containers"][0] if key.endswith("Probe")]


def test_probes_ask_what_a_supervisor_should(pods):
    web = pods["web"]["containers"][0]
    probes = ("startupProbe", "readinessProbe", "livenessProbe")
    paths = [web[name]["httpGet"]["path"] for name in probes]
    assert ["/healthz", "/readyz", "/healthz"] == paths


def test_directories_of_the_image_belong_to_its_user():
    (line,) = [line for line in DOCKERFILE.splitlines() if line.startswith("RUN install -d")]
    image = variables_of_the_image()
    names = ("GAUGE_STATE_DIR", "GAUGE_BULK_DIR", "GAUGE_BULK_KEYS_DIR")
    assert set() == {image[name] for name in names} - set(line.split())
    assert "-o 10001 -g 10001 -m 0700" in line
