"""Every rule of the register check, in one table."""

from chengnuo.domain.finding.rule import Rule
from chengnuo.domain.finding.rules import first_run, handler_duties

RULES: tuple[Rule, ...] = (
    *handler_duties.RULES,
    *first_run.RULES,
)

RULE_BY_ID = {rule.id: rule for rule in RULES}
