"""How the hits of a rule become findings: words filled in, id, standing and waiver set."""

from collections import Counter
from collections.abc import Iterable, Iterator

from chengnuo.domain.finding.finding import Finding, FindingId, finding_id
from chengnuo.domain.finding.rule import Hit, RuleWords, filled
from chengnuo.domain.finding.waivers import Waivers
from chengnuo.domain.register.kinds import RowRef
from chengnuo.law.catalogue import Catalogue
from chengnuo.law.ids import DutyId
from chengnuo.law.standing import Standing

_STRONGEST_FIRST = (
    Standing.LAW,
    Standing.STANDARD,
    Standing.PLEDGE,
    Standing.PRODUCT,
    Standing.PRACTICE,
    Standing.DRAFT,
    Standing.EXPIRED,
)


def standing_of_rule(rule: RuleWords, catalogue: Catalogue) -> Standing:
    """Return how a rule may be put forward.

    A rule that turns on a figure is worth what the weakest of its figures is worth; any other
    what the strongest of its duties is worth.
    """
    by_figure = [catalogue.figure(one).standing for one in rule.figures]
    if by_figure:
        return max(by_figure, key=_STRONGEST_FIRST.index)
    return strongest_standing(rule.duties, catalogue)


def strongest_standing(duties: Iterable[DutyId], catalogue: Catalogue) -> Standing:
    """Return what the strongest of some duties is worth."""
    return min((catalogue.duty(one).standing for one in duties), key=_STRONGEST_FIRST.index)


def findings_of(
    rule: RuleWords,
    hits: Iterable[Hit],
    *,
    catalogue: Catalogue,
    waivers: Waivers,
    about: RowRef | None = None,
) -> Iterator[Finding]:
    """Yield the findings of a rule, one a hit, in the order of the hits.

    Args:
        rule: The rule.
        hits: Where it does not hold.
        catalogue: The law.
        waivers: What is waived.
        about: Row that the ids count by, where the row shown may change while the fault stays.

    """
    seen: Counter[FindingId] = Counter()
    standing = standing_of_rule(rule, catalogue)
    for one in hits:
        row, field = (one.row, one.field) if about is None else (about, "")
        first = finding_id(rule.id, row, field, one.key)
        yield Finding(
            id=finding_id(rule.id, row, field, one.key, seen[first]),
            rule=rule.id,
            duties=rule.duties,
            figures=rule.figures,
            standing=standing,
            severity=rule.severity,
            row=one.row,
            field=one.field,
            title=rule.title,
            message=filled(rule.message, one),
            fix=filled(rule.fix, one),
            evidence=one.value,
            waived=waivers.of(rule.id, one.recipient),
            observations=one.observations,
        )
        seen[first] += 1
