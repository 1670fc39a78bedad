"""A tea house that sends letters abroad: register, data folder, log, planes, all real."""

from dataclasses import replace
from datetime import date
from pathlib import Path

from tests.strategies.told_register import WRITTEN
from tests.usecases.consent.consent_kit import TeaHouse

from chengnuo.adapters.working_calendar import load_working_calendar
from chengnuo.domain.borders.counting import PlaneKey, Sort
from chengnuo.domain.individual.standing import AccountState
from chengnuo.domain.register.consent_items import ConsentItemId
from chengnuo.domain.register.ids import ActivityId, RecipientId
from chengnuo.engines.planes.people import people_of
from chengnuo.law.age import AgeBand
from chengnuo.law.catalogue import Catalogue
from chengnuo.law.civil import civil_date
from chengnuo.law.ids import FigureId
from chengnuo.ports.borders import Reached
from chengnuo.ports.individuals import PersonKey
from chengnuo.usecases.borders.counting import BorderCounter, KnownHere
from chengnuo.usecases.borders.outlook import Outlook, counted_in, outlook
from chengnuo.usecases.borders.providing import ProvidingDesk
from chengnuo.usecases.borders.provision import Provided, Provision
from chengnuo.usecases.borders.reading import Reading
from chengnuo.usecases.consent.counting import UseCounter
from chengnuo.usecases.decision.answering import Stated
from chengnuo.usecases.decision.books import Books, Edition
from chengnuo.usecases.decision.desk import DecisionDesk

MAILER = """\
  - recipient: mailer
    role: entrusted
    name: {zh: 示例邮件, en: Example Mail}
    company: {zh: 示例邮件公司, en: Example Mail Inc.}
    contact: privacy@mail.example
    country: SG
    categories: [PI-BASIC-EMAIL, PI-HEALTH-HISTORY]
    purpose: {zh: 投递茶讯, en: Delivering letters}
    method: {zh: 投递后删除, en: Deleted once delivered}
    channel: api
    agreement: abroad-terms
    cross_border:
      route: exempt-volume
      rights: {zh: 发邮件至 privacy@mail.example, en: Write to privacy@mail.example}
      safeguards: {zh: 合同约束和加密, en: Contract and encryption}
"""
LETTERS = """\
  - activity: letters
    service: care
    purpose: {zh: 寄送茶讯, en: Send letters about tea}
    scene: {zh: 订阅茶讯时, en: When subscribing}
    method: {provided_by: individual, trigger: user-action}
    items:
      - {category: PI-BASIC-EMAIL, necessary: true}
      - category: PI-HEALTH-HISTORY
        necessary: false
        why_necessary: {zh: 避开过敏的茶, en: To leave out what one is allergic to}
        impact: {zh: 可能反映健康状况, en: It may show health}
        if_refused: {zh: 不作筛选, en: Nothing is left out}
    basis: contract
    basis_detail: {zh: 订阅协议, en: Terms of subscription}
    retention: {keep: P30D, from: collected, then: delete}
    stores: [main.orders]
    recipients: [mailer]
    minors_under_14: not-collected
    assessment: abroad
"""
ASSESSMENT = """\
  - assessment: abroad
    title: {zh: 出境评估, en: Going abroad}
    done: 2026-01-05
    grounds: [overseas, entrusted, sensitive, automated]
    risk: low
"""
AGREEMENT = """\
  - agreement: abroad-terms
    title: {zh: 出境协议, en: Terms abroad}
    signed: 2026-01-02
    sub_entrusting: forbidden
    return_or_delete: {zh: 删除, en: Deleted}
"""
MAPS_ABROAD = """\
    agreement: abroad-terms
    contact: privacy@maps.example
    method: {zh: 换算后删除, en: Deleted afterwards}
    cross_border:
      route: standard-contract
      reference: SCC-1
      until: 2027-06-30
      rights: {zh: 发邮件, en: Write}
      safeguards: {zh: 合同约束, en: Contract}
"""
REGISTER = WRITTEN
for _old, _new in (
    (
        "recipients:\n  - recipient: courier",
        f"{LETTERS}recipients:\n{MAILER}  - recipient: courier",
    ),
    ("agreements:\n", f"agreements:\n{AGREEMENT}"),
    ("assessments:\n", f"assessments:\n{ASSESSMENT}"),
    ("    if_withdrawn: {zh: 停止", "    assessment: abroad\n    if_withdrawn: {zh: 停止"),
    (", at_most: 1 per minute}", "}"),
    ("default_on: false", "default_on: true"),
    ("    cross_border: {route: exempt-volume, individuals_a_year: 900}\n", MAPS_ABROAD),
):
    assert REGISTER.count(_old) == 1, _old
    REGISTER = REGISTER.replace(_old, _new)
