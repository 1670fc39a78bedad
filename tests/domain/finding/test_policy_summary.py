"""A long policy has a summary, and that is short (292号文 5.3)."""

import json
from pathlib import Path

import pytest
from tests.house.sources import ROOT

from chengnuo.doors.cli.root import run
from chengnuo.wiring.program import Program

SHOP = str(ROOT / "examples/shop/register")
RULES = {"policy-without-summary", "policy-summary-long"}
LINE = "我们为了完成订单会收集您的收货地址和电话，您可以在设置中查看和更正这些信息。\n\n"
SHORT = "# 隐私政策\n\n## 摘要\n\n我们收集订单所需的信息，可以随时撤回。\n\n## 正文\n\n"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param(SHORT + LINE * 120, set(), id="short summary"),
        pytest.param("# 隐私政策\n\n" + LINE * 120, {"policy-without-summary"}, id="none"),
        pytest.param("# 隐私政策\n\n" + LINE * 5, set(), id="a short policy needs none"),
        pytest.param(
            "# 隐私政策\n\n## 摘要\n\n" + LINE * 60 + "## 正文\n\n" + LINE * 60,
            {"policy-summary-long"},
            id="half of it",
        ),
        pytest.param(
            "# Privacy policy\n\n## At a glance\n\nWe keep little.\n\n## All of it\n\n"
            + LINE * 120,
            set(),
            id="in English",
        ),
    ],
)
def test_a_long_policy_is_summed_up(
    text: str, expected: set[str], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "policy.md"
    path.write_text(text, encoding="utf-8")
    run(Program(), ["policy", "read", str(path), "--register", SHOP, "--json"])
    report = json.loads(capsys.readouterr().out)
    assert {one["rule"] for one in report["findings"]} & RULES == expected
