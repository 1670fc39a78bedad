"""A tea house whose models decide: register, data folder, log, requests and reviews, all real."""

from datetime import timedelta
from pathlib import Path

from tests.usecases.rights.rights_house import LIN, REGISTER, RightsHouse

from chengnuo.adapters.evidence.place import Place
from chengnuo.adapters.evidence.verifier_process import VerifierProcess
from chengnuo.domain.decision.automated import (
    AutomatedDecision,
    AutomatedId,
    InputGiven,
    InputValue,
    Variant,
)
from chengnuo.domain.finding.live import LiveResult
from chengnuo.domain.register.ids import ActivityId, ModelId, SwitchId
from chengnuo.law.catalogue import Catalogue
from chengnuo.usecases.decision.automated import AutomatedDesk, AutomatedKept
from chengnuo.usecases.decision.automated_figures import AutomatedFigures
from chengnuo.usecases.decision.reviews import ReviewDesk
from chengnuo.usecases.evidence.desk import EvidenceDesk
from chengnuo.usecases.evidence.proving import Prover

NEAR_FIRST, NEARBY, SAFETY = SwitchId("near-first"), ActivityId("nearby"), ActivityId("safety")
ACTIVITIES = """\
  - activity: safety
    service: buy
    purpose: {zh: 拦截盗刷, en: Stop stolen cards}
    purpose_kind: security
    scene: {zh: 付款时, en: When paying}
    method: {provided_by: device, trigger: user-action}
    items: [{category: PI-BASIC-PHONE, necessary: true}]
    basis: contract
    basis_detail: {zh: 买卖合同, en: Contract of sale}
    retention: {keep: P30D, from: collected, then: delete}
    stores: [main.orders]
    automated:
      kind: risk-control
      factors: [{zh: 失败次数, en: Failures}]
      personal_factors: [PI-BASIC-PHONE]
      major_effect: true
      explanation: {zh: 失败多则暂缓, en: Many failures hold a payment}
      human_review: {zh: 由人复核, en: A person looks}
    minors_under_14: not-collected
    assessment: risks
recipients:
"""
MODELS = """\
models:
  - model: near-ranking
    name: {zh: 附近排序, en: Order of what is near}
    kind: rules
    team: {zh: 推荐组, en: Feed team}
    versions: [{version: "1", from: 2026-01-01}]
    activities: [nearby]
    inputs:
      - input: place
        name: {zh: 位置, en: Place}
        category: PI-LOC-PRECISE
        counts: {zh: 近的在前, en: Near first}
      - {input: hour, name: {zh: 时段, en: Hour}, counts: {zh: 营业的在前, en: Open first}}
    outcomes: [{outcome: ranked, name: {zh: 排序, en: Ranked}}]
    alone: true
    explanation: {zh: 近的排在前面, en: What is near comes first}
  - model: card-rules
    name: {zh: 付款规则, en: Rules on payments}
    kind: rules
    team: {zh: 安全组, en: Safety team}
    versions: [{version: "1", from: 2026-01-01}]
    activities: [safety]
    inputs:
      - input: failures
        name: {zh: 失败次数, en: Failures}
        category: PI-BASIC-PHONE
        counts: {zh: 多则暂缓, en: Many hold it}
    outcomes:
      - {outcome: held, name: {zh: 暂缓, en: Held}}
      - {outcome: let-through, name: {zh: 放行, en: Let through}}
    alone: true
    major_effect: true
    explanation: {zh: 失败多则暂缓, en: Many failures hold a payment}
    human_review: {zh: 由人复核, en: A person looks}
    objection: {zh: 联系客服, en: Ask customer service}
agreements:
"""
WITH_MODELS = REGISTER.replace(
    "recipients:\n  - recipient: courier", ACTIVITIES + "  - recipient: courier"
).replace("agreements:\n", MODELS)


class AutomatedHouse(RightsHouse):
    """The tea house with a desk for automated decisions and their reviews."""

    def __init__(self, folder: Path, catalogue: Catalogue, *, register: str = WITH_MODELS) -> None:
        self.count = 0
        super().__init__(folder, catalogue, register=register)

    def open(self) -> None:
        super().open()
        log, payloads = self.opened.log, self.opened.payloads
        self.evidence = EvidenceDesk(
            log=log,
            payloads=payloads,
            prover=Prover(log=log, payloads=payloads),
            recorder=self.recorder,
            verifier=VerifierProcess(Place(data=self.log_place).public),
        )
        self.automated = AutomatedDesk(
            store=self.data.automated,
            evidence=self.evidence,
            consents=self.consents,
            register=self.desk,
            tokens=self.data.keys.tokens,
        )
        self.reviews = ReviewDesk(
            automated=self.automated, rights=self.rights, recorder=self.recorder
        )
        self.figures = AutomatedFigures(
            automated=self.automated, figures=self.data.consent_figures, evidence=self.evidence
        )

    def ranked(
        self, *, account: str = LIN, variant: Variant = Variant.PERSONAL, version: str = "1"
    ) -> AutomatedKept:
        """Hand in that what is near was put in order."""
        return self.decided(
            "near-ranking", NEARBY, "ranked", {"place": "x"}, account, variant, version
        )

    def held(self, *, account: str = LIN, alone: bool = True) -> AutomatedKept:
        """Hand in that a payment was held."""
        return self.decided("card-rules", SAFETY, "held", {"failures": 12}, account, alone=alone)

    def decided(  # noqa: PLR0913, PLR0917  what a decision says
        self,
        model: str,
        activity: ActivityId,
        outcome: str,
        inputs: dict[str, InputValue],
        account: str = LIN,
        variant: Variant = Variant.PERSONAL,
        version: str = "1",
        *,
        alone: bool = True,
    ) -> AutomatedKept:
        """Hand in a decision that was made just now."""
        self.count += 1
        self.clock.pass_by(timedelta(seconds=1))
        return self.automated.record(
            self.person(account),
            AutomatedDecision(
                id=AutomatedId(f"d-{self.count}"),
                activity=activity,
                model=ModelId(model),
                version=version,
                outcome=outcome,
                inputs=tuple(InputGiven(input=one, value=value) for one, value in inputs.items()),
                alone=alone,
                variant=variant,
                at=self.consents.now(),
            ),
        )

    def switched(self, *, on: bool, surface: str = "centre", account: str = LIN) -> int:
        """Let somebody set the switch; return the position of the record."""
        self.clock.pass_by(timedelta(seconds=1))
        return self.consents.set_switch(
            self.person(account), NEAR_FIRST, on=on, surface=surface
        ).position

    def results(self) -> dict[str, LiveResult]:
        """Return what the controls find in the log and beside it."""
        return {run.control.id: run.result for run in self.figures.runs(self.consents.now())}
