"""Every rule about packages, in one table."""

from chengnuo.domain.finding.package_rule import PackageRule
from chengnuo.domain.finding.package_rules import (
    abroad,
    acts,
    ads,
    before_consent,
    blind_spots,
    declared,
    kits,
    necessary,
    policy,
    purposes,
    runs,
    screens,
    settings,
)

PACKAGE_RULES: tuple[PackageRule, ...] = (
    *before_consent.RULES,
    *declared.RULES,
    *kits.RULES,
    *abroad.RULES,
    *necessary.RULES,
    *screens.RULES,
    *purposes.RULES,
    *ads.RULES,
    *acts.RULES,
    *settings.RULES,
    *blind_spots.RULES,
    *policy.RULES,
    *runs.RULES,
)
