"""A policy beside the package fills in a draft, in its own words, and says where they stand."""

import hashlib
from pathlib import Path

import pytest
from tests.packages import kit

from chengnuo.adapters.policies.lines import markdown_blocks
from chengnuo.adapters.register_folder import RegisterFolder
from chengnuo.adapters.register_writer import RegisterWriter
from chengnuo.base.text import Lang, Text
from chengnuo.domain.inspection.draft import Draft, draft_register
from chengnuo.domain.inspection.draft_policy import with_policy
from chengnuo.domain.inspection.inspecting import inspect
from chengnuo.domain.inspection.policies.lexicon import lexicon_of
from chengnuo.domain.inspection.policies.reading import read_policy
from chengnuo.domain.observation.knowledge import Knowledge
from chengnuo.domain.register.draft import UNKNOWN_DAY, is_to_complete
from chengnuo.domain.register.reading import read_register
from chengnuo.law.catalogue import Catalogue

POLICY = """# 隐私政策
更新日期：2026年3月1日
生效日期：2026年3月8日
本应用由杭州示例网络有限公司运营。

## 一、位置
- 场景：您点击“附近”时
- 个人信息：精准定位；Android ID；IMEI；通讯录
- 目的：推荐附近的门店
- 必要信息：精准定位；不提供则无法使用
- 保存期限：自收集之日起保存 30 天

## 二、联系我们
电子邮箱：privacy@shop.example。我们将在15个工作日内答复。
投诉电话：0571-00000002
"""


@pytest.fixture(scope="module")
def plain_draft(knowledge: Knowledge, catalogue: Catalogue) -> Draft:
    content = kit.built("whole-bad-shop").read_bytes()
    seen = inspect(content, knowledge, sha256=hashlib.sha256(content).hexdigest())
    return draft_register(seen, knowledge, catalogue)


@pytest.fixture(scope="module")
def filled(plain_draft: Draft, knowledge: Knowledge, catalogue: Catalogue) -> Draft:
    reading = read_policy(
        markdown_blocks(POLICY),
        file="policy.md",
        sha256="0" * 64,
        lexicon=lexicon_of(knowledge, catalogue),
    )
    return with_policy(plain_draft, reading)


def test_handler_and_app_are_filled_in(plain_draft: Draft, filled: Draft) -> None:
    handler, app = filled.register.handler, filled.register.apps[0]
    assert handler.name == Text("杭州示例网络有限公司")
    assert handler.contacts.email == "privacy@shop.example"
    assert handler.complaints.contacts.phone == "0571-00000002"
    assert handler.complaints.working_days == 15
    assert (str(app.rules_updated), str(app.rules_effective)) == ("2026-03-01", "2026-03-08")
    assert plain_draft.register.apps[0].rules_updated == UNKNOWN_DAY


def test_activities_take_purpose_scene_and_period(plain_draft: Draft, filled: Draft) -> None:
    told = [one for one in filled.register.activities if one.purpose == Text("推荐附近的门店")]
    assert told
    assert {one.scene for one in told} == {Text("您点击“附近”时")}
    assert {str(one.retention.keep) for one in told} == {"P30D"}
    others = [one for one in filled.register.activities if one not in told]
    assert all(is_to_complete(one.purpose) for one in others)
    before = {one.activity: one for one in plain_draft.register.activities}
    assert all(before[one.activity] == one for one in others)


def test_the_remarks_quote_the_policy_and_the_draft_loads(
    filled: Draft, catalogue: Catalogue, tmp_path: Path
) -> None:
    said = [one.in_lang(Lang.ZH) for row in filled.remarks.values() for one in row]
    assert any("隐私政策 policy.md" in one and "“推荐附近的门店”" in one for one in said)
    folder = tmp_path / "register"
    RegisterWriter().write(filled.register, folder, remarks=filled.remarks, replace=False)
    files = RegisterFolder().read(folder)
    found = read_register(files.trees, catalogue=catalogue, problems=files.problems).register
    assert found == filled.register
