"""Rules about what was agreed with each entrusted party (PIPL Arts. 21, 59)."""

from collections.abc import Iterator

from chengnuo.base.text import Text
from chengnuo.domain.finding.facts import Facts
from chengnuo.domain.finding.finding import Severity
from chengnuo.domain.finding.rule import Hit, Rule, duties, hit
from chengnuo.domain.register.recipient import RecipientRole


def _beyond_terms(facts: Facts) -> Iterator[Hit]:
    for recipient in facts.recipients_in_role(RecipientRole.ENTRUSTED):
        agreement = facts.agreement_with(recipient)
        terms = None if agreement is None else agreement.terms_with(recipient.recipient)
        for index, category in enumerate(recipient.categories):
            if terms is not None and category not in terms.categories:
                yield hit(recipient, f"categories[{index}]", category, key=category)


def _terms_with_others(facts: Facts) -> Iterator[Hit]:
    for agreement in facts.register.agreements:
        parties = {
            one.recipient for one in facts.recipients_by_agreement.get(agreement.agreement, ())
        }
        for index, terms in enumerate(agreement.terms):
            if terms.recipient not in parties:
                name = terms.recipient
                yield hit(agreement, f"terms[{index}].recipient", name, key=name, recipient=name)


RULES: tuple[Rule, ...] = (
    Rule(
        id="entrusted-beyond-terms",
        duties=duties("PIPL-21.2", "PIPL-59"),
        severity=Severity.HIGH,
        title=Text("受托人得到的超出约定", "Entrusted party gets more than agreed"),
        message=Text(
            "{row} 登记会得到 `{value}`，委托约定（`terms`）里没有这一种类。",
            "{row} is said to get `{value}`, which the agreed terms do not name.",
        ),
        fix=Text(
            "停止提供，或者先改约定再提供。", "Stop giving it, or change what is agreed first."
        ),
        check=_beyond_terms,
    ),
    Rule(
        id="terms-with-nobody",
        duties=duties("PIPL-21.1"),
        severity=Severity.LOW,
        title=Text("约定的对方没有用这份协议", "Terms with a party of another agreement"),
        message=Text(
            "{row} 写了与 `{value}` 的约定，但它登记的不是这份协议。",
            "{row} has terms with `{value}`, which names another agreement or none.",
        ),
        fix=Text("改约定的 `recipient`，或改接收方的 `agreement`。", "Mend one or the other."),
        check=_terms_with_others,
    ),
)
