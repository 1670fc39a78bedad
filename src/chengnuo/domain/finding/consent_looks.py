"""What the controls over the records of consent and of decisions look at, and what is wrong.

Limits that no article fixes are ours, and stand in the words of the control: stopping within 24
hours, telling and deleting within 15 days (191-6.3 gives 15 working days for a request). A no is
remembered for 48 hours (practice: GB/T 35273 appendix C), or for as long as the app declared
then, unless a record shows that the individual started the function.
"""

from collections.abc import Callable, Iterable

from chengnuo.base.text import Text
from chengnuo.domain.finding.consent_records import (
    GIVE,
    REFUSE,
    WITHDRAW,
    ActSeen,
    ConsentRecords,
    PermitSeen,
    Resting,
)
from chengnuo.domain.finding.live import Fault, Looked

_HOUR_US = 3_600_000_000
WAIT_US = 48 * _HOUR_US
STOP_WITHIN_US = 24 * _HOUR_US
SETTLE_WITHIN_US = 15 * 24 * _HOUR_US
STARTED_WITHIN_US = _HOUR_US
"""How long before a prompt a start of the function may lie."""
_QUEUED_US = _HOUR_US // 60


def notices(records: ConsentRecords) -> Looked:
    """Each yes or no names a notice that the register version of its record gives."""
    asked = [one for one in records.acts if one.act in {GIVE, REFUSE}]
    return _looked(
        asked,
        lambda one: one.notice_kept,
        Text(
            "记录的告知文本不是当时登记簿给出的",
            "the notice is not one that the register gave then",
        ),
    )


def forms(records: ConsentRecords) -> Looked:
    """Each yes was given in a form that is enough for its item."""
    given = [one for one in records.acts if one.act == GIVE]
    return _looked(
        given,
        lambda one: one.form_meets,
        Text("同意的形式不够，例如应当单独同意", "its form is not enough, as separate consent"),
    )


def renewed(records: ConsentRecords) -> Looked:
    """No use was permitted on a text that had changed."""
    return _of_permits(
        records.permits,
        lambda one: one.agreed and not one.accepted,
        Text(
            "所依据的同意是对旧文本作出的，没有重新询问",
            "it rested on consent to an earlier text that was not asked again",
        ),
    )


def consented(records: ConsentRecords) -> Looked:
    """Every permitted use names the consents that it needed."""
    return _of_permits(records.permits, lambda one: not one.agreed, _NO_CONSENT)


def marketing(records: ConsentRecords) -> Looked:
    """Sensitive information was used to sell only on separate consent."""
    permits = [one for one in records.permits if one.markets]
    return _of_permits(permits, lambda one: not one.agreed, _NO_CONSENT, must_rest=True)


def publication(records: ConsentRecords) -> Looked:
    """Information was made public only on separate consent."""
    permits = [one for one in records.permits if one.publishes]
    return _of_permits(permits, lambda one: not one.agreed, _NO_CONSENT, must_rest=True)


_NO_CONSENT = Text(
    "记录里没有它所需要的同意", "the record does not name the consent that it needed"
)


def followed(records: ConsentRecords) -> Looked:
    """What follows from a withdrawal was acknowledged in time."""
    faults: list[Fault] = []
    count = 0
    for one in records.follow_ups:
        limit = one.due + (STOP_WITHIN_US if one.stops else SETTLE_WITHIN_US)
        late = (records.until if one.done_at is None else one.done_at) > limit
        if one.done_at is None and not late:
            continue  # it still has time
        count += 1
        if late:
            what = "停止" if one.stops else "通知接收方或删除"
            faults.append(
                Fault(
                    position=one.withdrawal,
                    what=Text(
                        f"撤回之后，{what}没有在时限内确认",
                        "what follows from the withdrawal was not acknowledged in time",
                    ),
                )
            )
    return Looked(count=count, faults=tuple(faults))


def as_easy(records: ConsentRecords) -> Looked:
    """Withdrawing took no more steps than giving had."""
    given: dict[tuple[str, str], int] = {}
    faults: list[Fault] = []
    count = 0
    for one in records.acts:
        key = (one.who, one.item)
        if one.act == GIVE and not one.is_undo:
            given[key] = one.steps
        elif one.act == WITHDRAW and key in given:
            count += 1
            if one.steps > given[key]:
                faults.append(
                    Fault(
                        position=one.position,
                        what=Text(
                            f"撤回用了 {one.steps} 步，同意只用了 {given[key]} 步",
                            f"withdrawing took {one.steps} steps, giving {given[key]}",
                        ),
                    )
                )
    return Looked(count=count, faults=tuple(faults))


def remembered(records: ConsentRecords) -> Looked:
    """Nobody was asked again so soon after a no, unless they started the function."""
    prompts: dict[tuple[str, str], list[tuple[int, int]]] = {}
    for act in records.acts:
        if act.prompted:
            prompts.setdefault((act.who, act.item), []).append((act.position, act.at))
    for shown in records.notices:
        # A notice is queued and may be recorded a moment after the answer to it.
        told = (shown.position, shown.at - _QUEUED_US)
        prompts.setdefault((shown.who, shown.item), []).append(told)
    noes = [act for act in records.acts if act.act in {REFUSE, WITHDRAW}]
    again = {
        position
        for no in noes
        for position, at in prompts.get((no.who, no.item), ())
        if position > no.position
        and no.at <= at < _again_from(no)
        and not _started(records, no, at)
    }
    faults = tuple(Fault(position=position, what=_ASKED_AGAIN) for position in sorted(again))
    return Looked(count=len(noes), faults=faults)


_ASKED_AGAIN = Text(
    "拒绝后还没到期限又问了一次，记录里看不出是本人启动了功能",
    "asked again too soon after a no, and no record shows that they started the function",
)


def _again_from(no: ActSeen) -> int:
    return no.at + WAIT_US if no.again_from is None else no.again_from


def _started(records: ConsentRecords, no: ActSeen, at: int) -> bool:
    starts = records.starts.get((no.who, no.item.partition("/")[0]), ())
    return any(at - STARTED_WITHIN_US <= one <= at for one in starts)


def switches(records: ConsentRecords) -> Looked:
    """Nothing was permitted that the individual had turned off."""
    switched = [one for one in records.permits if one.switched_off is not None]
    faults = [
        Fault(
            position=one.position,
            what=Text("开关已经关闭，仍然允许了", "the switch was off, and it was permitted"),
        )
        for one in switched
        if one.switched_off
    ]
    return Looked(count=len(switched), faults=tuple(faults))


def _looked(
    acts: Iterable[ActSeen], judged: Callable[[ActSeen], bool | None], what: Text
) -> Looked:
    found = [(one, judged(one)) for one in acts]
    return Looked(
        count=sum(said is not None for _, said in found),
        faults=tuple(
            Fault(position=one.position, what=what) for one, said in found if said is False
        ),
        blind=sum(said is None for _, said in found),
    )


def _of_permits(
    permits: Iterable[PermitSeen],
    wrong: Callable[[Resting], bool],
    what: Text,
    *,
    must_rest: bool = False,
) -> Looked:
    count = blind = 0
    faults: list[Fault] = []
    for one in permits:
        if one.rests_on is None:
            blind += 1
            continue
        if not one.rests_on and not must_rest:
            continue
        count += 1
        if not one.rests_on or any(wrong(each) for each in one.rests_on):
            faults.append(Fault(position=one.position, what=what))
    return Looked(count=count, faults=tuple(faults), blind=blind)
