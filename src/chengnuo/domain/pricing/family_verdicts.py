"""What an audit says of prices by family of attributes: by what the law names them."""

from collections.abc import Sequence
from typing import Final

from chengnuo.domain.pricing.audit import Audit
from chengnuo.domain.pricing.effects import PRICE
from chengnuo.domain.pricing.probe_verdict import Verdict
from chengnuo.domain.pricing.spec import Family

_WORST_FIRST: Final = (
    Verdict.FOUND,
    Verdict.NOT_AUDITABLE,
    Verdict.INCONCLUSIVE,
    Verdict.ABSENT,
)


def family_verdicts(audit: Audit) -> dict[Family, Verdict]:
    """Return what an audit says of prices by family, the worst of its attributes each."""
    said: dict[Family, list[Verdict]] = {}
    for one in audit.effects:
        if one.outcome == PRICE:
            said.setdefault(one.family, []).append(one.verdict)
    for column in audit.not_coded:
        said.setdefault(column.family, []).append(Verdict.NOT_AUDITABLE)
    return {family: _worst(verdicts) for family, verdicts in sorted(said.items())}


def _worst(verdicts: Sequence[Verdict]) -> Verdict:
    return min(verdicts, key=_WORST_FIRST.index)
