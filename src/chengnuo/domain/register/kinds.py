"""The kinds of row that a register has, in one table: file keys, folder, type, id."""

from dataclasses import dataclass

from chengnuo.base.text import Text
from chengnuo.domain.register.activity import ProcessingActivity
from chengnuo.domain.register.app import App, Service
from chengnuo.domain.register.decision_model import DecisionModel
from chengnuo.domain.register.governance import ImpactAssessment, OwnNotice, Switch
from chengnuo.domain.register.handler import Handler
from chengnuo.domain.register.ids import (
    ActivityId,
    AgreementId,
    AppId,
    AssessmentId,
    HandlerId,
    ModelId,
    NoticeId,
    RecipientId,
    SdkWaiverId,
    ServiceId,
    StoreId,
    SwitchId,
)
from chengnuo.domain.register.model import Register
from chengnuo.domain.register.recipient import Agreement, Recipient, SdkWaiver
from chengnuo.domain.register.store import Store


@dataclass(frozen=True, slots=True, kw_only=True)
class Kind:
    """A kind of row.

    Attributes:
        name: Key that names the kind and holds the id, as `activity: nearby-stores`.
        plural: Key of a list of such rows, folder of single files, and field of `Register`.
        title: What people call it.
        model: Type of the row.
        id_type: Type of its id.

    """

    name: str
    plural: str
    title: Text
    model: type
    id_type: type


HANDLER = Kind(
    name="handler",
    plural="handler",
    title=Text("个人信息处理者", "Handler"),
    model=Handler,
    id_type=HandlerId,
)

KINDS: tuple[Kind, ...] = (
    HANDLER,
    Kind(name="app", plural="apps", title=Text("应用", "App"), model=App, id_type=AppId),
    Kind(
        name="service",
        plural="services",
        title=Text("服务", "Service"),
        model=Service,
        id_type=ServiceId,
    ),
    Kind(
        name="activity",
        plural="activities",
        title=Text("处理活动", "Processing activity"),
        model=ProcessingActivity,
        id_type=ActivityId,
    ),
    Kind(
        name="recipient",
        plural="recipients",
        title=Text("接收方", "Recipient"),
        model=Recipient,
        id_type=RecipientId,
    ),
    Kind(
        name="store",
        plural="stores",
        title=Text("存储", "Store"),
        model=Store,
        id_type=StoreId,
    ),
    Kind(
        name="agreement",
        plural="agreements",
        title=Text("协议", "Agreement"),
        model=Agreement,
        id_type=AgreementId,
    ),
    Kind(
        name="assessment",
        plural="assessments",
        title=Text("影响评估", "Impact assessment"),
        model=ImpactAssessment,
        id_type=AssessmentId,
    ),
    Kind(
        name="switch",
        plural="switches",
        title=Text("开关", "Switch"),
        model=Switch,
        id_type=SwitchId,
    ),
    Kind(
        name="model",
        plural="models",
        title=Text("模型或者决策规则", "Model or decision rule"),
        model=DecisionModel,
        id_type=ModelId,
    ),
    Kind(
        name="notice",
        plural="notices",
        title=Text("自撰段落", "Own paragraph"),
        model=OwnNotice,
        id_type=NoticeId,
    ),
    Kind(
        name="sdk_waiver",
        plural="sdk_waivers",
        title=Text("SDK 豁免", "SDK waiver"),
        model=SdkWaiver,
        id_type=SdkWaiverId,
    ),
)

KIND_BY_NAME = {kind.name: kind for kind in KINDS}
KIND_BY_PLURAL = {kind.plural: kind for kind in KINDS}
LISTS = tuple(kind for kind in KINDS if kind is not HANDLER)


@dataclass(frozen=True, slots=True, order=True)
class RowRef:
    """One row of a register, as `activity nearby-stores`."""

    kind: str
    id: str

    def __str__(self) -> str:
        return f"{self.kind} {self.id}"

    @property
    def field_prefix(self) -> str:
        """What paths of the row's fields begin with, as kept by a reading."""
        return f"{self} · "


def rows(register: Register) -> dict[RowRef, object]:
    """Return every row of a register by its reference."""
    found: dict[RowRef, object] = {RowRef(HANDLER.name, register.handler.handler): register.handler}
    for kind in LISTS:
        for row in getattr(register, kind.plural):
            found[RowRef(kind.name, getattr(row, kind.name))] = row
    return found
