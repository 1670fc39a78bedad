"""The rules of a decision that look at something else than consent, each against its article.

A rule that has nothing to say of a case says nothing.
"""

from collections.abc import Callable, Iterator

from chengnuo.domain.decision.case import Case
from chengnuo.domain.decision.decision import Ruling
from chengnuo.domain.decision.rules import Rule
from chengnuo.domain.individual.standing import AccountState
from chengnuo.domain.register.activity import MinorsRule
from chengnuo.domain.register.assessing import cover_of
from chengnuo.domain.register.automated import AutomatedKind
from chengnuo.domain.register.consent_items import provided_categories
from chengnuo.domain.register.method import Operation
from chengnuo.domain.register.recipient import RecipientRole, VettingResult
from chengnuo.law.legal_basis import LegalBasis

_Checked = Iterator[tuple[Ruling, bool]]
_AGREED_BY = {
    RecipientRole.JOINT: Rule.JOINT,
    RecipientRole.ENTRUSTED: Rule.ENTRUSTING,
    RecipientRole.PROVISION: Rule.PROVIDING,
}


def _operation(case: Case) -> _Checked:
    """What is done is among the registered operations (Art. 6)."""
    operation = case.request.operation
    if operation is Operation.USE and (case.request.recipient or case.request.publish):
        return  # recipients and publication are registered as such
    ok = operation in case.activity.method.operations
    yield Ruling(Rule.OPERATION, case.activity.activity, operation.value), ok


def _category(case: Case) -> _Checked:
    """Every category is one that the activity handles (Art. 6: the minimum scope)."""
    ok = bool(case.categories) and set(case.categories) <= set(case.activity.categories)
    yield Ruling(Rule.CATEGORY, case.activity.activity), ok


def _recipient(case: Case) -> _Checked:
    """The recipient is registered for the activity and the categories, and in good order."""
    if case.request.recipient is None:
        if case.request.operation is Operation.PROVIDE:  # to whom is what people are told (Art. 23)
            yield Ruling(Rule.RECIPIENT, case.activity.activity, "unnamed"), False
        return
    found = case.recipient
    if found is None:
        yield Ruling(Rule.RECIPIENT, case.activity.activity, "unknown"), False
        return
    row = found.recipient
    if not set(case.categories) <= set(provided_categories(case.activity, found)):
        yield Ruling(Rule.RECIPIENT, row, "categories"), False
    elif found.vetting is not None and found.vetting.result is VettingResult.REJECTED:
        yield Ruling(Rule.RECIPIENT, row, "vetting"), False
    else:
        yield Ruling(Rule.RECIPIENT, row), True


def _agreement(case: Case) -> _Checked:
    """An agreement holds, where one has to be or is named, and covers what is given.

    With a joint handler and an entrusted party there has to be one (Arts. 20, 21); what an
    entrusted party gets stays within what was agreed with it (Arts. 21, 59). It holds until the
    end of its last day, and not an instant longer. With whom staff ended it, it is over at once.
    """
    found = case.recipient
    if found is None:
        return
    rule = _AGREED_BY[found.role]
    if found.recipient in case.book.assessed.given_up:
        yield Ruling(rule, found.recipient, "given-up"), False
        return
    if found.agreement is None and found.role is RecipientRole.PROVISION:
        return
    if found.agreement is None:
        yield Ruling(rule, found.recipient, "no-agreement"), False
        return
    agreement = case.book.register.agreement_by_id[found.agreement]
    terms = agreement.terms_with(found.recipient)
    if not agreement.is_in_force(case.book.day):
        ahead = case.book.day < agreement.first_day
        yield Ruling(rule, agreement.agreement, "agreement-ahead" if ahead else "agreement"), False
    elif terms is not None and not set(case.categories) <= set(terms.categories):
        yield Ruling(rule, agreement.agreement, "beyond-agreed"), False
    else:
        yield Ruling(rule, agreement.agreement), True


def _publication(case: Case) -> _Checked:
    """Making public is registered, for these categories (Art. 25)."""
    if not case.request.makes_public:
        return
    disclosure = case.activity.disclosure
    ok = disclosure is not None and set(case.categories) <= set(disclosure.categories)
    yield Ruling(Rule.PUBLICATION, case.activity.activity), ok


def _other_use(case: Case) -> _Checked:
    """Another use of images from public places is registered (Art. 26)."""
    if case.request.other_use:
        image = case.activity.public_image
        ok = image is not None and image.other_use is not None
        yield Ruling(Rule.OTHER_USE, case.activity.activity), ok


def _started(case: Case) -> _Checked:
    """The activity has started: people were told before it did (Art. 17)."""
    if case.activity.started is not None and case.book.day < case.activity.started:
        yield Ruling(Rule.STARTED, case.activity.activity), False


def _deleted(case: Case) -> _Checked:
    """Somebody whose data were deleted does not come back (Art. 47)."""
    if case.state.individual.suppressed:
        yield Ruling(Rule.SUPPRESSION, case.activity.activity), False


