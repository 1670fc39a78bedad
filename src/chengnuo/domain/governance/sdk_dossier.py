"""What dossiers say of SDKs, as the gate asks for it, and how they rest on the inspected kits.

An approval in a dossier is of the version that its questions were answered for, and rests on one
inspected kit of the console: no approval without one, none against what was decided there.
"""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date, timedelta

from chengnuo.base.text import Text
from chengnuo.domain.dossier.dossier import Act, Dossier
from chengnuo.domain.dossier.fields import Value
from chengnuo.domain.dossier.sorts.sdk_vetting import (
    ANEW,
    APPROVE,
    ASK,
    CONDITIONS,
    INSPECT,
    KIT,
    REFUSE,
    UNTIL,
    WITHDRAW,
    version_of,
)
from chengnuo.domain.finding.declared_sdks import DeclaredSdks
from chengnuo.domain.governance.gate import LEAST_REASON, GateVerdict
from chengnuo.domain.governance.kit_vetting import MOST_DAYS, KitAsk, KitVetting
from chengnuo.domain.governance.vetting import KitDecision, VettedKit
from chengnuo.domain.observation.sdk_catalogue import SdkCatalogue
from chengnuo.domain.register.ids import RecipientId
from chengnuo.domain.register.model import Register
from chengnuo.law.civil import civil_date

_DECIDED = {
    APPROVE: KitDecision.APPROVED,
    REFUSE: KitDecision.REFUSED,
    WITHDRAW: KitDecision.WITHDRAWN,
}


def decided_in(
    dossiers: Iterable[Dossier], register: Register, catalogue: SdkCatalogue
) -> Iterator[VettedKit]:
    """Yield what was decided about SDKs in dossiers, of recipients that the register has."""
    known = DeclaredSdks(recipients=register.recipients, catalogue=catalogue)
    for dossier in dossiers:
        row = register.recipient_by_id.get(RecipientId(str(dossier.value("recipient") or "")))
        if row is not None:
            yield from _decided(dossier, row.recipient, known.ids(row))


def _decided(dossier: Dossier, recipient: RecipientId, sdks: frozenset[str]) -> Iterator[VettedKit]:
    version = ""
    for act in dossier.acts:
        if act.what in {ASK, ANEW}:
            version = version_of(act)
        if act.what in _DECIDED:
            on = civil_date(act.at)
            yield VettedKit(
                recipient=recipient,
                sdks=sdks,
                version=version,
                decision=_DECIDED[act.what],
                on=on,
                expires=_day(act) or on,
            )


def _day(act: Act) -> date | None:
    said = act.fields.get(UNTIL)
    return date.fromisoformat(said) if isinstance(said, str) else None


def why_not_this_kit(dossier: Dossier, kit: KitVetting | None) -> Text | None:
    """Say why an inspected kit is none for a dossier, or None."""
    if kit is None or kit.asks is not KitAsk.APPROVAL:
        return Text("没有这个编号的检测。", "there is no inspection of this number.")
    if kit.result is None:
        return Text("这次检测还没有结果。", "this inspection has no result yet.")
    if kit.result.recipient != dossier.value("recipient"):
        return Text(
            "这次检测是另一接收方的 SDK。", "this inspection is of another recipient's SDK."
        )
    started = dossier.last(ASK, ANEW)
    wanted = "" if started is None else version_of(started)
    if wanted and kit.result.version and wanted != kit.result.version:
        return Text(
            f"这次检测的是 {kit.result.version} 版，不是 {wanted}。",
            f"this inspection is of version {kit.result.version}, not {wanted}.",
        )
    return None


def why_not_approved(
    dossier: Dossier, fields: Mapping[str, Value], kit: KitVetting | None, today: date
) -> Text | None:
    """Say why an SDK cannot be approved as it is asked, or None."""
    wrong = why_not_this_kit(dossier, kit)
    if wrong is not None or kit is None or kit.result is None:
        return wrong
    until = date.fromisoformat(str(fields[UNTIL]))
    if not today <= until <= today + timedelta(days=MOST_DAYS):
        return Text(
            f"批准的最后一天应在今天到 {MOST_DAYS} 天之内。",
            f"the last day lies between today and {MOST_DAYS} days ahead.",
        )
    if kit.decision not in {None, KitDecision.APPROVED}:
        return Text("检测的决定是不批准。", "the inspected kit was refused.")
    if kit.result.critical:
        return Text(
            "检测有严重问题，不能批准。", "a critical finding is open; it cannot be approved."
        )
    conditions = str(fields.get(CONDITIONS, ""))
    if kit.result.verdict is not GateVerdict.PASSES and len(conditions) < LEAST_REASON:
        return Text(
            f"检测没有通过，批准须写明条件（至少 {LEAST_REASON} 字）。",
            f"it does not pass; conditions of at least {LEAST_REASON} characters are needed.",
        )
    return None


def kit_of(dossier: Dossier, fields: Mapping[str, Value]) -> str:
    """Return the number of the inspection that an act names, or that was named last."""
    named = dossier.last(INSPECT)
    found = fields.get(KIT) or (None if named is None else named.fields.get(KIT))
    return found if isinstance(found, str) else ""
