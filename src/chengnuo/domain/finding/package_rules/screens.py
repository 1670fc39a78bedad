"""Rules about what screens show and how a refusal is answered (191号文 1.1, 3.4, 4.2)."""

from collections.abc import Iterator

from chengnuo.base.text import Text
from chengnuo.domain.finding.finding import Severity
from chengnuo.domain.finding.package_look import PackageLook
from chengnuo.domain.finding.package_rule import PackageCheck, PackageRule, package_hit
from chengnuo.domain.finding.rule import Hit, duties
from chengnuo.domain.observation.observation import Confidence, Observation, Subject
from chengnuo.domain.observation.seen import ScreenSeen


def _where(one: Observation) -> str:
    return one.place.class_name or one.place.file


def _shown(what: ScreenSeen) -> PackageCheck:
    """Return a check that finds each screen once; weak signs are left to a person."""

    def check(look: PackageLook) -> Iterator[Hit]:
        for where, seen in seen_by_place(look, what, is_weak=False):
            yield package_hit(look.app_row, where, seen, field=_FIELDS[what], value=where)

    return check


def _weak(look: PackageLook) -> Iterator[Hit]:
    for what in ScreenSeen:
        weak = () if what is ScreenSeen.NOT_ANALYSABLE else seen_by_place(look, what, is_weak=True)
        for where, seen in weak:
            yield package_hit(look.app_row, f"{what} {where}", seen, value=where, sign=what.text)


def seen_by_place(
    look: PackageLook, what: ScreenSeen, *, is_weak: bool
) -> Iterator[tuple[str, tuple[Observation, ...]]]:
    """Yield what was seen of one sort, by screen, only the weak signs or only the others."""
    places: dict[str, tuple[Observation, ...]] = {}
    for one in look.seen(Subject.SCREEN, what):
        if (one.confidence is Confidence.LOW) is is_weak:
            places[_where(one)] = (*places.get(_where(one), ()), one)
    yield from sorted(places.items())


_FIELDS = {
    ScreenSeen.PRE_TICKED_CONSENT: "first_run.pre_ticked",
    ScreenSeen.REFUSAL_EXITS: "first_run.leaves_on_refusal",
    ScreenSeen.MISSING_RULES_LINK: "access.rules_path",
}

RULES: tuple[PackageRule, ...] = (
    PackageRule(
        id="consent-pre-ticked",
        duties=duties("191-3.4", "PIPL-14.1", "26-9"),
        severity=Severity.CRITICAL,
        title=Text("默认勾选同意", "Consent ticked beforehand"),
        message=Text(
            "{value} 中与同意有关的选框默认已勾选；默认选择不是自愿、明确的同意。",
            "A box about agreeing in {value} is ticked from the start; a default is no voluntary "
            "and explicit consent.",
        ),
        fix=Text("默认不勾选，由个人自己勾选。", "Leave it empty for people to tick."),
        check=_shown(ScreenSeen.PRE_TICKED_CONSENT),
    ),
    PackageRule(
        id="refusal-leaves-app",
        duties=duties("PIPL-16", "191-4.2", "164-5", "duty-4"),
        severity=Severity.MEDIUM,
        title=Text("不同意即退出", "Refusal leads out of the app"),
        message=Text(
            "{value} 中选择不同意会退出应用，没有看到再次选择或仅用基本功能的路径；"
            "所拒绝的信息若非基本功能必需，即为拒绝服务。",
            "Refusing in {value} leads out of the app, and no second choice or basic mode was "
            "seen; where the basic function does not need what was refused, that is denial of "
            "service.",
        ),
        fix=Text(
            "提供仅用基本功能的模式，或说明为什么缺了这些信息就无法提供服务。",
            "Offer a mode with the basic functions, or tell why the service cannot do without.",
        ),
        check=_shown(ScreenSeen.REFUSAL_EXITS),
    ),
    PackageRule(
        id="rules-link-missing",
        duties=duties("191-1.1", "191-1.2", "PIPL-7", "PIPL-17"),
        severity=Severity.HIGH,
        title=Text("找不到个人信息处理规则", "No way to the processing rules"),
        message=Text(
            "{value} 中没有看到通向个人信息处理规则（隐私政策）的文字或链接。",
            "No text or link to the processing rules (privacy policy) was seen in {value}.",
        ),
        fix=Text(
            "在首次运行的提示和设置页放上规则的链接。",
            "Put a link to them into the first-run notice and the settings.",
        ),
        check=_shown(ScreenSeen.MISSING_RULES_LINK),
    ),
    PackageRule(
        id="screen-to-look-at",
        duties=duties("191-1.2", "191-3.4"),
        severity=Severity.NOTE,
        title=Text("需要人工查看的界面", "Screen for a person to look at"),
        message=Text(
            "{value} 有迹象：{sign}；迹象较弱，不能确定。",
            "In {value} there is a sign that {sign}; it is weak, and may mean nothing.",
        ),
        fix=Text("在运行中打开这个界面核对。", "Open the screen in the running app, and look."),
        check=_weak,
    ),
)
