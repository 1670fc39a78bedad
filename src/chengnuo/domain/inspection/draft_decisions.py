"""What a person has to decide before a draft is a register, in the order in which to do it.

A draft says only what the package, the policy and the catalogues tell. Everything else is a
decision: who is behind the app and what it is come first, for the rest depends on them.
"""

from dataclasses import dataclass
from enum import StrEnum
from typing import Generic, TypeVar

from chengnuo.base.text import Text
from chengnuo.domain.register.kinds import RowRef

R_co = TypeVar("R_co", covariant=True)


class Step(StrEnum):
    """A step on the way from a draft to a register, in order."""

    HANDLER = "handler"
    APP = "app"
    UNSEEN = "unseen"
    UNREAD = "unread"
    PURPOSE = "purpose"
    NECESSITY = "necessity"
    BASIS = "basis"
    RETENTION = "retention"
    RECIPIENTS = "recipients"
    PERMISSIONS = "permissions"
    WAYS = "ways"

    @property
    def text(self) -> Text:
        """What is decided in it."""
        return _STEP_TEXTS[self]


_STEP_TEXTS = {
    Step.HANDLER: Text("谁是处理者，怎样联系", "who the handler is and how to reach it"),
    Step.APP: Text("应用是什么，面向谁", "what the app is and whom it is for"),
    Step.UNSEEN: Text("代码看不到的处理活动", "what is done that code does not show"),
    Step.UNREAD: Text(
        "政策没有写的、读不出的处理活动", "what the policy does not say, or was not read to say"
    ),
    Step.PURPOSE: Text("每项活动的目的与场景", "purpose and scene of each activity"),
    Step.NECESSITY: Text(
        "哪些信息必需，拒绝会怎样", "which items are necessary, and what refusing means"
    ),
    Step.BASIS: Text("每项活动的法律依据", "legal basis of each activity"),
    Step.RETENTION: Text("保存多久、存在哪里", "how long it is kept, and where"),
    Step.RECIPIENTS: Text(
        "每个接收方的角色、协议与审查", "role, agreement and vetting of each recipient"
    ),
    Step.PERMISSIONS: Text("没有用处的权限", "permissions without a use"),
    Step.WAYS: Text(
        "规则、清单、权利与开关的入口", "the ways to rules, lists, rights and switches"
    ),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Decision:
    """One thing to decide about one row.

    Attributes:
        step: When it is to be decided.
        row: Row of the draft that it is about.
        field: Field of the row, or several with spaces between.
        said: What is to be decided, with what stands there for now.

    """

    step: Step
    row: RowRef
    field: str
    said: Text

    @property
    def text(self) -> Text:
        """The words with the fields before them."""
        fields = self.field.split()
        if not fields:
            return self.said
        return Text(
            f"{'、'.join(fields)}：{self.said.zh}",
            f"{', '.join(fields)}: {self.said.en or self.said.zh}",
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Drafted(Generic[R_co]):
    """One drafted row.

    Attributes:
        row: The row.
        sources: Where it comes from, for the people who edit it.
        decisions: What has to be decided about it.

    """

    row: R_co
    sources: tuple[Text, ...] = ()
    decisions: tuple[Decision, ...] = ()


def decide(ref: RowRef, *asked: tuple[Step, str, Text]) -> tuple[Decision, ...]:
    """Return decisions about one row, each given by step, fields and words."""
    return tuple(Decision(step=step, row=ref, field=at, said=said) for step, at, said in asked)
