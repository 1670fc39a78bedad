"""The statement that sifts people, made for the conditions of one request.

Which act stands is the fold of `domain/consent/fold.py` said in another way, without an order of
going through events: an act stands unless a newer act on the same item was done under a name that
was known, by then, to be the same individual's; of all that stand, the strictest counts, then the
newest. Names are followed through merges; `link.since` is the instant at which two names were
known to be one individual's, by the way on which that came earliest.
"""

from typing import Any

from sqlalchemy import (
    ColumnElement,
    Select,
    and_,
    bindparam,
    case,
    func,
    literal,
    not_,
    null,
    or_,
    select,
    tuple_,
    union_all,
)
from sqlalchemy.sql.selectable import CTE
from sqlalchemy.types import BigInteger, Boolean

from chengnuo.adapters.sql.schema import (
    CONSENT_ACT,
    CONSENT_MERGE,
    CONSENT_PERSON,
    CONSENT_SETTING,
    INDIVIDUAL,
)
from chengnuo.adapters.sql.sifting_facts import Facts, Truth, any_of, most, settings_of
from chengnuo.adapters.sql.spoken import Greater, listed
from chengnuo.domain.consent.event import Act
from chengnuo.domain.decision.conditions import (
    Conditions,
    Wanted,
)
from chengnuo.domain.decision.decision import Outcome
from chengnuo.domain.individual.standing import AccountState
from chengnuo.law.age import AgeBand

BITS = 50
"""Conditions in one column of the answer."""
_NO = Act.REFUSE.strictness
_AT = bindparam("at", type_=BigInteger)


def sifting(conditions: Conditions, *, age: AgeBand, account: AccountState) -> Select[Any]:
    """Return the statement; its parameters are `people` (a JSON array) and `at`.

    Its rows follow the people: the outcome, or null for who is not settled here, and the bits of
    the conditions that hold.
    """
    people = listed("people")
    asked = select(people.c.key.label("n"), people.c.value.label("person")).cte("asked")
    named = _named(asked)
    stands = _stands(named, conditions)
    who = _who(named)
    odd = _odd(named)
    facts = Facts(conditions, stands, who, age=age, account=account)
    holding = [facts.holds(condition) for condition in conditions.some]
    settled = case(
        (asked.c.n.in_(select(odd.c.n)), null()),
        (any_of(facts.refusing(holding)), literal(Outcome.REFUSE.value)),
        (any_of(holding), literal(Outcome.ASK.value)),
        else_=literal(Outcome.PERMIT.value),
    )
    return (
        select(settled, *_masks(holding))
        .select_from(
            asked.outerjoin(stands, stands.c.n == asked.c.n).outerjoin(who, who.c.n == asked.c.n)
        )
        .order_by(asked.c.n)
    )


def _named(asked: CTE) -> CTE:
    """Return every name of each person asked about, found through merges whenever they were."""
    named = select(asked.c.n, asked.c.person.label("name")).cte("named", recursive=True)
    merge = CONSENT_MERGE
    return named.union(
        select(named.c.n, _other_end(named.c.name))
        .select_from(
            named.join(merge, or_(merge.c.one == named.c.name, merge.c.other == named.c.name))
        )
        .where(merge.c.one != "", merge.c.other != "")
    )


def _links(named: CTE) -> CTE:
    """Return since when each two names of one individual were known to be that."""
    way = (
        select(
            named.c.name.label("a"), named.c.name.label("b"), literal(-1, BigInteger).label("since")
        )
        .distinct()
        .cte("way", recursive=True)
    )
    merge = CONSENT_MERGE
    way = way.union(
        select(way.c.a, _other_end(way.c.b), Greater(way.c.since, merge.c.at))
        .select_from(way.join(merge, or_(merge.c.one == way.c.b, merge.c.other == way.c.b)))
        .where(merge.c.one != "", merge.c.other != "")
    )
    return (
        select(way.c.a, way.c.b, func.min(way.c.since).label("since"))
        .group_by(way.c.a, way.c.b)
        .cte("link")
    )


def _other_end(name: ColumnElement[str]) -> ColumnElement[str]:
    merge = CONSENT_MERGE
    return case((merge.c.one == name, merge.c.other), else_=merge.c.one)


