"""Rules about what is shown in public, and about images from public places (Arts. 25, 26)."""

from collections.abc import Iterator

from chengnuo.base.text import Text
from chengnuo.domain.finding.facts import Facts
from chengnuo.domain.finding.finding import Severity
from chengnuo.domain.finding.rule import Hit, Rule, duties, each_row, hit
from chengnuo.domain.register.activity import ProcessingActivity
from chengnuo.domain.register.method import Operation
from chengnuo.law.ids import CategoryId

IDENTIFYING = frozenset(
    CategoryId(one)
    for one in (
        "PI-BASIC-NAME",
        "PI-BASIC-PHONE",
        "PI-BASIC-EMAIL",
        "PI-BASIC-ADDR",
        "PI-BASIC-BIRTH",
        "PI-ID-NUMBER",
        "PI-ID-PASSPORT",
        "PI-ID-DRIVER",
        "PI-NETID-ACCOUNT",
        "PI-NETID-IP",
        "PI-CONTACTS-PEER",
        "PI-OTHER-VEHICLE",
    )
)
"""Ordinary categories by which a person is recognised or reached."""


def _activities(facts: Facts) -> tuple[ProcessingActivity, ...]:
    return facts.register.activities


def _unmasked(facts: Facts, *, sensitive: bool) -> Iterator[Hit]:
    for activity in facts.register.activities:
        disclosure = activity.disclosure
        if disclosure is None:
            continue
        handled_as_sensitive = {item.category for item in facts.sensitive_items(activity)}
        masked = {mask.category for mask in disclosure.masks}
        for index, category in enumerate(disclosure.categories):
            law = facts.catalogue.category(category)
            is_sensitive = category in handled_as_sensitive or law.is_sensitive
            wanted = is_sensitive if sensitive else (category in IDENTIFYING and not is_sensitive)
            if wanted and category not in masked:
                where = f"disclosure.categories[{index}]"
                yield hit(activity, where, category, key=category, name=law.text)


def _not_handled(facts: Facts) -> Iterator[Hit]:
    for activity in facts.register.activities:
        if activity.disclosure is not None:
            for index, category in enumerate(activity.disclosure.categories):
                if category not in activity.categories:
                    where = f"disclosure.categories[{index}]"
                    yield hit(activity, where, category, key=category)


def _mask_for_nothing(facts: Facts) -> Iterator[Hit]:
    for activity in facts.register.activities:
        if activity.disclosure is not None:
            for index, mask in enumerate(activity.disclosure.masks):
                if mask.category not in activity.disclosure.categories:
                    where = f"disclosure.masks[{index}].category"
                    yield hit(activity, where, mask.category, key=mask.category)


