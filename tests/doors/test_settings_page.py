"""Every setting stands in the table of its page."""

import re
from pathlib import Path

import pytest

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

PAGE = Path(__file__).parents[2] / "docs" / "settings.md"
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
ROW = re.compile(r"^\| `([a-z_]+)` \|", re.MULTILINE)


@pytest.mark.parametrize(
    ("heading", "struct"),
    [
        ("# Settings of", ServeSettings),
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
def test_every_setting_is_on_the_page_and_nothing_else(heading: str, struct: type) -> None:
    text = PAGE.read_text(encoding="utf-8")
    part = text[text.index(heading) + 1 :].partition("\n## ")[0]
    fields = set(struct.__struct_fields__) - TABLES
    assert set(ROW.findall(part)) == fields
