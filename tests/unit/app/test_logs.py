import io
import json
import logging

import pytest
import structlog

from app.logs import configure_logs


@pytest.fixture
def lines():
    stream = io.StringIO()
    configure_logs("info", stream)
    yield lambda: [json.loads(line) for line in stream.getvalue().splitlines()]
    structlog.reset_defaults()
    logging.root.handlers = []


def test_unknown_fields_are_dropped_and_counted(lines):
    structlog.get_logger().info("index_opened", seq=3, name="hidden-word", id_number="hidden-word")
    [line] = lines()
    assert (3, 2) == (line["seq"], line["dropped_fields"])
    assert "hidden-word" not in str(line)


def test_a_sentence_is_no_event_name(lines):
    structlog.get_logger().info("checked hidden-word of somebody")
    assert ["unnamed_event"] == [line["event"] for line in lines()]


def test_a_library_is_quoted_by_its_template_only(lines):
    logging.getLogger("gunicorn.error").warning("Invalid request from ip=%s", "hidden-word")
    [line] = lines()
    assert "Invalid request from ip=%s" == line["template"]
    assert "hidden-word" not in str(line)


def test_a_library_message_that_is_already_filled_in_is_not_quoted(lines):
    logging.getLogger("anything").error("failed for hidden-word")
    [line] = lines()
    assert ("library_message", "anything") == (line["event"], line["library"])
    assert "hidden-word" not in str(line)


def test_an_exception_is_told_by_type_and_lines(lines):
    def fail(secret: str) -> None:
        raise ValueError(secret)

    try:
        fail("hidden-word")
    except ValueError:
        structlog.get_logger().error("request_failed", exc_info=True)
        logging.getLogger("flask.app").exception("hidden-word")
    assert ["ValueError", "ValueError"] == [line["exception"] for line in lines()]
    assert all("test_logs" in line["where"][-1] for line in lines())
    assert "hidden-word" not in str(lines())


def test_debug_lines_stay_out_at_level_info(lines):
    structlog.get_logger().debug("index_opened")
    logging.getLogger("urllib3").debug("x")
    assert [] == lines()
