"""The lines of a service: text or JSON, and nothing of a person in either."""

import io
import json
import logging
import sys
from collections.abc import Callable, Iterator

import pytest

from chengnuo.doors.cli.log_lines import JsonLines, Lines

PERSONAL = "13800138000-zhang-san@example.com"

Write = Callable[[logging.Formatter], tuple[logging.Logger, io.StringIO]]


@pytest.fixture
def write() -> Iterator[Write]:
    """Returns a logger that writes in a form, and what it writes into."""
    logger = logging.getLogger("tests.log_lines")

    def one(form: logging.Formatter) -> tuple[logging.Logger, io.StringIO]:
        into = io.StringIO()
        handler = logging.StreamHandler(into)
        handler.setFormatter(form)
        logger.handlers = [handler]
        logger.propagate = False
        return logger, into

    yield one
    logger.handlers = []
    logger.propagate = True


def fail() -> None:
    raise ValueError(PERSONAL)


@pytest.mark.parametrize("form", [Lines(), JsonLines()], ids=["text", "json"])
def test_an_error_is_told_without_its_words(form: logging.Formatter, write: Write) -> None:
    logger, into = write(form)
    try:
        fail()
    except ValueError:
        logger.exception("it failed", stack_info=True)
    said = into.getvalue()
    assert "it failed" in said
    assert "ValueError in fail, line " in said
    assert PERSONAL not in said
    assert "Traceback" not in said


def test_a_json_line_is_one_object_on_one_line(write: Write) -> None:
    logger, into = write(JsonLines())
    logger.warning("a name `%s`\nand %d", "中文", 3)
    (line,) = into.getvalue().splitlines()
    said = json.loads(line)
    assert said.pop("at").endswith("+00:00")
    assert said == {
        "level": "WARNING",
        "logger": "tests.log_lines",
        "line": "a name `中文`\nand 3",
    }


def test_what_is_no_error_is_told_without_one(write: Write) -> None:
    logger, into = write(JsonLines())
    logger.warning("x", exc_info=(None, None, None))
    assert json.loads(into.getvalue())["error"] == ""
    assert sys.exc_info() == (None, None, None)
