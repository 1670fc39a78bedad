"""Every rule about stores, in one table."""

from chengnuo.domain.finding.store_rule import StoreRule
from chengnuo.domain.finding.store_rules import declared, kept

STORE_RULES: tuple[StoreRule, ...] = (*declared.RULES, *kept.RULES)
