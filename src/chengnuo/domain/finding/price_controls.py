"""The controls over recorded audits and probes: prices are fair, off-switches switch off.

Absence has to be proved, and newly: what is older than `AUDIT_DAYS` or `PROBE_DAYS` is stale, what
is undecided shows nothing, and a difference found fails until a newer statement of the same audit
or probe shows that it is gone (PIPL Art. 24; 算法推荐管理规定 17, 21; 消费者权益保护法实施条例 9).
"""

from collections.abc import Callable, Iterable
from typing import Final, TypeVar

from chengnuo.base.text import Text
from chengnuo.domain.finding.live import Fault, LiveOutcome, Looked, RecordsControl
from chengnuo.domain.finding.price_records import AuditSeen, PriceRecords, ProbeSeen, Shown
from chengnuo.domain.finding.rule import duties as ids_of_duties

AUDIT_DAYS: Final = 90
"""For how many days an audit of prices is evidence."""
PROBE_DAYS: Final = 30
"""For how many days a probe is evidence."""
_Seen = TypeVar("_Seen", AuditSeen, ProbeSeen)


def prices_audited(records: PriceRecords) -> Looked:
    """The newest audit of each specification proves that prices do not depend on the person."""
    if not records.priced and not records.audits:
        return Looked(count=0, ends=LiveOutcome.NOT_APPLICABLE, said=_NO_PRICES)
    newest = _newest(records.audits, lambda one: one.declares)
    return _looked(newest, AUDIT_DAYS, _FOUND_BY_AUDIT, missing=())


def prices_probed(records: PriceRecords) -> Looked:
    """The newest probe of each name shows that twins pay the same."""
    seen = [one for one in records.probes if not one.of_switch and not one.of_list]
    if not records.priced and not seen:
        return Looked(count=0, ends=LiveOutcome.NOT_APPLICABLE, said=_NO_PRICES)
    return _looked(_newest(seen, lambda one: one.name), PROBE_DAYS, _FOUND_BY_PROBE, missing=())


def lists_off(records: PriceRecords) -> Looked:
    """With the switch off, ranked lists do not depend on the profile, in every activity."""
    return _off(records, records.ranked_by_switch, of_list=True)


def prices_off(records: PriceRecords) -> Looked:
    """With the switch off, prices and terms do not depend on the profile, in every activity."""
    return _off(records, records.priced_by_switch, of_list=False)


def statements_whole(records: PriceRecords) -> Looked:
    """Every recorded statement is kept, and is what was recorded."""
    return Looked(
        count=len(records.audits) + len(records.probes) + len(records.unkept),
        faults=tuple(Fault(position=one, what=_UNKEPT) for one in records.unkept),
    )


def _off(records: PriceRecords, switched: frozenset[str], *, of_list: bool) -> Looked:
    seen = [one for one in records.probes if one.of_switch and one.of_list is of_list]
    if not switched and not seen:
        return Looked(count=0, ends=LiveOutcome.NOT_APPLICABLE, said=_NO_SWITCH)
    newest = _newest(seen, lambda one: f"{one.activity} {one.name}")
    fresh = {one.activity for one in newest if one.days <= PROBE_DAYS}
    missing = tuple(sorted(switched - fresh)) if newest else ()
    looked = _looked(newest, PROBE_DAYS, _OFF_WITHOUT_EFFECT, missing=missing)
    if looked.ends is None and not looked.faults:
        mute = [one for one in newest if one.days <= PROBE_DAYS and not one.differs_on]
        if mute:
            return Looked(count=len(newest), ends=LiveOutcome.NOT_SHOWN, said=_mute(mute))
    return looked


def _newest(seen: Iterable[_Seen], key: Callable[[_Seen], str]) -> tuple[_Seen, ...]:
    """Return the newest of each key; the newest stands first in what is given.

    What is undecided does not take the place of a difference that was found before.
    """
    newest: dict[str, _Seen] = {}
    decided: dict[str, _Seen] = {}
    for one in seen:
        newest.setdefault(key(one), one)
        if one.shown is not Shown.UNDECIDED:
            decided.setdefault(key(one), one)
    found = {name: one for name, one in decided.items() if one.shown is Shown.FOUND}
    return tuple((newest | found).values())