RULES: tuple[Rule, ...] = (
    Rule(
        id="published-unmasked",
        duties=duties("PIPL-25", "PIPL-6", "duty-10"),
        severity=Severity.HIGH,
        title=Text("公开时没有脱敏", "Published without a mask"),
        message=Text(
            "{row} 公开“{name}”（`{value}`），没有脱敏规则。",
            "{row} shows {name} (`{value}`) in public without a mask.",
        ),
        fix=Text(
            "在 `disclosure.masks` 写规则，例如“保留姓氏，其余以 * 代替”；能不公开就不公开。",
            "Write a mask under `disclosure.masks`, or do not show it.",
        ),
        check=lambda facts: _unmasked(facts, sensitive=False),
    ),
    Rule(
        id="sensitive-published-unmasked",
        duties=duties("PIPL-25", "PIPL-28", "duty-10"),
        severity=Severity.CRITICAL,
        title=Text("公开敏感信息没有脱敏", "Sensitive information published without a mask"),
        message=Text(
            "{row} 公开敏感个人信息“{name}”（`{value}`），没有脱敏规则。",
            "{row} shows sensitive {name} (`{value}`) in public without a mask.",
        ),
        fix=Text("不要公开；确须公开的，充分脱敏。", "Do not show it; where it must be, mask it."),
        check=lambda facts: _unmasked(facts, sensitive=True),
    ),
    Rule(
        id="published-forever",
        duties=duties("PIPL-19", "PIPL-25", "duty-10"),
        severity=Severity.MEDIUM,
        title=Text("公开没有期限", "Published for ever"),
        message=Text(
            "{row} 的公开期限是 `{value}`，没有尽头。",
            "{row} shows information in public for `{value}`.",
        ),
        fix=Text("写一个够用的期限，到期撤下。", "Set a period that is enough, and take it down."),
        check=each_row(
            _activities,
            "disclosure.shown_for",
            lambda activity: (
                activity.disclosure is not None and activity.disclosure.shown_for.period is None
            ),
            lambda activity: activity.disclosure and activity.disclosure.shown_for,
        ),
    ),
    Rule(
        id="published-not-handled",
        duties=duties("PIPL-7", "PIPL-25"),
        severity=Severity.MEDIUM,
        title=Text("公开了未登记的信息", "Published but not among the items"),
        message=Text(
            "{row} 公开 `{value}`，但这项活动的 `items` 里没有它。",
            "{row} shows `{value}` in public, which is not among its items.",
        ),
        fix=Text("在 `items` 补上，或不公开。", "Add the item, or do not show it."),
        check=_not_handled,
    ),
    Rule(
        id="mask-for-nothing",
        duties=duties("PIPL-25"),
        severity=Severity.NOTE,
        title=Text("脱敏规则没有对象", "Mask for what is not shown"),
        message=Text(
            "{row} 为 `{value}` 写了脱敏规则，但并不公开它。",
            "{row} has a mask for `{value}`, which it does not show.",
        ),
        fix=Text("核对种类。", "Compare the categories."),
        check=_mask_for_nothing,
    ),
    Rule(
        id="disclosure-not-in-method",
        duties=duties("PIPL-17", "PIPL-25"),
        severity=Severity.LOW,
        title=Text("处理方式里没有写公开", "Publication missing in the method"),
        message=Text(
            "{row} 会公开个人信息，`method.operations` 里却没有 `disclose`。",
            "{row} shows information in public, but `disclose` is not among its operations.",
        ),
        fix=Text("在 `method.operations` 加上 `disclose`。", "Add `disclose`."),
        check=each_row(
            _activities,
            "method.operations",
            lambda activity: (
                activity.disclosure is not None
                and Operation.DISCLOSE not in activity.method.operations
            ),
        ),
    ),
    Rule(
        id="public-image-without-sign",
        duties=duties("PIPL-26"),
        severity=Severity.HIGH,
        title=Text("公共场所采集没有提示标识", "No sign where images are taken"),
        message=Text(
            "{row} 在公共场所（{value}）采集图像，没有显著的提示标识。",
            "{row} takes images in a public place ({value}) without a clear sign.",
        ),
        fix=Text("设置标识后写 `sign: true`。", "Put a sign up, then write `sign: true`."),
        check=each_row(
            _activities,
            "public_image.sign",
            lambda activity: activity.public_image is not None and not activity.public_image.sign,
            lambda activity: activity.public_image and activity.public_image.place,
        ),
    ),
    Rule(
        id="public-image-other-use",
        duties=duties("PIPL-26"),
        severity=Severity.MEDIUM,
        title=Text("公共场所图像另作他用", "Public images used for something else"),
        message=Text(
            "{row} 把公共场所采集的图像用于“{value}”；除非逐人取得单独同意，只能用于公共安全。",
            "{row} uses images from a public place for {value}; without each person's separate "
            "consent they may only serve public security.",
        ),
        fix=Text(
            "停止其他用途，或只对已单独同意的人使用。", "Stop, or use only those consented to."
        ),
        check=each_row(
            _activities,
            "public_image.other_use",
            lambda activity: (
                activity.public_image is not None and activity.public_image.other_use is not None
            ),
            lambda activity: activity.public_image and activity.public_image.other_use,
        ),
    ),
)
