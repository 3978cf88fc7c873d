"""The demo's kiosk over an index of invented people, one of whom is under observation."""

import csv
import json
import shutil

import pytest
import zxingcpp

from app.kiosk.enrolment.kiosk_enrolments import KioskEnrolments, KioskKeys, UnknownCode
from app.kiosk.keys.hpke import new_key_pair
from app.records.database import open_records
from app.settings import read_settings
from tests.fixtures.kiosk_roster import OBSERVED, observed_entries, strangers
from tests.unit.app.posters.test_pdf_pages import pictures_of
from tools import demo_kiosk, demo_organisation

NOW = 1_581_000_000_000
COLUMNS = ("name", "id_type", "id_number", "expected_status", "expected_tier")


@pytest.fixture
def demo(tmp_path, own_deployment):
    """Make the demo ready, as a start does; its file is returned."""
    own_deployment.publish(entries=observed_entries())
    settings = read_settings(
        state_dir=str(tmp_path / "state"),
        keys_dir=str(own_deployment.web_keys),
        index_dir=str(own_deployment.index),
    )
    with (tmp_path / "people.csv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(COLUMNS)
        for each in (OBSERVED, *strangers(6)):
            status = "exposed" if each is OBSERVED else "not_found"
            writer.writerow((each.name, each.id_type, each.id_number, status, ""))

    def make():
        demo_organisation.make_ready(settings, tmp_path)
        demo_kiosk.make_ready(settings, tmp_path)
        return json.loads((tmp_path / demo_kiosk.FILE).read_bytes())

    make.settings, make.folder = settings, tmp_path
    return make


def enrol(settings, code):
    """Enrol a kiosk by a code."""
    keys = KioskKeys(new_key_pair()[1], new_key_pair()[1], "test")
    return KioskEnrolments(open_records(settings)).enrol(code, keys, NOW)


def test_badges_have_the_words_of_the_index(demo):
    words = [badge["word"] for badge in demo()["badges"]]
    assert ["come_in"] * 4 + ["wait"] + ["not_checked"] * 2 == words


def test_the_code_enrols_a_kiosk(demo):
    assert demo_kiosk.KIOSK_NAME == enrol(demo.settings, demo()["enrolment_code"]).name


def test_each_start_has_a_code_of_its_own_and_voids_the_one_before(demo):
    before, after = demo()["enrolment_code"], demo()["enrolment_code"]
    with pytest.raises(UnknownCode):
        enrol(demo.settings, before)
    enrol(demo.settings, after)


def test_badges_stay_from_start_to_start(demo):
    assert demo()["badges"] == demo()["badges"]


def test_badges_are_made_anew_after_the_records_were_deleted(demo):
    before = {badge["text"] for badge in demo()["badges"]}
    shutil.rmtree(demo.settings.state_dir)
    after = demo()["badges"]
    assert 7 == len(after)
    assert 1 >= len(before & {badge["text"] for badge in after})  # of another organisation


@pytest.mark.parametrize(
    "content", ["", "[1]", '{"badges": [{"text": "x", "word": "not_checked"}]}']
)
def test_a_file_that_is_none_of_ours_is_replaced(demo, content):
    (demo.folder / demo_kiosk.FILE).write_text(content)
    assert ["enrolment_code", "badges"] == list(demo())


def test_all_badges_are_there_to_print(demo):
    texts = [badge["text"] for badge in demo()["badges"]]
    (page,) = pictures_of((demo.folder / demo_kiosk.BADGES).read_bytes())
    assert sorted(texts) == sorted(c.text for c in zxingcpp.read_barcodes(page.convert("L")))


@pytest.mark.parametrize("file", [demo_kiosk.FILE, demo_kiosk.BADGES])
def test_only_its_owner_reads_the_files(demo, file):
    demo()
    assert 0o600 == (demo.folder / file).stat().st_mode & 0o777