def _looked(
    newest: tuple[AuditSeen, ...] | tuple[ProbeSeen, ...],
    days: int,
    found: Text,
    *,
    missing: tuple[str, ...],
) -> Looked:
    """Judge the newest statement of each: found, then undecided, then old, then missing.

    What a probe found never grows old. What an audit found does where a newer one is there, since
    an audit whose declared factors were mended is another audit.
    """
    fresh = [one for one in newest if one.days <= days]
    found_by = [one for one in newest if isinstance(one, ProbeSeen) or one in fresh or not fresh]
    faults = tuple(
        Fault(
            position=one.position,
            what=found,
            activity=one.activity if isinstance(one, ProbeSeen) else "",
        )
        for one in found_by
        if one.shown is Shown.FOUND
    )
    if not newest:
        return Looked(count=0)
    if faults:
        return Looked(count=len(newest), faults=faults, said=_proof(newest))
    undecided = [one for one in fresh if one.shown is Shown.UNDECIDED]
    if undecided:
        return Looked(count=len(newest), ends=LiveOutcome.NOT_SHOWN, said=_undecided(undecided))
    if not fresh:
        return Looked(count=len(newest), ends=LiveOutcome.STALE, said=_stale(newest, days))
    if missing:
        return Looked(count=len(newest), ends=LiveOutcome.NOT_SHOWN, said=_missing(missing))
    return Looked(count=len(newest), said=_proof(fresh))


def _proof(seen: Iterable[AuditSeen | ProbeSeen]) -> Text:
    """Name the records that it rests on."""
    positions = sorted((one.position for one in seen), reverse=True)
    listed = "、".join(map(str, positions))
    return Text(
        f"依据存证记录 {listed}。", f"By records {', '.join(map(str, positions))} of the log."
    )


def _undecided(seen: Iterable[AuditSeen | ProbeSeen]) -> Text:
    proof = _proof(seen)
    return Text(
        f"结论是尚不能判断，或者证明缺项，不算证据。{proof.zh}",
        f"Undecided, or the proof lacks a leg; that is no evidence. {proof.en}",
    )


def _stale(newest: tuple[AuditSeen, ...] | tuple[ProbeSeen, ...], days: int) -> Text:
    least = min(one.days for one in newest)
    proof = _proof(newest)
    return Text(
        f"最近一次在 {least} 天前，超过 {days} 天。{proof.zh}",
        f"The last one was {least} days ago, over {days}. {proof.en}",
    )


def _missing(activities: tuple[str, ...]) -> Text:
    listed = "、".join(f"`{one}`" for one in activities)
    names = ", ".join(f"`{one}`" for one in activities)
    return Text(
        f"{PROBE_DAYS} 天内没有探测：{listed}。", f"Not probed within {PROBE_DAYS} days: {names}."
    )


def _mute(seen: Iterable[ProbeSeen]) -> Text:
    proof = _proof(seen)
    return Text(
        f"打开时也没有测出差别，说明不了开关有用。{proof.zh}",
        f"No difference was seen with the switch on either, which says little. {proof.en}",
    )


