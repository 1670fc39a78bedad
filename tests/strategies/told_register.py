"""A small register in which there is something to tell under every heading of the documents.

Written as an operator writes it, so that the golden documents can be read beside it.
"""

from chengnuo.adapters.yaml_tree import parse_yaml
from chengnuo.domain.register.model import Register
from chengnuo.domain.register.problems import Problem
from chengnuo.domain.register.reading import read_register
from chengnuo.law.catalogue import Catalogue

WRITTEN = """\
handler:
  handler: tea-house
  name: {zh: 杭州示例茶舍有限公司, en: Hangzhou Example Tea House Co.}
  address: {zh: 杭州市示例路 8 号, en: "8 Example Road, Hangzhou"}
  contacts: {phone: "0571-00000000", email: privacy@tea.example}
  complaints:
    path: {zh: 我 → 设置 → 投诉, en: Me → Settings → Complaints}
    contacts: {phone: "0571-00000001"}
    working_days: 10
  protection_officer:
    title: {zh: 个人信息保护负责人, en: Person in charge of protection}
    contacts: {email: officer@tea.example}
    filed: 2026-02-02
  individuals: 4000
  security: {zh: 传输加密，按岗位授权。, en: "Encrypted in transit, access by post."}
apps:
  - app: tea
    name: {zh: 示例茶舍, en: Example Tea}
    platforms: {android: cn.example.tea}
    app_types: [NPI-06]
    audience:
      minors_under_14: possible
      age_check: {zh: 由监护人申报, en: A guardian tells it}
      unknown_age_as: adult
      low_risk: {zh: 建号须手机号, en: An account needs a phone}
    access:
      rules_path: {zh: 我 → 设置 → 隐私, en: Me → Settings → Privacy}
      rules_taps: 3
      collection_list_path: {zh: 我 → 收集清单, en: Me → Collected}
      sharing_list_path: {zh: 我 → 共享清单, en: Me → Shared}
      lists_menu_level: 2
      minors_rules_path: {zh: 我 → 儿童规则, en: Me → Children}
    first_run: {}
    rights:
      - right: access
        path: {zh: 我 → 我的信息, en: Me → My information}
        working_days: 0
      - right: delete
        path: {zh: 我 → 我的信息 → 删除, en: Me → My information → Delete}
        working_days: 10
        conditions: {zh: 没有在途订单, en: No order is on its way}
      - right: withdraw
        path: {zh: 我 → 我的同意 → 撤回, en: Me → My consents → Withdraw}
        working_days: 0
    cancellation: {cooling_off: P7D, conditions: [{zh: 没有在途订单, en: No order is on its way}]}
    rules_updated: 2026-10-01
    rules_effective: 2026-10-08
services:
  - {service: buy, app: tea, name: {zh: 买茶, en: Buy tea}, basic: true, requires: [order]}
  - service: care
    app: tea
    name: {zh: 贴心服务, en: Extras}
    basic: false
    requires_account: true
    account_reason: {zh: 记录跟随账号, en: Records follow the account}
activities:
  - activity: order
    service: buy
    purpose: {zh: 送茶上门, en: Deliver tea}
    purpose_kind: delivery
    scene: {zh: 提交订单时, en: When an order is placed}
    method:
      provided_by: individual
      trigger: user-action
      operations: [collect, store, use, provide]
    items:
      - {category: PI-BASIC-NAME, detail: {zh: 收货人姓名, en: Who receives it}, necessary: true}
      - {category: PI-BASIC-ADDR, necessary: true, sensitive: false}
      - category: PI-BASIC-PHONE
        necessary: false
        if_refused: {zh: 到店自取, en: Collect it from the shop}
    basis: contract
    basis_detail: {zh: 买卖合同, en: Contract of sale}
    retention:
      keep: P3Y
      from: transaction-done
      then: delete
      why: {zh: 交易记录的法定期限, en: Set by law}
    stores: [main.orders]
    recipients: [courier]
    minors_under_14: not-collected
    assessment: risks
  - activity: nearby
    service: care
    purpose: {zh: 推荐附近茶舍, en: Show tea houses nearby}
    scene: {zh: 点击“附近”时, en: When “Nearby” is tapped}
    method: {provided_by: device, trigger: user-action, at_most: 1 per minute}
    items:
      - category: PI-LOC-PRECISE
        necessary: false
        why_necessary: {zh: 按距离排序, en: Sorting by distance}
        impact: {zh: 可能反映行踪, en: It may show where you go}
        if_refused: {zh: 手动选择城市, en: Choose a city by hand}
      - {category: PI-DEVICE-OAID, necessary: false}
    basis: consent
    permissions: {android: [ACCESS_FINE_LOCATION], ios: [NSLocationWhenInUseUsageDescription]}
    retention: {keep: P30D, from: collected, then: delete}
    stores: [main.places]
    recipients: [maps]
    automated:
      kind: recommendation
      factors: [{zh: 距离, en: Distance}]
      off_switch: near-first
      explanation: {zh: 近的排在前面, en: What is near comes first}
    minors_under_14: not-collected
    if_withdrawn: {zh: 停止定位并删除记录, en: Locating ends and records are deleted}
  - activity: wall
    service: care
    purpose: {zh: 公示茶友留言, en: Show guests' notes}
    purpose_kind: publication
    scene: {zh: 留言并选择公开时, en: When a note is made public}
    method: {provided_by: individual, trigger: user-action}
    items:
      - category: PI-BASIC-NICK
        necessary: false
        if_refused: {zh: 匿名展示, en: Shown without a name}
    basis: consent
    retention: {keep: P1Y, from: collected, then: anonymise}
    disclosure:
      where: {zh: 留言墙, en: The wall}
      categories: [PI-BASIC-NICK]
      masks: [{category: PI-BASIC-NICK, rule: {zh: 只留首字, en: First sign only}}]
      why: {zh: 供茶友交流, en: So that guests can talk}
      shown_for: P30D
    recipients: [festival]
    minors_under_14: not-collected
  - activity: child
    service: care
    purpose: {zh: 记录孩子的过敏情况, en: Note a child's allergies}
    scene: {zh: 监护人填写时, en: When a guardian fills it in}
    method: {provided_by: individual, trigger: user-action}
    items:
      - category: PI-AGE-U14
        necessary: false
        if_refused: {zh: 不作记录, en: Nothing is noted}
    basis: consent
    retention: {keep: P30D, from: consent-withdrawn, then: delete}
    stores: [main.children]
    minors_under_14: guardian-consent
recipients:
  - recipient: courier
    role: provision
    name: {zh: 示例快递, en: Example Express}
    company: {zh: 示例快递有限公司, en: Example Express Ltd.}
    contact: privacy@courier.example
    categories: [PI-BASIC-NAME, PI-BASIC-ADDR, PI-BASIC-PHONE]
    purpose: {zh: 派送, en: Delivery}
    method: {zh: 按单传输，派送后删除, en: "Sent by order, deleted afterwards"}
    channel: api
  - recipient: maps
    role: entrusted
    name: {zh: 示例地图, en: Example Maps}
    company: {zh: 示例地图公司, en: Example Maps Inc.}
    rules_url: https://maps.example/privacy
    country: SG
    categories: [PI-LOC-PRECISE]
    purpose: {zh: 换算位置, en: Turning signals into a place}
    channel: sdk
    sdk: {name: MapKit, versions: [android 5.4.0], starts: after-consent}
    cross_border: {route: exempt-volume, individuals_a_year: 900}
    vetting: {on: 2026-01-01, until: 2027-01-01, result: approved, report: vetting/maps.pdf}
  - recipient: festival
    role: joint
    name: {zh: 示例茶节, en: Tea Festival}
    company: {zh: 示例茶节组委会, en: Tea Festival Office}
    categories: [PI-BASIC-NICK]
    purpose: {zh: 共同办茶节, en: Running the festival}
    channel: file
    agreement: festival-terms
stores:
  - store: main
    name: {zh: 主库, en: Main database}
    kind: sqlite
    connection: TEA_DB
    region: {zh: 杭州, en: Hangzhou}
    tables: [{table: orders}, {table: places}, {table: children}]
agreements:
  - agreement: festival-terms
    title: {zh: 茶节协议, en: Festival terms}
    signed: 2026-03-01
    duties: [{duty: {zh: 受理请求, en: Taking requests}, borne_by: both}]
    liability: {zh: 连带责任, en: Joint and several}
    reference: contracts/festival.pdf
assessments:
  - assessment: risks
    title: {zh: 配送评估, en: Delivery}
    done: 2026-01-05
    grounds: [provision]
    risk: low
switches:
  - switch: near-first
    app: tea
    name: {zh: 附近优先, en: Nearest first}
    kind: recommendation
    path: {zh: 我 → 个性化, en: Me → Personal}
    taps: 2
    default_on: false
    effect: {zh: 按名称排序, en: Sorted by name}
notices:
  - notice: hello
    app: tea
    kind: introduction
    body: {zh: 欢迎来喝茶。, en: Welcome to tea.}
"""


def told_register(catalogue: Catalogue, *, instead: tuple[tuple[str, str], ...] = ()) -> Register:
    """Return the register, with words of the text replaced; each must stand in it once."""
    written = WRITTEN
    for old, new in instead:
        assert written.count(old) == 1, old
        written = written.replace(old, new)
    tree = parse_yaml(written, "register.yaml")
    assert not isinstance(tree, Problem), tree
    return read_register([tree], catalogue=catalogue).register
