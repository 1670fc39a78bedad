"""Rules about agreements with recipients (PIPL Arts. 20, 21, 23)."""

from collections.abc import Callable, Iterator

from chengnuo.base.text import Text
from chengnuo.domain.finding.facts import Facts
from chengnuo.domain.finding.finding import Severity
from chengnuo.domain.finding.rule import Check, Hit, Rule, duties, each_row, hit
from chengnuo.domain.register.recipient import (
    Agreement,
    DutyTopic,
    Recipient,
    RecipientRole,
    SubEntrusting,
)


def _without(role: RecipientRole) -> Check:
    """Return a check that finds recipients of a role without an agreement."""
    return each_row(
        lambda facts: facts.recipients_in_role(role),
        "agreement",
        lambda recipient: recipient.agreement is None,
        lambda recipient: recipient.name,
    )


def _lacking(
    role: RecipientRole, where: str, lacks: Callable[[Agreement], bool]
) -> Callable[[Facts], Iterator[Hit]]:
    """Return a check that finds agreements with recipients of a role that lack something."""

    def check(facts: Facts) -> Iterator[Hit]:
        for agreement in facts.register.agreements:
            with_role = [
                recipient
                for recipient in facts.recipients_by_agreement.get(agreement.agreement, ())
                if recipient.role is role
            ]
            if with_role and lacks(agreement):
                yield hit(agreement, where, agreement.title, party=with_role[0].name)

    return check


def _expired(facts: Facts) -> Iterator[Hit]:
    for agreement in facts.register.agreements:
        if agreement.expires is not None and agreement.expires < facts.today:
            yield hit(agreement, "expires", agreement.expires)


def _signed_later(facts: Facts) -> Iterator[Hit]:
    for agreement in facts.register.agreements:
        if agreement.signed > facts.today:
            yield hit(agreement, "signed", agreement.signed)
        elif agreement.first_day > facts.today:
            yield hit(agreement, "in_force_from", agreement.first_day)


def _unsettled(facts: Facts) -> Iterator[Hit]:
    for recipient in facts.recipients_in_role(RecipientRole.JOINT):
        agreement = facts.agreement_with(recipient)
        if agreement is not None and agreement.duties:
            for topic in DutyTopic:
                if topic not in agreement.settled:
                    yield hit(agreement, "duties", topic, key=topic, party=recipient.name)


def _sub_recipients_despite_ban(facts: Facts) -> Iterator[Hit]:
    for recipient in facts.recipients_in_role(RecipientRole.ENTRUSTED):
        agreement = facts.agreement_with(recipient)
        banned = agreement is not None and agreement.sub_entrusting is SubEntrusting.FORBIDDEN
        if banned and recipient.sub_recipients:
            yield hit(recipient, "sub_recipients", recipient.sub_recipients[0])


def _operator_not_entrusted(facts: Facts) -> Iterator[Hit]:
    for store in facts.register.stores:
        if store.operated_by is None:
            continue
        operator: Recipient = facts.register.recipient_by_id[store.operated_by]
        if operator.role is not RecipientRole.ENTRUSTED:
            name = operator.recipient
            yield hit(store, "operated_by", name, recipient=name, role=operator.role)