_NO_PRICES = Text(
    "登记簿中没有自动影响价格或交易条件的活动。",
    "No activity of the register sets prices or terms automatically.",
)
_NO_SWITCH = Text(
    "登记簿中没有这一类可以关闭个性化的活动。",
    "No activity of this sort in the register has an off-switch.",
)
_FOUND_BY_AUDIT = Text("审计发现价格因人而异", "an audit found that prices depend on the person")
_FOUND_BY_PROBE = Text("探测发现同等条件待遇不同", "a probe found that twins are treated apart")
_OFF_WITHOUT_EFFECT = Text(
    "探测发现关闭个性化后仍因人而异", "a probe found that answers still depend on the profile"
)
_UNKEPT = Text(
    "记录了声明，留存的内容却没有或者不一致",
    "a statement was recorded, and what is kept is missing or another",
)
_PRICE_FIX = Text(
    "查明定价用了什么个人信息并停用；有公开规则的在审计中声明；改好后重新审计或者探测。",
    "Find which personal information prices rest on and stop using it; declare published rules in"
    " the audit; then audit or probe again.",
)
_SWITCH_FIX = Text(
    "让关闭对整条链路生效，包括缓存和下游排序，然后重新探测。",
    "Make the switch reach the whole way, caches and later ranking included; probe again.",
)

CONTROLS: tuple[RecordsControl[PriceRecords], ...] = (
    RecordsControl(
        id="prices-audited",
        duties=ids_of_duties("duty-8", "pledge-3"),
        whole=frozenset(ids_of_duties("duty-8", "pledge-3")),
        title=Text("价格审计证明没有因人而异", "An audit proves that prices are fair"),
        looks_at=Text("每种审计最近的一次", "The newest audit of each specification"),
        fails_when=Text("审计发现差别", "An audit found a difference"),
        rests_on=ids_of_duties("PIPL-24.1", "CPR-9", "ALG-21"),
        fix=_PRICE_FIX,
        days=AUDIT_DAYS,
        check=prices_audited,
    ),
    RecordsControl(
        id="prices-probed",
        duties=ids_of_duties("duty-8", "pledge-3"),
        whole=frozenset(),
        title=Text("探测证明同等条件同等价格", "Probes show that twins pay the same"),
        looks_at=Text("每项探测最近的一次", "The newest run of each probe"),
        fails_when=Text("探测发现差别", "A probe found a difference"),
        rests_on=ids_of_duties("PIPL-24.1", "CPR-9", "ALG-21"),
        fix=_PRICE_FIX,
        check=prices_probed,
    ),
    RecordsControl(
        id="lists-plain-when-off",
        duties=ids_of_duties("duty-9", "pledge-4"),
        whole=frozenset(ids_of_duties("duty-9")),
        title=Text("关闭后列表不因人而异", "With the switch off, lists are the same for all"),
        looks_at=Text("每项关闭探测最近的一次", "The newest run of each probe of a switch"),
        fails_when=Text("关闭后列表仍因人而异", "Lists still depend on the profile"),
        rests_on=ids_of_duties("PIPL-24.2", "191-3.6", "ALG-17"),
        fix=_SWITCH_FIX,
        check=lists_off,
    ),
    RecordsControl(
        id="prices-plain-when-off",
        duties=ids_of_duties("duty-8", "pledge-3", "duty-9", "pledge-4"),
        whole=frozenset(),
        title=Text("关闭后价格不因人而异", "With the switch off, prices are the same for all"),
        looks_at=Text("每项关闭探测最近的一次", "The newest run of each probe of a switch"),
        fails_when=Text("关闭后价格仍因人而异", "Prices still depend on the profile"),
        rests_on=ids_of_duties("PIPL-24", "ALG-17", "ALG-21"),
        fix=_SWITCH_FIX,
        check=prices_off,
    ),
    RecordsControl(
        id="price-statements-whole",
        duties=ids_of_duties("duty-8", "pledge-3", "duty-9"),
        whole=frozenset(),
        title=Text("审计和探测的声明完整留存", "Statements of audits and probes are kept whole"),
        looks_at=Text("留存的声明", "Statements kept"),
        fails_when=Text("声明缺失或者被改动", "One is missing or was altered"),
        rests_on=ids_of_duties("PIPL-24", "PIPL-69"),
        fix=Text(
            "从备份恢复数据文件夹的 `statements`；恢复不了的，重新审计或者探测。",
            "Bring `statements` of the data folder back from a copy, or audit or probe again.",
        ),
        days=AUDIT_DAYS,
        check=statements_whole,
    ),
)
