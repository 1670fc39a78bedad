"""Rules about recipients: what people are told of each, and what each really gets."""

from collections.abc import Iterator

from chengnuo.base.text import Text
from chengnuo.domain.finding.facts import Facts
from chengnuo.domain.finding.finding import Severity
from chengnuo.domain.finding.rule import Hit, Rule, duties, each_row, hit
from chengnuo.domain.register.consent_items import provided_categories
from chengnuo.domain.register.recipient import Recipient, RecipientRole

_TOLD_OF = frozenset({RecipientRole.PROVISION, RecipientRole.JOINT})


def _recipients(facts: Facts) -> tuple[Recipient, ...]:
    return facts.register.recipients


def _told_of(recipient: Recipient) -> bool:
    """Tell whether people are told of a recipient item by item (Arts. 20, 23, 39)."""
    return recipient.role in _TOLD_OF or recipient.is_overseas


def _unexplained_category(facts: Facts) -> Iterator[Hit]:
    for recipient in facts.register.recipients:
        activities = facts.activities_by_recipient.get(recipient.recipient, ())
        given = {category for activity in activities for category in activity.categories}
        for index, category in enumerate(recipient.categories):
            if activities and category not in given:
                yield hit(recipient, f"categories[{index}]", category, key=category)


def _gets_nothing(facts: Facts) -> Iterator[Hit]:
    for activity in facts.register.activities:
        for index, recipient in enumerate(facts.register.recipients_of(activity)):
            if not provided_categories(activity, recipient):
                name = recipient.recipient
                where = f"recipients[{index}]"
                yield hit(activity, where, name, key=name, recipient=recipient.recipient)


def _unused(facts: Facts) -> Iterator[Hit]:
    running = {store.operated_by for store in facts.register.stores}
    for recipient in facts.register.recipients:
        name = recipient.recipient
        if name not in facts.activities_by_recipient and name not in running:
            yield hit(recipient, "", recipient.name)


RULES: tuple[Rule, ...] = (
    Rule(
        id="recipient-without-contact",
        duties=duties("PIPL-23", "PIPL-39", "action524-2.2"),
        severity=Severity.HIGH,
        title=Text("接收方没有联系方式", "Recipient without a contact"),
        message=Text(
            "{row}（{value}）没有联系方式；提供前须把它告知个人。",
            "{row} ({value}) has no contact; people are to be told it beforehand.",
        ),
        fix=Text(
            "在 `contact` 写个人能联系到它的方式。",
            "Write under `contact` how people reach it.",
        ),
        check=each_row(
            _recipients,
            "contact",
            lambda recipient: _told_of(recipient) and recipient.contact is None,
            lambda recipient: recipient.name,
        ),
    ),
    Rule(
        id="recipient-without-method",
        duties=duties("PIPL-23", "PIPL-39", "action524-2.2"),
        severity=Severity.HIGH,
        title=Text("未说明接收方怎样处理", "Recipient's method not stated"),
        message=Text(
            "{row}（{value}）没有写它怎样处理收到的信息（`method`）。",
            "{row} ({value}) does not say how it handles what it gets (`method`).",
        ),
        fix=Text(
            "在 `method` 写明它的处理方式，例如“据以派送，签收后三个月删除”。",
            "Say under `method` what it does with it and for how long.",
        ),
        check=each_row(
            _recipients,
            "method",
            lambda recipient: _told_of(recipient) and recipient.method is None,
            lambda recipient: recipient.name,
        ),
    ),
    Rule(
        id="recipient-without-rules-link",
        duties=duties("action524-2.2", "NDSR-21", "duty-6"),
        severity=Severity.LOW,
        title=Text("没有接收方的处理规则链接", "No link to the recipient's rules"),
        message=Text(
            "{row}（{value}）没有写它自己的个人信息处理规则地址。",
            "{row} ({value}) has no link to its own processing rules.",
        ),
        fix=Text("在 `rules_url` 写地址。", "Write the address under `rules_url`."),
        check=each_row(
            _recipients,
            "rules_url",
            lambda recipient: (
                recipient.role in _TOLD_OF and recipient.sdk is None and recipient.rules_url is None
            ),
            lambda recipient: recipient.name,
        ),
    ),
    Rule(
        id="recipient-category-unexplained",
        duties=duties("PIPL-23", "PIPL-6", "191-5.1"),
        severity=Severity.MEDIUM,
        title=Text("接收方得到了无人提供的信息", "Recipient gets what nobody gives"),
        message=Text(
            "{row} 登记会得到 `{value}`，但没有一项向它提供的处理活动含有这一种类。",
            "{row} is said to get `{value}`, but no activity with it handles that category.",
        ),
        fix=Text(
            "在对应活动的 `items` 补上，或从 `categories` 中删去。",
            "Add it to the activity's items, or take it out of `categories`.",
        ),
        check=_unexplained_category,
    ),
    Rule(
        id="recipient-gets-nothing",
        duties=duties("191-5.1", "action524-2.2"),
        severity=Severity.MEDIUM,
        title=Text("列为接收方，却没有可提供的信息", "Recipient named, but gets nothing"),
        message=Text(
            "{row} 列了接收方 `{value}`，但两边登记的信息种类没有交集，共享清单会是空行。",
            "{row} names recipient `{value}`, but the two have no category in common; the sharing "
            "list would be empty.",
        ),
        fix=Text(
            "核对双方的种类，或删去这个接收方。",
            "Compare the categories of both, or take the recipient away.",
        ),
        check=_gets_nothing,
    ),
    Rule(
        id="recipient-unused",
        duties=duties("action524-2.2"),
        severity=Severity.LOW,
        title=Text("没有用到的接收方", "Recipient not used"),
        message=Text(
            "{row}（{value}）没有任何处理活动或存储用到，不会出现在共享清单里。",
            "{row} ({value}) is used by no activity and no store; it stands in no list.",
        ),
        fix=Text(
            "还在用就写进活动的 `recipients`；停用了就删去。",
            "Name it in an activity, or take it away.",
        ),
        check=_unused,
    ),
)
