"""The decision, rule by rule against the articles: the meaning, written to be read.

Every rule is applied to every request, so an answer names all that stands in the way, not the
first thing found. The compiled engine gives the same answers, held to this by generated cases.
"""

from dataclasses import replace

from chengnuo.domain.consent.event import Act
from chengnuo.domain.consent.fold import is_in_force
from chengnuo.domain.decision.book import Book
from chengnuo.domain.decision.case import Case, case_of, needed_items
from chengnuo.domain.decision.checks import CHECKS
from chengnuo.domain.decision.decision import Decision, Duty, DutyKind, Outcome, Ruling
from chengnuo.domain.decision.request import Request, State
from chengnuo.domain.decision.rules import Rule
from chengnuo.domain.register.automated import AutomatedKind
from chengnuo.domain.register.consent_items import ConsentItem, MatterKind
from chengnuo.domain.register.recipient import RecipientRole
from chengnuo.law.ids import CategoryId
from chengnuo.law.legal_basis import LegalBasis

CONSENT_RULES = {
    MatterKind.GENERAL: Rule.GENERAL,
    MatterKind.SENSITIVE: Rule.SENSITIVE,
    MatterKind.PROVISION: Rule.PROVISION,
    MatterKind.OVERSEAS: Rule.OVERSEAS,
    MatterKind.PUBLICATION: Rule.PUBLISHING,
    MatterKind.PUBLIC_IMAGE: Rule.PUBLIC_IMAGE,
    MatterKind.MINORS: Rule.GUARDIAN,
}
"""Which rule asks for the consent of each matter."""
_PUSHING = frozenset({AutomatedKind.ADVERTISING, AutomatedKind.PUSH, AutomatedKind.RECOMMENDATION})
"""Automated decisions by which information is pushed to people, whatever the purpose is called."""
NOT_GIVEN, REFUSED = "not-given", "refused"
_ORDER = {rule: number for number, rule in enumerate(Rule)}


def decide(request: Request, state: State, *, book: Book, at: int) -> Decision:
    """Return the answer to a request.

    Args:
        request: What is asked.
        state: What is so about the individual.
        book: Register and law on the civil day of `at`.
        at: Microseconds since 1970.

    """
    activity = book.register.activity_by_id.get(request.activity)
    if activity is None:
        return Decision(outcome=Outcome.REFUSE, by=(Ruling(Rule.ACTIVITY, "", "unknown"),))
    if request.only_deletes:  # nothing may keep us from deleting (Art. 47)
        return Decision(outcome=Outcome.PERMIT, by=(Ruling(Rule.OPERATION, activity.activity),))
    case = case_of(request, activity, state, book, at)
    held: list[Ruling] = [Ruling(Rule.ACTIVITY, activity.activity)]
    failed: list[Ruling] = []
    for check in CHECKS:
        for ruling, holds in check(case):
            (held if holds else failed).append(ruling)
    askable: list[tuple[Ruling, ConsentItem]] = []
    for item in needed_items(case):
        rule = CONSENT_RULES[item.kind]
        found = _consent(item, case)
        if not found:
            held.append(Ruling(rule, item.id))
        elif found == REFUSED and not request.started:
            failed.append(Ruling(rule, item.id, found))  # a refusal is remembered (191-3.2)
        else:
            askable.append((Ruling(rule, item.id, found), item))
    duties = _duties(case, failed)
    if failed:
        by = tuple(sorted([*failed, *(ruling for ruling, _ in askable)], key=_order))
        return Decision(outcome=Outcome.REFUSE, by=by, duties=duties, within=_within(case))
    if askable:
        return Decision(
            outcome=Outcome.ASK,
            by=tuple(ruling for ruling, _ in askable),
            duties=duties,
            prompt=tuple(item.id for _, item in askable),
            within=_within(case),
        )
    return Decision(outcome=Outcome.PERMIT, by=tuple(held), duties=duties)


def _order(ruling: Ruling) -> tuple[int, str]:
    return _ORDER[ruling.rule], ruling.row


def _within(case: Case) -> tuple[CategoryId, ...]:
    """Return which of several categories could each be used on their own."""
    if len(case.categories) < 2:  # noqa: PLR2004  several
        return ()
    return tuple(
        category
        for category in case.categories
        if decide(
            replace(case.request, categories=frozenset((category,))),
            case.state,
            book=case.book,
            at=case.at,
        ).permits
    )


def _consent(item: ConsentItem, case: Case) -> str:
    """Return what is amiss with the consent to an item; empty if it is in force."""
    act = case.state.consents.get(item.id)
    accepted = case.book.accepted[item.id]
    if is_in_force(act, accepted=accepted, needed=item.form, by_guardian=case.is_child, at=case.at):
        return ""
    is_no = act is not None and act.act in {Act.REFUSE, Act.WITHDRAW}
    return REFUSED if is_no else NOT_GIVEN


def _duties(case: Case, failed: list[Ruling]) -> tuple[Duty, ...]:
    """Return what has to be done along with the use, or in its place."""
    activity, automated = case.activity, case.activity.automated
    duties: list[Duty] = []
    if case.request.makes_public and activity.disclosure is not None:
        duties += [
            Duty(DutyKind.MASK, mask.category, mask.rule.zh)
            for mask in activity.disclosure.masks
            if mask.category in case.categories
        ]
    if automated is not None:
        if any(ruling.rule in {Rule.SWITCH, Rule.GPC} for ruling in failed):
            duties.append(Duty(DutyKind.NON_PERSONALISED, automated.off_switch or ""))
        if activity.purpose_kind.is_marketing or automated.kind in _PUSHING:
            duties.append(Duty(DutyKind.OFFER_REFUSAL, automated.off_switch or ""))
        if automated.major_effect:
            duties += [Duty(DutyKind.EXPLAIN), Duty(DutyKind.HUMAN_REVIEW)]
    if activity.basis is LegalBasis.EMERGENCY:
        duties.append(Duty(DutyKind.NOTIFY_AFTER))
    if case.recipient is not None and (
        case.recipient.role is not RecipientRole.ENTRUSTED or case.recipient.is_overseas
    ):
        duties.append(Duty(DutyKind.RECORD_PROVISION, case.recipient.recipient))
    return tuple(sorted(duties))