LETTER = Provision(
    activity=ActivityId("letters"),
    recipient=RecipientId("mailer"),
    categories=frozenset({"PI-BASIC-EMAIL"}),  # type: ignore[arg-type]  # ids are texts
    stated=Stated(age=AgeBand.ADULT, account=AccountState.ACTIVE),
)
PLACES = replace(
    LETTER, activity=ActivityId("nearby"), recipient=RecipientId("maps"), categories=None
)
NEARBY_ITEMS = tuple(
    ConsentItemId(item)
    for item in ("nearby/general", "nearby/sensitive:PI-LOC-PRECISE", "nearby/overseas:maps")
)


def person(number: int) -> PersonKey:
    """Return somebody's key."""
    return PersonKey(f"{number:064x}")


def with_lines(catalogue: Catalogue, **limits: int) -> Catalogue:
    """Return the catalogue with other figures: `TD_D1=9`."""
    figures = dict(catalogue.figures)
    for name, value in limits.items():
        figure = FigureId(name.replace("_", "-"))
        figures[figure] = replace(figures[figure], value=value)
    return replace(catalogue, figures=figures)


class BorderHouse(TeaHouse):
    """The tea house with a desk for what goes abroad."""

    def __init__(self, folder: Path, catalogue: Catalogue) -> None:
        (folder / "register").mkdir(parents=True)
        (folder / "register" / "register.yaml").write_text(REGISTER, "utf-8")
        super().__init__(folder, catalogue)

    def open(self) -> None:
        super().open()
        uses = UseCounter(log=self.opened.log, payloads=self.opened.payloads, store=self.data.uses)

        def edition() -> Edition:
            served = self.desk.served
            return Edition(version=served.version, register=served.register)

        self.reading = Reading(
            log=self.opened.log,
            payloads=self.opened.payloads,
            register_of=self.desk.register_of,
            catalogue=self.catalogue,
        )
        self.known = KnownHere(consents=self.consents, uses=uses)
        self.counter = BorderCounter(self.reading, self.data.borders, self.known)
        self.borders = ProvidingDesk(
            counter=self.counter,
            decisions=DecisionDesk(
                books=Books(edition, self.catalogue),
                states=self.consents,
                clock=self.clock,
                recorder=self.recorder,
            ),
            register=self.desk,
        )

    def provide(self, *numbers: int, provision: Provision = LETTER) -> Provided:
        """Hand somebody's provision in, by numbers."""
        return self.borders.provide([person(number) for number in numbers], provision)

    def agree(self, number: int) -> None:
        """Let somebody agree to all that showing places needs."""
        for item in NEARBY_ITEMS:
            self.answer(item, person=person(number))

    def outlook(self, year: int = 2026) -> Outlook:
        """Return how a year stands."""
        self.counter.ready()
        return outlook(
            counted_in(self.data.borders, year),
            self.desk.served.register,
            self.catalogue,
            load_working_calendar(),
            year=year,
            today=civil_date(self.clock.now()),
        )

    def counted_before(self, count: int, *, day: date, sort: Sort = Sort.GENERAL) -> None:
        """Let so many others have gone abroad, as if another host had counted them."""
        key = PlaneKey(day=day, recipient=RecipientId("mailer"), sort=sort)
        far = 1 << 24
        others = people_of(range(far, far + count))
        reached = self.data.borders.reached()
        self.data.borders.add(
            {key: others}, (), Reached(position=reached.position, at_most=reached.at_most)
        )
