"""Every rule of the register check, in one table."""

from chengnuo.domain.finding.rule import Rule
from chengnuo.domain.finding.rules import (
    agreements,
    assessments,
    audits,
    automated_decisions,
    basis_and_consent,
    cross_border,
    face_and_covert,
    first_run,
    handler_duties,
    individual_rights,
    minimum_scope,
    minors,
    permissions,
    plain_words,
    publication,
    recipients,
    retention,
    sdks,
    sensitive_items,
    stores,
    switches,
    ways_and_lists,
)

RULES: tuple[Rule, ...] = (
    *handler_duties.RULES,
    *audits.RULES,
    *ways_and_lists.RULES,
    *first_run.RULES,
    *individual_rights.RULES,
    *basis_and_consent.RULES,
    *minimum_scope.RULES,
    *plain_words.RULES,
    *permissions.RULES,
    *sensitive_items.RULES,
    *recipients.RULES,
    *agreements.RULES,
    *sdks.RULES,
    *cross_border.RULES,
    *minors.RULES,
    *automated_decisions.RULES,
    *switches.RULES,
    *publication.RULES,
    *face_and_covert.RULES,
    *retention.RULES,
    *stores.RULES,
    *assessments.RULES,
)

RULE_BY_ID = {rule.id: rule for rule in RULES}
