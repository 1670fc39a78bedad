"""The controls over safeguards: each measure of PIPL Art. 51 is shown, by evidence that is fresh.

One control a measure. Nothing declared, or nothing shown for it, is *not shown*; evidence that was
to be renewed by now is *stale*; what was seen or entered as wrong fails until it is shown anew.
"""

from functools import partial
from itertools import groupby

from chengnuo.base.text import Text
from chengnuo.domain.dossier.sorts.safeguard import (
    ACCESS,
    CLASSIFICATION,
    DE_IDENTIFICATION,
    DRILL,
    ENCRYPTION,
    FAILING,
    MEASURES,
    NOT_SHOWN,
    RULES,
    TRAINING,
)
from chengnuo.domain.finding.live import Fault, LiveOutcome, Looked, RecordsControl
from chengnuo.domain.finding.rule import duties
from chengnuo.domain.finding.safeguard_records import AuditSeen, SafeguardRecords, SafeguardSeen

REQUIRED = {
    RULES: "PIPL-51.1",
    CLASSIFICATION: "PIPL-51.2",
    ENCRYPTION: "PIPL-51.3",
    DE_IDENTIFICATION: "PIPL-51.3",
    ACCESS: "PIPL-51.4",
    TRAINING: "PIPL-51.4",
    DRILL: "PIPL-51.5",
}
"""The measures that the article lists, with the place in it."""
_NAMES = {one.value: one.text for one in MEASURES}


def is_shown(measure: str, records: SafeguardRecords) -> Looked:
    """Every safeguard of a measure has fresh evidence, and there is one."""
    seen = [one for one in records.safeguards if one.measure == measure]
    if not seen:
        return Looked(
            count=0,
            ends=LiveOutcome.NOT_SHOWN,
            said=Text("没有登记。", "None is declared."),
        )
    faults = tuple(_fault(one, _NAMES[measure]) for one in seen if one.state == FAILING)
    newest = seen[0].dossier
    if faults:
        return Looked(count=len(seen), faults=faults, newest=newest)
    without = [one for one in seen if one.state == NOT_SHOWN]
    old = [one for one in seen if one.next_due is not None and one.next_due < records.on]
    if without:
        said = Text("还没有证据。", "There is no evidence yet.")
        return Looked(count=len(seen), ends=LiveOutcome.NOT_SHOWN, said=said, newest=newest)
    if old:
        due = min(one.next_due for one in old if one.next_due is not None).isoformat()
        said = Text(f"应在 {due} 前再次证明。", f"Was to be shown again by {due}.")
        return Looked(count=len(seen), ends=LiveOutcome.STALE, said=said, newest=newest)
    return Looked(count=len(seen), said=_told(seen), newest=newest)


def by_changing_bodies(records: SafeguardRecords) -> Looked:
    """No body, and nobody who leads, audits too often in a row."""
    external = [one for one in records.audits if one.external]
    faults = (
        *_in_a_row(external, records.most_in_a_row, "body"),
        *_in_a_row([one for one in external if one.lead], records.most_in_a_row, "lead"),
    )
    return Looked(
        count=len(external), faults=faults, newest=external[-1].dossier if external else ""
    )


def _in_a_row(audits: list[AuditSeen], too_many: int, what: str) -> tuple[Fault, ...]:
    faults = []
    for _, same in groupby(audits, key=lambda one: _folded(getattr(one, what))):
        run = list(same)
        if too_many and len(run) >= too_many:
            faults.append(
                Fault(
                    position=0,
                    dossier=run[-1].dossier,
                    what=Text(
                        f"同一机构或者负责人连续第 {len(run)} 次审计；不得连续三次以上，"
                        "“以上”含本数，也有意见理解为可以三次",
                        f"the same body or lead audits for the {len(run)}th time in a row; three or"
                        " more are ruled out, and some read that as more than three",
                    ),
                )
            )
    return tuple(faults)


def _folded(name: str) -> str:
    return "".join(name.split()).casefold()


def _fault(one: SafeguardSeen, name: Text) -> Fault:
    return Fault(
        position=0,
        dossier=one.dossier,
        what=Text(f"{name.zh}：不符合，还没有改好", f"{name.en}: not in order, not mended yet"),
    )


def _told(seen: list[SafeguardSeen]) -> Text:
    observed = sum(one.observed for one in seen)
    entered = len(seen) - observed
    return Text(
        f"系统观察 {observed} 项，人工登记 {entered} 项。",
        f"{observed} observed by the service, {entered} entered by people.",
    )


def _control(measure: str, article: str) -> RecordsControl[SafeguardRecords]:
    name = _NAMES[measure]
    return RecordsControl(
        id=f"safeguard-{measure}-shown",
        duties=duties("pledge-10"),
        whole=frozenset(duties("pledge-10")),
        title=Text(f"{name.zh}：有注明日期的证据", f"{name.en}: shown by dated evidence"),
        looks_at=Text("登记的安全措施", "Safeguards declared"),
        fails_when=Text("登记或者观察到不符合", "It was seen or entered as not in order"),
        rests_on=duties(article, "pledge-10"),
        fix=Text("改正后登记新的证据。", "Mend it, and enter new evidence."),
        check=partial(is_shown, measure),
    )


CONTROLS: tuple[RecordsControl[SafeguardRecords], ...] = (
    *(_control(measure, article) for measure, article in REQUIRED.items()),
    RecordsControl(
        id="audits-by-changing-bodies",
        duties=duties("duty-14"),
        whole=frozenset(),
        title=Text("同一机构没有连续审计过多", "No body audits too often in a row"),
        looks_at=Text("由专业机构进行的审计", "Audits by professional bodies"),
        fails_when=Text(
            "同一机构或者同一负责人连续审计达到上限", "The same body or lead reached the limit"
        ),
        rests_on=duties("AUDIT-2025", "PIPL-54"),
        fix=Text("换一家机构，或者换负责人。", "Take another body, or another lead."),
        check=by_changing_bodies,
    ),
)
