"""Every setting stands in the table of its page, in both languages, with its default."""

import re
from pathlib import Path

import pytest
from tests.docs.markdown import links, shape

from chengnuo.doors.price_settings import LabelSettings, PriceSettings
from chengnuo.doors.rights_settings import AgentsSettings, CallbackSettings, NotifySettings
from chengnuo.doors.settings import (
    EvidenceSettings,
    IndividualSettings,
    NoticeSettings,
    OidcSettings,
    ServeSettings,
)
from chengnuo.doors.trace_settings import TraceSettings

DOCS = Path(__file__).parents[2] / "docs"
ENGLISH, CHINESE = DOCS / "settings.md", DOCS / "zh" / "settings.md"
TABLES = {
    "oidc",
    "individuals",
    "evidence",
    "connections",
    "notices",
    "notify",
    "agents",
    "prices",
    "traces",
}
ROW = re.compile(r"^\| `([a-z_]+)` \| ([^|]+) \|", re.MULTILINE)
EXACT = re.compile(r"`[^`]+`|\d+")
"""What a default says in any language: code and numbers."""


@pytest.mark.parametrize("page", [ENGLISH, CHINESE], ids=["English", "Chinese"])
@pytest.mark.parametrize(
    ("heading", "struct"),
    [
        ("# ", ServeSettings),
        ("## `[oidc]`", OidcSettings),
        ("## `[individuals]`", IndividualSettings),
        ("## `[evidence]`", EvidenceSettings),
        ("## `[notices.RECIPIENT]`", NoticeSettings),
        ("## `[notify]`", NotifySettings),
        ("## `[agents]`", AgentsSettings),
        ("## `[agents.callbacks.AGENT]`", CallbackSettings),
        ("## `[prices]`", PriceSettings),
        ("## `[prices.labels.COLUMN]`", LabelSettings),
        ("## `[traces]`", TraceSettings),
    ],
)
def test_every_setting_is_on_the_page_and_nothing_else(
    heading: str, struct: type, page: Path
) -> None:
    text = page.read_text(encoding="utf-8")
    part = text[text.index(heading) + 1 :].partition("\n## ")[0]
    fields = set(struct.__struct_fields__) - TABLES
    assert {name for name, _ in ROW.findall(part)} == fields


def test_both_pages_give_the_same_defaults() -> None:
    english, chinese = (
        [
            (name, EXACT.findall(default))
            for name, default in ROW.findall(page.read_text(encoding="utf-8"))
        ]
        for page in (ENGLISH, CHINESE)
    )
    assert chinese == english


def test_both_pages_show_as_much_and_lead_to_each_other() -> None:
    assert shape(CHINESE) == shape(ENGLISH)
    assert "zh/settings.md" in links(ENGLISH)
    assert "../settings.md" in links(CHINESE)
