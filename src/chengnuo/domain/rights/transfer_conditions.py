"""Whether information may be moved to another handler, condition by condition.

PIPL Art. 45 para. 3 gives the right; the conditions are those of Network Data Security Regulation
Art. 25 (摘要): the real identity of who asks can be verified; it is information that they agreed to
give or that was collected under a contract; moving it is technically feasible; it harms no lawful
right of others. Where requests are clearly beyond what is reasonable, the cost may be charged.

Pure: the facts are given.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from chengnuo.base.text import Text
from chengnuo.domain.disclosure.saying import fill
from chengnuo.domain.rights.explaining import Explanation
from chengnuo.law.legal_basis import LegalBasis

DUTIES = ("PIPL-45", "NDSR-25")
FREE_A_YEAR = 4
"""Moves in a year that are free in any case; the law names no number, this is ours."""
_MOVABLE = frozenset({LegalBasis.CONSENT, LegalBasis.CONTRACT})


class Condition(StrEnum):
    """One condition of Art. 25."""

    IDENTITY = "identity"
    BASIS = "basis"
    FEASIBLE = "feasible"
    OTHERS = "others"
    FEE = "fee"


@dataclass(frozen=True, slots=True, kw_only=True)
class TransferFacts:
    """What the conditions are judged by.

    Attributes:
        proved: Whether the individual has proved who they are, for this request.
        columns: All columns that were asked for.
        formats: Formats in which we can give it.
        accepted: Formats that the receiver takes.
        bytes: How much it is, about.
        most_bytes: How much the receiver takes.
        others_withheld: Whether what is somebody else's is left out.
        before: How many moves there were in the last twelve months.
        fee_agreed: Whether a fee was agreed with the individual.

    """

    proved: bool
    columns: tuple[Explanation, ...]
    formats: frozenset[str]
    accepted: frozenset[str]
    bytes: int
    most_bytes: int
    others_withheld: bool
    before: int
    fee_agreed: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class ConditionJudged:
    """Whether one condition is met.

    Attributes:
        condition: Which.
        met: Whether it is.
        why: Why, in words that the individual reads.

    """

    condition: Condition
    met: bool
    why: Text


def is_movable(column: Explanation) -> bool:
    """Tell whether a column may be moved: the individual's own, on consent or a contract."""
    return (
        column.exported and not column.others and any(use.basis in _MOVABLE for use in column.uses)
    )


def judged(facts: TransferFacts) -> tuple[ConditionJudged, ...]:
    """Return every condition with whether it is met and why, in the order of the article."""
    movable = sum(is_movable(column) for column in facts.columns)
    return (
        _one(
            Condition.IDENTITY,
            facts.proved,
            Text("您的身份已经核实", "your identity is verified"),
            Text("还需要核实您的身份", "your identity still has to be verified"),
        ),
        _one(
            Condition.BASIS,
            movable > 0,
            fill(
                "{n} 项信息基于您的同意或者与您的合同收集，可以转移；其余 {rest} 项不在转移之列",
                "{n} items rest on your consent or a contract with you and can be moved; the other"
                " {rest} cannot",
                n=movable,
                rest=len(facts.columns) - movable,
            ),
            Text(
                "所请求的信息都不是基于同意或者合同收集的",
                "nothing that is asked for rests on consent or a contract",
            ),
        ),
        _feasible(facts),
        _one(
            Condition.OTHERS,
            facts.others_withheld,
            Text("属于他人的信息已经剔除", "what is somebody else's is left out"),
            Text("其中含有他人的信息", "it holds information of somebody else"),
        ),
        _one(
            Condition.FEE,
            facts.before < FREE_A_YEAR or facts.fee_agreed,
            Text("本次转移不收费", "this move costs nothing")
            if not facts.fee_agreed
            else Text("已就必要费用达成一致", "the necessary cost was agreed"),
            fill(
                "一年内已转移 {n} 次，超出合理范围，须先就必要费用达成一致",
                "there were {n} moves within a year, beyond what is reasonable; the necessary cost"
                " has to be agreed first",
                n=facts.before,
            ),
        ),
    )


def all_met(conditions: Iterable[ConditionJudged]) -> bool:
    """Tell whether every condition is met."""
    return all(one.met for one in conditions)


def _feasible(facts: TransferFacts) -> ConditionJudged:
    if not facts.formats & facts.accepted:
        why = Text("对方不接受我们能够提供的格式", "the receiver takes no format that we can give")
        return ConditionJudged(condition=Condition.FEASIBLE, met=False, why=why)
    return _one(
        Condition.FEASIBLE,
        facts.bytes <= facts.most_bytes,
        Text("对方接受所提供的格式和大小", "the receiver takes format and size"),
        Text("数据超出对方接受的大小", "it is more than the receiver takes"),
    )


def _one(condition: Condition, met: bool, yes: Text, no: Text) -> ConditionJudged:  # noqa: FBT001  the answer itself
    return ConditionJudged(condition=condition, met=met, why=yes if met else no)
