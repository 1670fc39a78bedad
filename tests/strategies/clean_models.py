"""The models and decision rules of the clean register."""

from datetime import date

from chengnuo.base.text import Text
from chengnuo.domain.register.decision_model import (
    DecisionModel,
    ModelInput,
    ModelKind,
    ModelOutcome,
    ModelVersion,
)
from chengnuo.domain.register.ids import ActivityId, AssessmentId, ModelId
from chengnuo.law.ids import CategoryId


def _model(name: str, zh: str, en: str, activity: str, *inputs: ModelInput) -> DecisionModel:
    return DecisionModel(
        model=ModelId(name),
        name=Text(zh, en),
        kind=ModelKind.RULES,
        team=Text("数据组", "Data team"),
        versions=(ModelVersion(version="1", from_=date(2026, 1, 1)),),
        activities=(ActivityId(activity),),
        inputs=inputs,
        outcomes=(
            ModelOutcome(outcome="chosen", name=Text("选中", "Chosen")),
            ModelOutcome(outcome="left-out", name=Text("未选中", "Left out")),
        ),
        alone=True,
        major_effect=activity == "pay-later",
        explanation=Text("比对后计分", "Things are compared and scored"),
        human_review=Text("三个工作日内人工复核", "A person reviews it in three working days"),
        objection=Text("我 → 隐私中心", "Me → Privacy centre"),
        assessment=AssessmentId("assessed"),
    )


def _input(name: str, zh: str, en: str, category: str | None = None) -> ModelInput:
    return ModelInput(
        input=name,
        name=Text(zh, en),
        category=None if category is None else CategoryId(category),
        counts=Text("越多分越高", "More of it gives a higher score"),
    )


MODELS = (
    _model("advert-rules", "广告规则", "Advert rules", "adverts", _input("page", "页面", "Page")),
    _model("coupon-rules", "优惠规则", "Coupon rules", "coupons", _input("stock", "库存", "Stock")),
    _model(
        "credit-rules",
        "分期审核规则",
        "Rules on paying later",
        "pay-later",
        _input("credit-record", "信用记录", "Credit record", "PI-PROP-CREDIT"),
        _input("basket", "购物金额", "Amount of the basket"),
    ),
    _model(
        "pick-ranking",
        "选品排序",
        "Ranking of picks",
        "picks-for-you",
        _input("kinds-seen", "浏览过的品类", "Kinds looked at", "PI-ONLINE-BROWSE"),
    ),
)