RULES: tuple[Rule, ...] = (
    Rule(
        id="entrusted-without-agreement",
        duties=duties("PIPL-21", "NDSR-12", "duty-6"),
        severity=Severity.HIGH,
        title=Text("委托处理没有协议", "Entrusted party without an agreement"),
        message=Text(
            "{row}（{value}）是受托人，没有登记协议。",
            "{row} ({value}) is an entrusted party without an agreement.",
        ),
        fix=Text(
            "签订委托处理协议，登记在 `agreements`，并写进 `agreement`。",
            "Sign one, register it, and name it under `agreement`.",
        ),
        check=_without(RecipientRole.ENTRUSTED),
    ),
    Rule(
        id="joint-without-agreement",
        duties=duties("PIPL-20", "duty-6", "duty-7"),
        severity=Severity.HIGH,
        title=Text("共同处理没有协议", "Joint handler without an agreement"),
        message=Text(
            "{row}（{value}）是共同处理者，没有登记协议，各自的权利和义务没有约定。",
            "{row} ({value}) is a joint handler without an agreement on who does what.",
        ),
        fix=Text(
            "约定各自的权利和义务，登记后写进 `agreement`。",
            "Agree on rights and duties, register it, and name it under `agreement`.",
        ),
        check=_without(RecipientRole.JOINT),
    ),
    Rule(
        id="provision-without-agreement",
        duties=duties("NDSR-12", "PIPL-23", "duty-6"),
        severity=Severity.HIGH,
        title=Text("向他人提供没有协议", "Provision without an agreement"),
        message=Text(
            "向 {row}（{value}）提供个人信息，没有登记约定目的、方式、范围和保护义务的协议。",
            "Information is provided to {row} ({value}) without an agreement on purpose, method, "
            "scope and protection.",
        ),
        fix=Text(
            "签订协议，登记后写进 `agreement`。",
            "Sign one, register it, and name it under `agreement`.",
        ),
        check=_without(RecipientRole.PROVISION),
    ),
    Rule(
        id="joint-without-duties",
        duties=duties("PIPL-20.1", "duty-6"),
        severity=Severity.HIGH,
        title=Text("共同处理协议没有分工表", "Joint agreement without a table of duties"),
        message=Text(
            "{row}（{value}）是与 {party} 的共同处理协议，没有写各自做什么（`duties`）。",
            "{row} ({value}) with joint handler {party} does not say who does what (`duties`).",
        ),
        fix=Text("在 `duties` 逐条写事项和承担方。", "List each duty and who carries it."),
        check=_lacking(RecipientRole.JOINT, "duties", lambda one: not one.duties),
    ),
    Rule(
        id="joint-without-liability",
        duties=duties("PIPL-20.2", "duty-7"),
        severity=Severity.MEDIUM,
        title=Text("共同处理协议没有写责任", "Joint agreement without liability"),
        message=Text(
            "{row}（{value}）是与 {party} 的共同处理协议，没有写责任怎样承担（`liability`）。",
            "{row} ({value}) with joint handler {party} does not say who answers for what.",
        ),
        fix=Text(
            "写明对个人承担连带责任，以及内部怎样分担。",
            "State joint liability towards people, and how it is shared between you.",
        ),
        check=_lacking(RecipientRole.JOINT, "liability", lambda one: one.liability is None),
    ),
    Rule(
        id="joint-duty-unsettled",
        duties=duties("PIPL-20.1", "duty-6"),
        severity=Severity.MEDIUM,
        title=Text("共同处理有事项没有分工", "Joint handling leaves something unsettled"),
        message=Text(
            "{row} 是与 {party} 的共同处理协议，分工表没有写明 `{value}` 由谁承担（`topics`）。",
            "{row} with joint handler {party} has no line of duties that settles `{value}`.",
        ),
        fix=Text(
            "告知、权利、安全、事件通知、联系各由谁承担，逐条写明。",
            "Say who tells, answers requests, keeps it safe, tells of leaks and is the contact.",
        ),
        check=_unsettled,
    ),
    Rule(
        id="entrusted-without-duties",
        duties=duties("PIPL-21.1", "duty-6"),
        severity=Severity.HIGH,
        title=Text("委托协议没有写义务", "Entrusting agreement without duties"),
        message=Text(
            "{row}（{value}）委托 {party} 处理，没有写双方义务（`duties`）。",
            "{row} ({value}) with entrusted party {party} lists no duties.",
        ),
        fix=Text(
            "在 `duties` 写明目的、期限、方式、种类、保护措施和双方义务。",
            "List purpose, term, method, categories, protection and who does what.",
        ),
        check=_lacking(RecipientRole.ENTRUSTED, "duties", lambda one: not one.duties),
    ),
    Rule(
        id="entrusted-without-return",
        duties=duties("PIPL-21.2", "duty-6"),
        severity=Severity.HIGH,
        title=Text("委托协议没有写返还或删除", "Entrusting agreement without return or deletion"),
        message=Text(
            "{row}（{value}）没有写合同终止后 {party} 怎样返还或删除（`return_or_delete`）。",
            "{row} ({value}) does not say how {party} returns or deletes at the end.",
        ),
        fix=Text("写明返还或删除的时限和证明。", "State the time and the proof of it."),
        check=_lacking(
            RecipientRole.ENTRUSTED, "return_or_delete", lambda one: one.return_or_delete is None
        ),
    ),
    Rule(
        id="entrusted-without-supervision",
        duties=duties("PIPL-21.1", "duty-6"),
        severity=Severity.MEDIUM,
        title=Text("委托协议没有写监督", "Entrusting agreement without supervision"),
        message=Text(
            "{row}（{value}）没有写怎样监督 {party}（`supervision`）。",
            "{row} ({value}) does not say how {party} is supervised (`supervision`).",
        ),
        fix=Text("写明检查方式和频率。", "State how and how often it is checked."),
        check=_lacking(RecipientRole.ENTRUSTED, "supervision", lambda one: one.supervision is None),
    ),
    Rule(
        id="sub-entrusting-uncontrolled",
        duties=duties("PIPL-21.3", "duty-6"),
        severity=Severity.HIGH,
        title=Text("转委托没有约束", "Sub-entrusting not controlled"),
        message=Text(
            "{row}（{value}）没有禁止 {party} 转委托，也没有要求事先同意（`sub_entrusting`）。",
            "{row} ({value}) neither forbids {party} to entrust others nor asks for consent.",
        ),
        fix=Text(
            "改为 `forbidden` 或 `with-our-consent`，并在协议里写明。",
            "Make it `forbidden` or `with-our-consent`, in the agreement too.",
        ),
        check=_lacking(
            RecipientRole.ENTRUSTED,
            "sub_entrusting",
            lambda one: one.sub_entrusting in {None, SubEntrusting.ALLOWED},
        ),
    ),
    Rule(
        id="sub-recipients-despite-ban",
        duties=duties("PIPL-21.3"),
        severity=Severity.HIGH,
        title=Text("协议禁止转委托，却有下级受托人", "Further parties despite the ban"),
        message=Text(
            "{row} 的协议禁止转委托，却登记了下级受托人（{value}）。",
            "The agreement with {row} forbids entrusting others, yet {value} is registered.",
        ),
        fix=Text(
            "停止转委托，或改协议为经我方同意并逐家批准。",
            "Stop it, or agree on consent and approve each party.",
        ),
        check=_sub_recipients_despite_ban,
    ),
    Rule(
        id="operator-not-entrusted",
        duties=duties("PIPL-21"),
        severity=Severity.MEDIUM,
        title=Text("运维方不是受托人", "Store run by someone not entrusted"),
        message=Text(
            "{row} 由 `{value}` 运维，但它登记的角色是 `{role}`；替我方保管数据的应是受托人。",
            "{row} is run by `{value}`, whose role is `{role}`; who keeps data for us is an "
            "entrusted party.",
        ),
        fix=Text("为运维服务另登记一个受托人。", "Register an entrusted party for it."),
        check=_operator_not_entrusted,
    ),
    Rule(
        id="agreement-expired",
        duties=duties("PIPL-21", "NDSR-12"),
        severity=Severity.HIGH,
        title=Text("协议已到期", "Agreement expired"),
        message=Text("{row} 已于 {value} 到期。", "{row} expired on {value}."),
        fix=Text(
            "续签后更新日期；不再合作的，停止提供并取得删除证明。",
            "Renew it; or stop providing, and get proof of deletion.",
        ),
        check=_expired,
    ),
    Rule(
        id="agreement-signed-in-future",
        duties=duties("PIPL-21"),
        severity=Severity.LOW,
        title=Text("协议尚未签署", "Agreement not signed yet"),
        message=Text("{row} 的签署日 {value} 还没有到。", "{row} is dated {value}, in the future."),
        fix=Text("签署之前不要提供。", "Provide nothing before it is signed."),
        check=_signed_later,
    ),
    Rule(
        id="agreement-unused",
        duties=duties("PIPL-21"),
        severity=Severity.NOTE,
        title=Text("没有用到的协议", "Agreement not used"),
        message=Text(
            "{row}（{value}）没有接收方引用。", "{row} ({value}) is named by no recipient."
        ),
        fix=Text("写进接收方的 `agreement`，或删去。", "Name it in a recipient, or take it away."),
        check=lambda facts: (
            hit(agreement, "", agreement.title)
            for agreement in facts.register.agreements
            if agreement.agreement not in facts.recipients_by_agreement
        ),
    ),
)