def _restricted(case: Case) -> _Checked:
    """A restriction leaves storing (Arts. 44, 47 para. 2)."""
    if case.state.individual.restricted and not case.request.only_keeps:
        yield Ruling(Rule.RESTRICTION, case.activity.activity), False


def _account(case: Case) -> _Checked:
    """The account's state allows the service (191-6.1)."""
    account = case.state.individual.account
    service = case.book.register.service_by_id[case.activity.service]
    is_gone = account is AccountState.CANCELLED and not case.request.only_keeps
    if is_gone or (account is AccountState.GUEST and service.requires_account):
        yield Ruling(Rule.ACCOUNT, service.service, account.value), False


def _age(case: Case) -> _Checked:
    """What may be done for children under fourteen is what the register says (Art. 31)."""
    if not case.is_child:
        return
    rule = case.activity.minors_under_14
    ok = rule is MinorsRule.GUARDIAN_CONSENT or (
        rule is MinorsRule.OTHER_BASIS and case.activity.basis is not LegalBasis.CONSENT
    )
    yield Ruling(Rule.AGE, case.activity.activity, rule.value), ok


def _basis(case: Case) -> _Checked:
    """There is one of the seven bases; consent is held to its own rules below (Art. 13)."""
    yield Ruling(Rule.BASIS, case.activity.activity, case.activity.basis.value), True


def _objection(case: Case) -> _Checked:
    """Public information is used only until the individual refuses (Art. 27)."""
    if case.activity.basis is LegalBasis.ALREADY_PUBLIC:
        ok = case.activity.activity not in case.state.objects_to
        yield Ruling(Rule.OBJECTION, case.activity.activity), ok


def _assessment(case: Case) -> _Checked:
    """Where an impact assessment is due, one in force covers all that it is due for (Art. 55)."""
    book = case.book
    cover = cover_of(case.activity, book.register, book.catalogue, book.day, book.assessed)
    if cover is not None:
        yield Ruling(Rule.ASSESSMENT, cover.row, cover.why), cover.holds


def _route(case: Case) -> _Checked:
    """What goes abroad goes by a route that is in force (Arts. 38, 40)."""
    found = case.recipient
    if found is not None and found.is_overseas:
        border = found.cross_border
        ok = border is not None and (border.until is None or case.book.day <= border.until)
        yield Ruling(Rule.ROUTE, found.recipient, border.route.value if border else "none"), ok


def _frequency(case: Case) -> _Checked:
    """The registered frequency is not exceeded; what nobody counted is not within it (Art. 6)."""
    most = case.activity.method.at_most
    if most is None or case.request.only_keeps:
        return
    recent = case.request.recent
    why = "not-counted" if recent is None else str(most)
    ok = recent is not None and recent < most.count
    yield Ruling(Rule.FREQUENCY, case.activity.activity, why), ok


def _is_off(case: Case) -> bool:
    automated = case.activity.automated
    if automated is None or automated.off_switch is None:
        return False
    switch = case.book.register.switch_by_id[automated.off_switch]
    return not case.state.switches.get(switch.switch, switch.default_on)


def _switch(case: Case) -> _Checked:
    """What the individual turned off stays off (Art. 24 para. 2; 26-6)."""
    automated = case.activity.automated
    if automated is not None and automated.off_switch is not None:
        yield Ruling(Rule.SWITCH, automated.off_switch), not _is_off(case)


def _gpc(case: Case) -> _Checked:
    """A browser's signal refuses provision to others and personalised advertising."""
    if not case.request.gpc:
        return
    automated = case.activity.automated
    provides = case.recipient is not None and case.recipient.role is RecipientRole.PROVISION
    advertises = automated is not None and automated.kind is AutomatedKind.ADVERTISING
    if provides or advertises:
        yield Ruling(Rule.GPC, case.activity.activity), False


def _marketing(case: Case) -> _Checked:
    """Sensitive information is not used to sell without separate consent, whatever the basis.

    All information of a child is sensitive (Art. 28); a guardian's consent covers the rest of it.
    """
    activity = case.activity
    if activity.purpose_kind.is_marketing and activity.basis is not LegalBasis.CONSENT:
        asks_guardian = activity.minors_under_14 is MinorsRule.GUARDIAN_CONSENT
        if case.is_child and not asks_guardian:
            used = set(case.categories)
        else:
            used = set(case.categories) & case.book.sensitive(activity)
        if used:
            yield Ruling(Rule.MARKETING, activity.activity), False


CHECKS: tuple[Callable[[Case], _Checked], ...] = (
    _operation,
    _category,
    _recipient,
    _agreement,
    _publication,
    _other_use,
    _started,
    _deleted,
    _restricted,
    _account,
    _age,
    _basis,
    _objection,
    _assessment,
    _route,
    _frequency,
    _switch,
    _gpc,
    _marketing,
)
"""Every such rule, in the order of `Rule`."""
