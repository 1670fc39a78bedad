"""Findings of a probe: one for each twin that is treated apart, on duties that there are."""

from chengnuo.domain.pricing.probe_finding import RULES
from chengnuo.law.catalogue import Catalogue


def test_every_duty_of_the_rules_is_in_the_catalogue(catalogue: Catalogue) -> None:
    named = [duty for rule in RULES for duty in rule.duties]
    assert len(named) > 6
    assert [duty for duty in named if catalogue.duty(duty).id != duty] == []
