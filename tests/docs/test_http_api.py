"""The page about the HTTP interface is that of the document that is served."""

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from tests.docs.http_api import form, page
from tests.doors.browser_kit import Browser
from tests.doors.service_kit import start

from chengnuo.doors.http import program_schema


@pytest.mark.service
def test_every_operation_and_every_form_stands_on_the_page(
    golden_page: Callable[[str, str], None], tmp_path: Path
) -> None:
    kit = start(tmp_path / "data")
    document = Browser(kit.service.app).get("/schema").json()
    kit.service.close()
    # Served only where the service knows a log of quotes.
    document["paths"]["/v1/prices:explain"] = program_schema.path_items()["/v1/prices:explain"]
    written = page(document)
    anchors = re.findall(r"\{ #([a-z0-9-]+) \}", written)
    assert len(anchors) == len(set(anchors)) == len(document["components"]["schemas"])
    assert set(re.findall(r"\(#([a-z0-9-]+)\)", written)) <= set(anchors)
    golden_page("docs/http-api.md", written)


def test_a_form_is_told_in_a_few_words() -> None:
    text = {"type": "string", "minLength": 1, "maxLength": 9, "pattern": "^a|b$"}
    assert form(text) == "string at least 1 at most 9 `^a\\|b$`"
    assert form({"type": "array", "items": {"$ref": "#/x/Program.Words"}}) == (
        "list of [Words](#program-words)"
    )
    assert form({"anyOf": [{"type": "integer", "minimum": 0}, {"type": "null"}]}) == (
        "integer from 0 or null"
    )
    assert form({"enum": ["a", "b"]}) == "`a`, `b`"
