"""Every rule against its article: it speaks where the article does, and is silent otherwise."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from types import MappingProxyType
from typing import NamedTuple

import pytest
from tests.domain.decision.shop import ADULT, CHILD, NOW, agreed, answer, ask, but, shop
from tests.domain.finding.changing import Change

from chengnuo.base.text import Text
from chengnuo.domain.consent.event import Act
from chengnuo.domain.decision.decision import (
    DecisionIsNoBoolError,
    Duty,
    DutyKind,
    Outcome,
    Ruling,
)
from chengnuo.domain.decision.request import Request, State
from chengnuo.domain.decision.rules import RULES, Rule
from chengnuo.domain.individual.standing import AccountState, Individual
from chengnuo.domain.register.activity import AlsoInForce, MinorsRule
from chengnuo.domain.register.app import MinorsAudience
from chengnuo.domain.register.governance import AssessmentGround
from chengnuo.domain.register.ids import ActivityId, RecipientId
from chengnuo.domain.register.method import Operation
from chengnuo.domain.register.purpose import PurposeKind
from chengnuo.domain.register.recipient import AgreedTerms, VettingResult
from chengnuo.law.age import AgeBand
from chengnuo.law.catalogue import Catalogue
from chengnuo.law.consent_form import ConsentForm
from chengnuo.law.ids import CategoryId
from chengnuo.law.legal_basis import LegalBasis

P, A, R = Outcome.PERMIT, Outcome.ASK, Outcome.REFUSE
GUEST = replace(ADULT, account=AccountState.GUEST)
GONE = replace(ADULT, account=AccountState.CANCELLED)
STORE = Operation.STORE
ORDER = "activity place-order"
YESTERDAY = date(2026, 11, 22)


class Line(NamedTuple):
    """A request of an adult who agreed to everything, and what stands in its way."""

    request: Request
    outcome: Outcome
    failed: tuple[str, ...] = ()
    who: Individual = ADULT
    changes: tuple[Change, ...] = ()
    state: Mapping[str, object] = MappingProxyType({})


def terms(*categories: str) -> AgreedTerms:
    return AgreedTerms(
        recipient=RecipientId("messages"),
        purpose=Text("发送登录验证码", "Send sign-in codes"),
        categories=tuple(map(CategoryId, categories)),
    )


def rule(name: Rule, row: str, why: str = "") -> str:
    return f"{name.value} {row} {why}".strip()


LINES = {
    "Art. 6: nothing unregistered": Line(ask("nothing"), R, (rule(Rule.ACTIVITY, "", "unknown"),)),
    "Art. 6: what is registered": Line(ask("place-order"), P),
    "Art. 6: an operation not registered": Line(
        ask("place-order", operation=Operation.PROCESS),
        R,
        (rule(Rule.OPERATION, "place-order", "process"),),
    ),
    "Art. 6: an operation that is registered": Line(ask("place-order", operation=STORE), P),
    "Art. 6: a category beyond the minimum": Line(
        ask("place-order", categories=["PI-BASIC-NAME", "PI-BIO-FACE"]),
        R,
        (rule(Rule.CATEGORY, "place-order"),),
    ),
    "Art. 6: no category at all": Line(
        ask("place-order", categories=[]), R, (rule(Rule.CATEGORY, "place-order"),)
    ),
    "Art. 6: within the minimum": Line(ask("place-order", categories=["PI-BASIC-NAME"]), P),
    "Art. 23: a recipient nobody registered": Line(
        ask("place-order", recipient="maps"), R, (rule(Rule.RECIPIENT, "place-order", "unknown"),)
    ),
    "Art. 23: a registered recipient": Line(ask("place-order", recipient="courier"), P),
    "Art. 23: providing to nobody in particular": Line(
        ask("place-order", operation=Operation.PROVIDE),
        R,
        (rule(Rule.RECIPIENT, "place-order", "unnamed"),),
        changes=(Change(ORDER, "method.operations", lambda known: (*known, Operation.PROVIDE)),),
    ),
    "Art. 23: more than the recipient gets": Line(
        ask("place-order", recipient="courier", categories=["PI-PROP-PAYINFO"]),
        R,
        (rule(Rule.RECIPIENT, "courier", "categories"),),
    ),
    "Art. 21: a recipient that was rejected": Line(
        ask("nearby-stores", recipient="maps"),
        R,
        (rule(Rule.RECIPIENT, "maps", "vetting"),),
        changes=(Change("recipient maps", "vetting.result", VettingResult.REJECTED),),
    ),
    "Art. 21: an agreement that has ended": Line(
        ask("open-account", recipient="messages"),
        R,
        (rule(Rule.ENTRUSTING, "entrusting", "agreement"),),
        changes=(Change("agreement entrusting", "expires", YESTERDAY),),
    ),
    "Art. 21: an agreement of tomorrow": Line(
        ask("open-account", recipient="messages"),
        R,
        (rule(Rule.ENTRUSTING, "entrusting", "agreement-ahead"),),
        changes=(Change("agreement entrusting", "signed", date(2026, 11, 24)),),
    ),
    "Art. 21: an agreement signed, and not in force yet": Line(
        ask("open-account", recipient="messages"),
        R,
        (rule(Rule.ENTRUSTING, "entrusting", "agreement-ahead"),),
        changes=(Change("agreement entrusting", "in_force_from", date(2026, 11, 24)),),
    ),
    "Art. 21: within what was agreed": Line(
        ask("open-account", recipient="messages"),
        P,
        changes=(Change("agreement entrusting", "terms", (terms("PI-BASIC-PHONE"),)),),
    ),
    "Art. 59: beyond what was agreed": Line(
        ask("open-account", recipient="messages"),
        R,
        (rule(Rule.ENTRUSTING, "entrusting", "beyond-agreed"),),
        changes=(Change("agreement entrusting", "terms", (terms("PI-BASIC-EMAIL"),)),),
    ),
    "NDR Art. 12: an agreement on providing that has ended": Line(
        ask("place-order", recipient="courier"),
        R,
        (rule(Rule.PROVIDING, "provision", "agreement"),),
        changes=(Change("agreement provision", "expires", YESTERDAY),),
    ),
    "Art. 20: an agreement between joint handlers that has ended": Line(
        ask("joint-draw", recipient="brand"),
        R,
        (rule(Rule.JOINT, "joint", "agreement"),),
        changes=(Change("agreement joint", "expires", YESTERDAY),),
    ),
    "Art. 21: no agreement with an entrusted party": Line(
        ask("open-account", recipient="messages"),
        R,
        (rule(Rule.ENTRUSTING, "messages", "no-agreement"),),
        changes=(Change("recipient messages", "agreement", None),),
    ),
    "Art. 20: no agreement between joint handlers": Line(
        ask("joint-draw", recipient="brand"),
        R,
        (rule(Rule.JOINT, "brand", "no-agreement"),),
        changes=(Change("recipient brand", "agreement", None),),
    ),
    "Art. 23: providing needs none": Line(
        ask("place-order", recipient="courier"),
        P,
        changes=(Change("recipient courier", "agreement", None),),
    ),
    "Art. 21: an agreement on its last day": Line(
        ask("open-account", recipient="messages"),
        P,
        changes=(Change("agreement entrusting", "expires", date(2026, 11, 23)),),
    ),
    "Art. 25: making public what is not registered": Line(
        ask("place-order", publish=True), R, (rule(Rule.PUBLICATION, "place-order"),)
    ),
    "Art. 25: making public what is registered": Line(ask("winners", publish=True), P),
    "Art. 26: an other use that is not registered": Line(
        ask("store-camera", other_use=True), R, (rule(Rule.OTHER_USE, "store-camera"),)
    ),
    "Art. 17: before the activity has started": Line(
        ask("place-order"),
        R,
        (rule(Rule.STARTED, "place-order"),),
        changes=(Change(ORDER, "started", date(2026, 11, 24)),),
    ),
    "Art. 17: on the day it starts": Line(
        ask("place-order"), P, changes=(Change(ORDER, "started", date(2026, 11, 23)),)
    ),
    "Art. 47: somebody who was deleted": Line(
        ask("place-order"),
        R,
        (rule(Rule.SUPPRESSION, "place-order"),),
        who=replace(ADULT, suppressed=True),
    ),
    "Art. 47: deleting is always permitted": Line(
        ask("place-order", operation=Operation.DELETE),
        P,
        who=replace(GONE, suppressed=True, restricted=True),
    ),
    "Art. 25: making public is not deleting": Line(
        ask("place-order", operation=Operation.DELETE, publish=True),
        R,
        (
            rule(Rule.OPERATION, "place-order", "delete"),
            rule(Rule.PUBLICATION, "place-order"),
        ),
    ),
    "Art. 23: providing is not deleting": Line(
        ask("place-order", operation=Operation.DELETE, recipient="maps"),
        R,
        (
            rule(Rule.OPERATION, "place-order", "delete"),
            rule(Rule.RECIPIENT, "place-order", "unknown"),
        ),
    ),
    "Art. 44: making public is not storing": Line(
        ask("winners", operation=STORE, publish=True),
        R,
        (rule(Rule.OPERATION, "winners", "store"), rule(Rule.RESTRICTION, "winners")),
        who=replace(ADULT, restricted=True),
    ),
    "Art. 44: providing is not storing": Line(
        ask("place-order", operation=STORE, recipient="courier"),
        R,
        (rule(Rule.RESTRICTION, "place-order"),),
        who=replace(ADULT, restricted=True),
    ),
    "Art. 28: selling with a child's information, all of which is sensitive": Line(
        ask("place-order", categories=["PI-BASIC-NAME"]),
        R,
        (rule(Rule.MARKETING, "place-order"),),
        who=CHILD,
        changes=(
            Change(ORDER, "minors_under_14", MinorsRule.OTHER_BASIS),
            Change(ORDER, "purpose_kind", PurposeKind.MARKETING),
        ),
    ),
    "Art. 44: a restriction": Line(
        ask("place-order"),
        R,
        (rule(Rule.RESTRICTION, "place-order"),),
        who=replace(ADULT, restricted=True),
    ),
    "Art. 44: storing under a restriction": Line(
        ask("place-order", operation=STORE), P, who=replace(ADULT, restricted=True)
    ),
    "191-6.1: a guest where an account is needed": Line(
        ask("place-order"), R, (rule(Rule.ACCOUNT, "buying", "guest"),), who=GUEST
    ),
    "191-4.1: a guest where none is needed": Line(ask("security-logs"), P, who=GUEST),
    "191-6.1: a cancelled account": Line(
        ask("security-logs"), R, (rule(Rule.ACCOUNT, "browsing", "cancelled"),), who=GONE
    ),
    "191-6.1: storing after cancelling": Line(ask("security-logs", operation=STORE), P, who=GONE),
    "Art. 31: children where none are served": Line(
        ask("place-order"), R, (rule(Rule.AGE, "place-order", "not-collected"),), who=CHILD
    ),
    "Art. 31: children with their guardian's consent": Line(ask("children-club"), P, who=CHILD),
    "Art. 31: children on another basis": Line(
        ask("place-order"),
        P,
        who=CHILD,
        changes=(Change(ORDER, "minors_under_14", MinorsRule.OTHER_BASIS),),
    ),
    "Art. 31: another basis that is consent": Line(
        ask("coupons"),
        R,
        (rule(Rule.AGE, "coupons", "other-basis"),),
        who=CHILD,
        changes=(Change("activity coupons", "minors_under_14", MinorsRule.OTHER_BASIS),),
    ),
    "trap 6: from fourteen on nobody is a child": Line(
        ask("place-order"), P, who=replace(ADULT, age=AgeBand.FROM_14_TO_17)
    ),
    "trap 6: unknown age where children are not expected": Line(
        ask("place-order"), P, who=replace(ADULT, age=AgeBand.UNKNOWN)
    ),
    "trap 6: unknown age where children are expected": Line(
        ask("place-order"),
        R,
        (rule(Rule.AGE, "place-order", "not-collected"),),
        who=replace(ADULT, age=AgeBand.UNKNOWN),
        changes=(Change("app shop-app", "audience.minors_under_14", MinorsAudience.EXPECTED),),
    ),
    "Art. 27: public information": Line(ask("public-shops"), P),
    "Art. 27: public information that was refused": Line(
        ask("public-shops"),
        R,
        (rule(Rule.OBJECTION, "public-shops"),),
        state={"objects_to": frozenset({ActivityId("public-shops")})},
    ),
    "Art. 55: an assessment that has lapsed": Line(
        ask("place-order"),
        R,
        (rule(Rule.ASSESSMENT, "assessed"),),
        changes=(Change("assessment assessed", "valid_until", YESTERDAY),),
    ),
    "trap 10: an assessment after the fact": Line(
        ask("place-order"),
        R,
        (rule(Rule.ASSESSMENT, "assessed"),),
        changes=(Change("assessment assessed", "done", date(2026, 11, 24)),),
    ),
    "Art. 55: an assessment of something else": Line(
        ask("place-order"),
        R,
        (rule(Rule.ASSESSMENT, "assessed"),),
        changes=(Change("assessment assessed", "grounds", (AssessmentGround.AUTOMATED,)),),
    ),
    "Art. 55: no assessment": Line(
        ask("place-order"),
        R,
        (rule(Rule.ASSESSMENT, "place-order"),),
        changes=(Change(ORDER, "assessment", None),),
    ),
    "Art. 38: a route abroad": Line(ask("crash-reports", recipient="crashes"), P),
    "Art. 38: no route abroad": Line(
        ask("crash-reports", recipient="crashes"),
        R,
        (rule(Rule.ROUTE, "crashes", "none"),),
        changes=(Change("recipient crashes", "cross_border", None),),
    ),
    "Art. 38: a route that has lapsed": Line(
        ask("crash-reports", recipient="crashes"),
        R,
        (rule(Rule.ROUTE, "crashes", "exempt-volume"),),
        changes=(Change("recipient crashes", "cross_border.until", YESTERDAY),),
    ),
    "Art. 6: as often as registered": Line(
        ask("nearby-stores", recent=1), R, (rule(Rule.FREQUENCY, "nearby-stores", "1 per minute"),)
    ),
    "Art. 6: nobody counted": Line(
        ask("nearby-stores", recent=None),
        R,
        (rule(Rule.FREQUENCY, "nearby-stores", "not-counted"),),
    ),
    "Art. 6: within the frequency": Line(ask("nearby-stores", recent=0), P),
    "Art. 24: a switch that is off": Line(
        ask("picks-for-you"),
        R,
        (rule(Rule.SWITCH, "picks-switch"),),
        state={"switches": {"picks-switch": False}},
    ),
    "Art. 24: a switch nobody touched stands as declared": Line(
        ask("picks-for-you"), R, (rule(Rule.SWITCH, "picks-switch"),), state={"switches": {}}
    ),
    "Art. 24: a switch that is on": Line(ask("picks-for-you"), P),
    "Art. 24: the browser refuses adverts": Line(
        ask("adverts", gpc=True), R, (rule(Rule.GPC, "adverts"),)
    ),
    "Art. 23: the browser refuses provision": Line(
        ask("nearby-stores", recipient="maps", gpc=True), R, (rule(Rule.GPC, "nearby-stores"),)
    ),
    "Art. 21: the browser does not refuse entrusting": Line(
        ask("open-account", recipient="messages", gpc=True), P
    ),
    "Art. 29: marketing with what is sensitive": Line(
        ask("coupons"),
        R,
        (rule(Rule.MARKETING, "coupons"),),
        changes=(
            Change("activity coupons", "basis", LegalBasis.CONTRACT),
            Change("activity coupons", "items[0].sensitive", True),
        ),
    ),
    "Art. 29: marketing without": Line(
        ask("coupons"), P, changes=(Change("activity coupons", "basis", LegalBasis.CONTRACT),)
    ),
}


@pytest.mark.parametrize("name", LINES)
def test_a_rule_speaks_where_its_article_does(name: str) -> None:
    line = LINES[name]
    book = shop(*line.changes)
    state = replace(agreed(book, line.who), **line.state)
    found = answer(book, line.request, state)
    failed = () if found.permits else tuple(rule(*_parts(one)) for one in found.by)
    assert (found.outcome, failed) == (line.outcome, line.failed)


def _parts(ruling: Ruling) -> tuple[Rule, str, str]:
    return ruling.rule, ruling.row, ruling.why


FLOWS = {
    "Art. 14": (ask("coupons"), "coupons/general", Rule.GENERAL),
    "Art. 29": (ask("face-login"), "face-login/sensitive:PI-BIO-FACE", Rule.SENSITIVE),
    "Art. 23": (
        ask("nearby-stores", recipient="maps"),
        "nearby-stores/provision:maps",
        Rule.PROVISION,
    ),
    "Art. 39": (
        ask("crash-reports", recipient="crashes"),
        "crash-reports/overseas:crashes",
        Rule.OVERSEAS,
    ),
    "Art. 25": (ask("winners", publish=True), "winners/publication", Rule.PUBLISHING),
    "Art. 25, asked for as disclosing": (
        ask("winners", operation=Operation.DISCLOSE),
        "winners/publication",
        Rule.PUBLISHING,
    ),
    "Art. 26": (
        ask("store-camera", other_use=True),
        "store-camera/public-image",
        Rule.PUBLIC_IMAGE,
    ),
    "Art. 31": (ask("children-club"), "children-club/minors", Rule.GUARDIAN),
}
OTHER_USE = Change(
    "activity store-camera", "public_image", lambda one: replace(one, other_use=one.place)
)


@pytest.mark.parametrize("name", FLOWS)
def test_each_matter_needs_its_own_consent(name: str) -> None:
    request, item, asked = FLOWS[name]
    book = shop(OTHER_USE)
    everything = agreed(book, CHILD if asked is Rule.GUARDIAN else ADULT)
    assert answer(book, request, everything).permits
    lacking = answer(book, request, but(everything, book, item))
    assert (lacking.outcome, lacking.prompt) == (A, (item,))
    assert lacking.by == (Ruling(asked, item, "not-given"),)


@pytest.mark.parametrize("name", FLOWS)
@pytest.mark.parametrize("no", [Act.REFUSE, Act.WITHDRAW])
def test_a_no_is_remembered_until_the_individual_starts_the_function(name: str, no: Act) -> None:
    request, item, asked = FLOWS[name]
    book = shop(OTHER_USE)
    who = CHILD if asked is Rule.GUARDIAN else ADULT
    state = but(agreed(book, who), book, item, act=no)
    refused = answer(book, request, state)
    assert (refused.outcome, refused.by) == (R, (Ruling(asked, item, "refused"),))
    started = answer(book, replace(request, started=True), state)
    assert (started.outcome, started.prompt, started.by) == (A, (item,), refused.by)


@pytest.mark.parametrize("name", FLOWS)
def test_accepting_the_policy_gives_none_of_the_separate_consents(name: str) -> None:
    request, _, asked = FLOWS[name]
    book = shop(OTHER_USE)
    who = CHILD if asked is Rule.GUARDIAN else ADULT
    found = answer(book, request, agreed(book, who, form=ConsentForm.GENERAL))
    assert found.permits is (asked is Rule.GENERAL)
    assert all(one.rule is not Rule.GENERAL for one in found.by) or found.permits


@pytest.mark.parametrize("end", [Act.EXPIRE, Act.SUPERSEDE, Act.HAND_OVER])
def test_a_consent_that_ended_by_itself_is_asked_again(end: Act) -> None:
    book = shop()
    state = but(agreed(book), book, "coupons/general", act=end)
    assert answer(book, ask("coupons"), state).outcome is A


@pytest.mark.parametrize(
    ("until", "outcome"), [(NOW - 1, A), (NOW, A), (NOW + 1, P), (None, P)], ids=str
)
def test_a_consent_for_a_time_ends_at_its_instant(until: int | None, outcome: Outcome) -> None:
    book = shop()
    state = but(agreed(book), book, "coupons/general", until=until, at=NOW - 5)
    assert answer(book, ask("coupons"), state).outcome is outcome


@pytest.mark.parametrize(
    ("until", "outcome"), [(date(2026, 11, 22), A), (date(2026, 11, 23), P)], ids=str
)
def test_an_earlier_text_counts_until_its_last_day(until: date, outcome: Outcome) -> None:
    earlier = AlsoInForce(matter="general", fingerprint="0" * 64, until=until)
    book = shop(Change("activity picks-for-you", "also_in_force", (earlier,)))
    state = but(agreed(book), book, "picks-for-you/general", fingerprint="0" * 64)
    assert answer(book, ask("picks-for-you"), state).outcome is outcome


def test_a_changed_text_is_asked_again() -> None:
    state = but(agreed(shop()), shop(), "coupons/general", fingerprint="e" * 64)
    assert answer(shop(), ask("coupons"), state).prompt == ("coupons/general",)


@pytest.mark.parametrize(
    ("activity", "who", "by_guardian", "outcome"),
    [
        pytest.param("coupons", ADULT, True, A, id="a guardian does not speak for an adult"),
        pytest.param("children-club", CHILD, False, A, id="a child does not speak for itself"),
        pytest.param("children-club", CHILD, True, P, id="a guardian speaks for a child"),
        pytest.param("children-club", ADULT, True, A, id="at fourteen they are asked themselves"),
    ],
)
def test_who_speaks_for_whom(
    activity: str, who: Individual, by_guardian: bool, outcome: Outcome
) -> None:
    book = shop()
    found = answer(book, ask(activity), agreed(book, who, by_guardian=by_guardian))
    assert found.outcome is outcome


@pytest.mark.parametrize(
    ("given", "needed", "outcome"),
    [
        (ConsentForm.GENERAL, ConsentForm.WRITTEN, A),
        (ConsentForm.SEPARATE, ConsentForm.WRITTEN, A),
        (ConsentForm.WRITTEN, ConsentForm.WRITTEN, P),
        (ConsentForm.GENERAL, ConsentForm.ONE_TIME, A),
        (ConsentForm.ONE_TIME, ConsentForm.ONE_TIME, P),
        (ConsentForm.SEPARATE, ConsentForm.GENERAL, P),
        (ConsentForm.ONE_TIME, ConsentForm.GENERAL, P),
    ],
)
def test_a_weaker_form_never_meets_the_need_for_a_stronger(
    given: ConsentForm, needed: ConsentForm, outcome: Outcome
) -> None:
    book = shop(Change("activity coupons", "consent", needed))
    assert answer(book, ask("coupons"), agreed(book, form=given)).outcome is outcome


def test_a_refusal_names_all_that_stands_in_the_way_in_the_order_of_the_rules() -> None:
    book = shop()
    state = State(individual=replace(GONE, restricted=True, suppressed=True))
    found = answer(book, ask("nearby-stores", recipient="maps", gpc=True, recent=9), state)
    assert [one.rule for one in found.by] == [
        Rule.SUPPRESSION,
        Rule.RESTRICTION,
        Rule.ACCOUNT,
        Rule.FREQUENCY,
        Rule.GPC,
        Rule.GENERAL,
        Rule.SENSITIVE,
        Rule.PROVISION,
    ]
    assert found.prompt == ()


def test_what_could_be_used_is_named_when_not_all_can() -> None:
    book = shop()
    state = but(agreed(book), book, "nearby-stores/sensitive:PI-LOC-PRECISE", act=Act.REFUSE)
    found = answer(book, ask("nearby-stores"), state)
    assert (found.outcome, found.within) == (R, ("PI-LOC-COARSE",))


def test_duties_go_with_a_permit_or_take_its_place() -> None:
    book = shop()
    everything = agreed(book)
    assert answer(book, ask("winners", publish=True), everything).duties == (
        Duty(DutyKind.MASK, "PI-BASIC-NAME", "只留姓氏"),
        Duty(DutyKind.MASK, "PI-BASIC-PHONE", "只留末四位"),
    )
    off = replace(everything, switches={})
    assert answer(book, ask("adverts"), off).duties == (
        Duty(DutyKind.NON_PERSONALISED, "adverts-switch"),
        Duty(DutyKind.OFFER_REFUSAL, "adverts-switch"),
    )
    (easy,) = answer(book, ask("picks-for-you"), everything).duties  # pushed, if not to sell
    assert easy.kind is DutyKind.OFFER_REFUSAL
    assert answer(book, ask("pay-later"), everything).duties == (
        Duty(DutyKind.EXPLAIN),
        Duty(DutyKind.HUMAN_REVIEW),
    )
    assert answer(book, ask("nearby-stores", recipient="maps"), everything).duties == (
        Duty(DutyKind.RECORD_PROVISION, "maps"),
    )
    assert answer(book, ask("open-account", recipient="messages"), everything).duties == ()
    urgent = shop(Change(ORDER, "basis", LegalBasis.EMERGENCY))
    assert answer(urgent, ask("place-order"), agreed(urgent)).duties == (
        Duty(DutyKind.NOTIFY_AFTER),
    )


def test_nobody_can_use_an_answer_as_a_truth_value() -> None:
    found = answer(shop(), ask("place-order"), agreed(shop()))
    with pytest.raises(DecisionIsNoBoolError):
        bool(found)
    with pytest.raises(DecisionIsNoBoolError):
        assert not found


def test_every_rule_is_carried_out_for_an_article_of_the_catalogue(catalogue: Catalogue) -> None:
    assert set(RULES) == set(Rule)
    assert [one for one in Rule if not catalogue.duty(one.article)] == []
    assert [one for one in Rule if not (one.text.zh and one.text.en)] == []
