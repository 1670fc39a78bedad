"""A long policy has a summary, and that is short (292号文 5.3)."""

import json
from pathlib import Path

import pytest
from tests.house.sources import ROOT

from chengnuo.adapters.documents.markdown import MarkdownWriter
from chengnuo.base.text import Lang
from chengnuo.domain.disclosure.all_documents import derive
from chengnuo.domain.disclosure.declared import Declared
from chengnuo.domain.disclosure.document import DocumentKind
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


HEAD = "# 隐私政策\n\n## 摘要\n\n| 业务场景 | 收集方式 | 信息类型 |\n|---|---|---|\n"
ORDER = "| 提交订单时 | 您主动填写 | 收货地址；手机号码 |\n"
FULL = (
    "\n## 我们收集的信息\n\n| 场景 | 目的 | 收集方式 | 个人信息种类 |\n|---|---|---|---|\n"
    "| 提交订单时 | 送货上门 | 您主动填写 | 收货地址、手机号码 |\n"
)
AGREES = {
    "policy-summary-says-more",
    "policy-summary-omits",
    "policy-summary-other-way",
    "policy-summary-other-scene",
}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param(HEAD + ORDER + FULL, set(), id="both say the same"),
        pytest.param(
            HEAD + ORDER.replace("手机号码", "手机号码；身份证号码") + FULL,
            {"policy-summary-says-more"},
            id="a kind more",
        ),
        pytest.param(
            HEAD + ORDER.replace("；手机号码", "") + FULL, {"policy-summary-omits"}, id="one less"
        ),
        pytest.param(
            HEAD + ORDER.replace("您主动填写", "通过系统接口从设备读取") + FULL,
            {"policy-summary-other-way"},
            id="another way",
        ),
        pytest.param(
            HEAD + ORDER.replace("提交订单时", "参加抽奖活动") + FULL,
            {"policy-summary-other-scene"},
            id="another scene",
        ),
        pytest.param(
            "# 隐私政策\n\n## 摘要\n\n我们只收集您的收货地址。\n" + FULL,
            set(),
            id="sentences may leave something out",
        ),
        pytest.param(HEAD + ORDER, set(), id="nothing to hold it to"),
    ],
)
def test_a_summary_agrees_with_the_rules(
    text: str, expected: set[str], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "policy.md"
    path.write_text(text, encoding="utf-8")
    run(Program(), ["policy", "read", str(path), "--register", SHOP, "--json"])
    report = json.loads(capsys.readouterr().out)
    assert {one["rule"] for one in report["findings"]} & AGREES == expected


@pytest.mark.parametrize("lang", Lang)
def test_our_own_summary_agrees_with_our_own_rules(
    lang: Lang, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    program = Program()
    register = program.registers().load(Path(SHOP)).register
    declared = Declared(
        register=register, catalogue=program.catalogue(), app_id=register.apps[0].app
    )
    writer = MarkdownWriter()
    parts = (
        writer.write(derive(declared, kind), lang).decode()
        for kind in (DocumentKind.SUMMARY_TABLE, DocumentKind.PROCESSING_RULES)
    )
    path = tmp_path / "policy.md"
    path.write_text("\n\n".join(parts), encoding="utf-8")
    run(program, ["policy", "read", str(path), "--register", SHOP, "--json"])
    report = json.loads(capsys.readouterr().out)
    assert [one for one in report["findings"] if one["rule"] in AGREES] == []
