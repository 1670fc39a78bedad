"""A small register as somebody would write it, for tests that change one thing in it."""

from chengnuo.adapters.yaml_tree import parse_yaml
from chengnuo.domain.register.problems import Problem
from chengnuo.domain.register.tree import Node

FILES = {
    "handler.yaml": """\
handler: demo-co
name: {zh: 示例有限公司, en: Demo Co.}
address: 上海市示例路 1 号
contacts: {email: privacy@demo.example}
complaints:
  path: 我 → 设置 → 投诉
  contacts: {phone: "400 000 0000"}
  working_days: 15
""",
    "apps/demo.yaml": """\
app: demo
name: 示例应用
platforms: {android: cn.example.demo}
app_types: [NPI-06]
audience: {minors_under_14: not-intended}
access:
  rules_path: 我 → 设置 → 隐私
  rules_taps: 3
  collection_list_path: 我 → 隐私 → 收集清单
  sharing_list_path: 我 → 隐私 → 共享清单
  lists_menu_level: 2
first_run: {}
rules_updated: 2026-10-01
rules_effective: 2026-10-08
""",
    "services.yaml": """\
services:
  - service: browse
    app: demo
    name: 浏览
    basic: true
  - service: nearby
    app: demo
    name: 附近
    basic: false
    requires: [nearby-stores]
""",
    "activities/nearby-stores.yaml": """\
activity: nearby-stores
service: nearby
purpose: {zh: 推荐附近门店, en: Show stores near you}
scene: 首页点击“附近门店”时
method: {provided_by: device, trigger: user-action, at_most: 1 per minute}
items:
  - {category: PI-LOC-PRECISE, necessary: false, if_refused: 可手动选择城市}
  - {category: PI-DEVICE-OAID, necessary: false, if_refused: 无影响}
basis: consent
consent: general
permissions: {android: [ACCESS_FINE_LOCATION]}
retention: {keep: P30D, from: collected, then: delete}
stores: [main.location_log]
recipients: [map-co]
minors_under_14: not-collected
""",
    "recipients/map-co.yaml": """\
recipient: map-co
role: provision
name: 示例地图
company: 示例地图有限公司
categories: [PI-LOC-PRECISE]
purpose: 返回附近门店
channel: sdk
sdk: {name: Map SDK, starts: after-consent}
""",
    "stores/main.yaml": """\
store: main
name: 主库
kind: sqlite
connection: MAIN_DB
tables:
  - table: location_log
    identity: [person_id]
    columns:
      - {column: place, category: PI-LOC-PRECISE, when_deleted: delete-row}
""",
}


def trees(files: dict[str, str] | None = None) -> list[Node]:
    """The trees of some files; a problem of the YAML itself is a mistake of the test."""
    found = []
    for name, text in (FILES if files is None else files).items():
        tree = parse_yaml(text, name)
        assert not isinstance(tree, Problem), tree
        found.append(tree)
    return found


def changed(name: str, old: str, new: str) -> dict[str, str]:
    """The files with one thing changed in one of them."""
    assert FILES[name].count(old) == 1, (name, old)
    return FILES | {name: FILES[name].replace(old, new)}
