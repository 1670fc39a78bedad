"""How far a policy and a register are apart, both ways: categories and third parties."""

from collections.abc import Iterator

from chengnuo.domain.finding.package_drift import drift_of_rows, not_used, used
from chengnuo.domain.finding.package_look import recipient_row
from chengnuo.domain.finding.package_report import Drift, DriftRow, Side
from chengnuo.domain.finding.policy_held import PolicyHeld
from chengnuo.domain.observation.observation import Subject


def policy_drift(held: PolicyHeld) -> Drift:
    """Return how far a policy and a register are apart.

    `USED_NOT_DECLARED` is what the policy says and the register does not; a third party that is no
    SDK of the catalogue goes by the words of the policy, or by its id in the register.
    """
    return drift_of_rows((*_categories(held), *_parties(held)))


def _categories(held: PolicyHeld) -> Iterator[DriftRow]:
    for category in held.said:
        yield used(Subject.INFORMATION, category, held.declared.get(category, ()), ())
    for category, rows in held.declared.items():
        if category not in held.said:
            yield not_used(Subject.INFORMATION, category, *rows)


def _parties(held: PolicyHeld) -> Iterator[DriftRow]:
    for recipient in held.recipients:
        row, what = recipient_row(recipient.recipient), str(recipient.recipient)
        known = [one.sdk for one in held.named.get(recipient.recipient, ()) if one.sdk is not None]
        if recipient.recipient in held.named:
            yield DriftRow(
                subject=Subject.SDK,
                what=known[0] if known else what,
                side=Side.AGREED,
                rows=(row,),
            )
        else:
            yield not_used(Subject.SDK, what, row)
    for party in held.not_declared:
        yield used(Subject.SDK, party.sdk or party.name.words, (), ())