def _acts(named: CTE, conditions: Conditions) -> CTE:
    """Return the acts and settings that matter, under every name."""
    act, setting = CONSENT_ACT, CONSENT_SETTING
    of_items = (
        select(
            named.c.n,
            named.c.name,
            act.c.item.label("what"),
            act.c.at,
            act.c.position,
            case({one.value: one.strictness for one in Act}, value=act.c.act).label("strictness"),
            act.c.by_guardian,
            _usable(conditions.wanted).label("usable"),
        )
        .join(act, act.c.person == named.c.name)
        .where(act.c.item.in_([one.item for one in conditions.wanted]), act.c.at <= _AT)
    )
    of_settings = (
        select(
            named.c.n,
            named.c.name,
            setting.c.what,
            setting.c.at,
            setting.c.position,
            case((setting.c.allows, 0), else_=_NO).label("strictness"),
            literal(value=False, type_=Boolean),
            literal(value=True, type_=Boolean),
        )
        .join(setting, setting.c.person == named.c.name)
        .where(setting.c.what.in_(settings_of(conditions)), setting.c.at <= _AT)
    )
    return union_all(of_items, of_settings).cte("act")


def _usable(wanted: tuple[Wanted, ...]) -> Truth:
    """Tell whether an act would be a consent that counts, whoever gave it."""
    act = CONSENT_ACT
    fits = [
        and_(
            act.c.item == one.item,
            act.c.fingerprint.in_(sorted(one.fingerprints)),
            act.c.form.in_(sorted(one.forms)),
        )
        for one in wanted
    ]
    lasts = or_(act.c.until.is_(None), act.c.until > _AT)
    return and_(act.c.act == Act.GIVE.value, lasts, any_of(fits))


def _stands(named: CTE, conditions: Conditions) -> CTE:
    """Return one row for each person: for each item and setting, what stands."""
    link, act = _links(named), _acts(named, conditions)
    later = act.alias("later")
    newer = tuple_(later.c.at, later.c.strictness, later.c.position) > tuple_(
        act.c.at, act.c.strictness, act.c.position
    )
    overtaken = (
        select(literal(1))
        .select_from(later.join(link, and_(link.c.a == act.c.name, link.c.b == later.c.name)))
        .where(
            later.c.n == act.c.n,
            later.c.what == act.c.what,
            newer,
            link.c.since < later.c.at,
        )
        .correlate(act)
        .exists()
    )
    order = (act.c.strictness.desc(), act.c.at.desc(), act.c.position.desc())
    ranked = (
        select(
            act,
            func.row_number().over(partition_by=(act.c.n, act.c.what), order_by=order).label("nth"),
        )
        .where(not_(overtaken))
        .cte("ranked")
    )
    columns = [ranked.c.n]
    for number, one in enumerate(conditions.wanted):
        of_it = and_(ranked.c.nth == 1, ranked.c.what == one.item)
        columns += [
            most(and_(of_it, ranked.c.usable, not_(ranked.c.by_guardian))).label(f"own{number}"),
            most(and_(of_it, ranked.c.usable, ranked.c.by_guardian)).label(f"ward{number}"),
            most(and_(of_it, ranked.c.strictness == _NO)).label(f"no{number}"),
        ]
    for number, what in enumerate(settings_of(conditions)):
        of_it = and_(ranked.c.nth == 1, ranked.c.what == what)
        columns += [
            most(and_(of_it, ranked.c.strictness == 0)).label(f"on{number}"),
            most(and_(of_it, ranked.c.strictness == _NO)).label(f"off{number}"),
        ]
    return select(*columns).group_by(ranked.c.n).cte("stands")


def _who(named: CTE) -> CTE:
    """Return what is known of each person from elsewhere, under all names together."""
    one = INDIVIDUAL
    return (
        select(
            named.c.n,
            func.max(one.c.birth_date).label("born"),
            most(one.c.account == AccountState.ACTIVE.value).label("active"),
            most(one.c.account == AccountState.CANCELLED.value).label("cancelled"),
        )
        .join(one, one.c.person == named.c.name)
        .group_by(named.c.n)
        .cte("who")
    )


def _odd(named: CTE) -> CTE:
    """Return whoever a deletion was recorded about, or whose other name is forgotten."""
    person, merge = CONSENT_PERSON, CONSENT_MERGE
    deleted = (
        select(named.c.n).join(person, person.c.person == named.c.name).where(person.c.deletion)
    )
    forgotten = select(named.c.n).join(
        merge,
        or_(
            and_(merge.c.one == named.c.name, merge.c.other == ""),
            and_(merge.c.other == named.c.name, merge.c.one == ""),
        ),
    )
    return union_all(deleted, forgotten).cte("odd")


def _masks(holding: list[Truth]) -> list[ColumnElement[int]]:
    return [
        sum(
            (case((holds, 1 << bit), else_=0) for bit, holds in enumerate(holding[start:][:BITS])),
            start=literal(0),
        )
        for start in range(0, len(holding), BITS)
    ]
