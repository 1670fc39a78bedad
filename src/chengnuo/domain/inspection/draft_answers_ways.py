"""Where the ways of an app usually are, as a proposal: rules, lists, rights, cancelling.

The service brings a privacy centre with a page for each of them, so a draft hangs it where people
look for it. Whether the app has that entry only its operator knows: the remark asks.
"""

from dataclasses import replace

from chengnuo.base.text import Text
from chengnuo.domain.inspection.draft_decisions import Step
from chengnuo.domain.register.app import App, Cancellation, MinorsAudience, RightPath, RulesAccess
from chengnuo.domain.register.draft import is_to_complete
from chengnuo.law.catalogue import Catalogue
from chengnuo.law.rights import Right

_CENTRE = Text("我 → 设置 → 隐私中心", "Me → Settings → Privacy centre")
_TAPS_TO_CENTRE = 3
_LISTS_LEVEL = 2
_ALWAYS = (
    (Right.KNOW, Text("规则与变更", "Rules")),
    (Right.ACCESS, Text("我的信息", "My information")),
    (Right.COPY, Text("办理权利", "My rights")),
    (Right.TRANSFER, Text("办理权利", "My rights")),
    (Right.CORRECT, Text("我的信息", "My information")),
    (Right.SUPPLEMENT, Text("我的信息", "My information")),
    (Right.DELETE, Text("办理权利", "My rights")),
    (Right.RESTRICT, Text("办理权利", "My rights")),
    (Right.WITHDRAW, Text("我的同意", "My consents")),
    (Right.EXPLAIN_RULES, Text("办理权利", "My rights")),
    (Right.CLOSE_RELATIVE, Text("办理权利", "My rights")),
)
_CANCEL = (Right.CANCEL_ACCOUNT, Text("办理权利", "My rights"))
_AT_ONCE = frozenset({Right.KNOW, Right.ACCESS, Right.WITHDRAW})

WAYS_ASKED = (
    Step.WAYS,
    "access first_run rights cancellation",
    Text(
        "入口暂按隐私中心挂在“我 → 设置”下填写：应用里照此放，或者改成实际的路径；"
        "首次运行怎样询问，在应用里看过再确认",
        "the privacy centre is taken to hang below “Me → Settings”: put it there, or write the "
        "real way; look at the app for how its first run asks",
    ),
)


def with_ways(app: App, law: Catalogue, *, minors: MinorsAudience) -> App:
    """Return an app with proposed ways to rules and lists where nobody has said any."""
    access = app.access
    if not is_to_complete(access.rules_path):
        return app
    proposed = RulesAccess(
        rules_path=_below("规则与变更", "Rules"),
        rules_taps=min(_TAPS_TO_CENTRE + 1, law.number("TD-C8")),
        collection_list_path=Text("我 → 个人信息收集清单", "Me → Collected information"),
        sharing_list_path=Text("我 → 第三方信息共享清单", "Me → Shared information"),
        lists_menu_level=_LISTS_LEVEL,
        minors_rules_path=_below("未成年人", "Minors")
        if minors is not MinorsAudience.NOT_INTENDED
        else None,
    )
    return replace(app, access=proposed)


def rights_proposed(law: Catalogue, *, accounts: bool) -> tuple[RightPath, ...]:
    """Return a way to each right in the privacy centre, with the longest time that is allowed."""
    every = (*_ALWAYS, _CANCEL) if accounts else _ALWAYS
    return tuple(
        RightPath(
            right=right,
            path=_below(page.zh, page.en or page.zh),
            taps=_TAPS_TO_CENTRE + 1,
            working_days=0 if right in _AT_ONCE else law.number("TD-R1"),
        )
        for right, page in every
    )


def cancellation_proposed() -> Cancellation:
    """Return how an account is cancelled with nothing asked of people that nobody has said."""
    return Cancellation()


def _below(zh: str, en: str) -> Text:
    return Text(f"{_CENTRE.zh} → {zh}", f"{_CENTRE.en} → {en}")
