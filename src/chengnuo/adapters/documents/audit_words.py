"""Fixed words of the report of an audit of prices, and its figures in words."""

import math
from typing import Final

from chengnuo.base.text import Lang, Text
from chengnuo.domain.pricing.audit import Rule
from chengnuo.domain.pricing.coding import Coded
from chengnuo.domain.pricing.effects import PRICE
from chengnuo.domain.pricing.spec import Kind, Spec

REPORT = Text("价格公平检验报告", "Audit of prices")
NOTICE = Text("这是证据，不是法律意见。", "This is evidence, and no legal advice.")
NO_VERDICT = Text(
    "没有查看任何价格：下面的问题不解决，什么结论都不成立。",
    "No price was looked at: until what stands below is mended, nothing can be concluded.",
)
SAID = {
    "absent": Text(
        "证明的每一部分都成立：个人特征不同，同等条件下的价格和交易条件在容许范围内相同。",
        "Every part of the proof holds: whatever a person's traits, prices and terms in the same"
        " conditions are the same within the margin.",
    ),
    "found": Text(
        "同等条件下，价格或交易条件因人而异，差别不是偶然。",
        "In the same conditions prices or terms depend on the person, by more than chance.",
    ),
    "inconclusive": Text(
        "没有发现差别，但证明缺少下面标明的部分，不能说没有差别。",
        "No difference was found, but the proof lacks the parts marked below, so absence cannot be"
        " claimed.",
    ),
    "not-auditable": Text(
        "日志中能比较的不够，不能说有差别，也不能说没有。",
        "Too little of the log can be compared: neither a difference nor its absence can be"
        " claimed.",
    ),
}
HOLDS = Text("成立", "holds")
LACKS = Text("缺少", "lacks")
PROOF = Text("证明的各个部分", "What a proof stands on")
PERSONAL = Text("以个人信息作为条件的因素", "Conditions about the person")
NO_PERSONAL = Text(
    "没有声明以个人信息作为条件的因素。", "No condition about the person is declared."
)
PROBLEMS = Text("日志的问题", "What is wrong with the log")
NOT_SAID = Text("不能说的", "What cannot be said")
LIMITS = (
    Text(
        "报告只说明日志中的报价；日志没有记录的商品、时间和人不在其内。",
        "The report is about the quotes of the log; goods, times and persons that are not in it"
        " are not covered.",
    ),
    Text(
        "只检验了列出的个人特征；没有记录的特征只能从“只认人的长期加价”一项看出。",
        "Only the listed attributes were audited; others can show only as lasting mark-ups of"
        " persons.",
    ),
    Text(
        "声明的因素是否正当，由监管者和法院判断，不由统计判断。",
        "Whether a declared factor is justified is for regulators and courts, not for statistics.",
    ),
)
FOREST = Text("不分条件的差别与同等条件下的差别", "The gap at large, and in the same conditions")
FOREST_HINT = Text(
    "空心圆是不分条件直接比较的差别：不同的人在不同的时间、地点购买不同的商品，所以它不说明差别待遇。"
    "实心方块和横线是同等条件下的差别及其区间；灰色带是容许范围。",
    "The ring is the gap at large: people buy other goods at other times and places, so it does"
    " not show unlike treatment. The square and its line are the difference in the same conditions"
    " and its interval; the grey band is the margin.",
)
LADDER = Text("时间窗口由宽到窄", "From wide windows to narrow ones")
LADDER_HINT = Text(
    "横轴是比较时允许相隔的分钟数。方块是估计值，竖线约为 95% 区间，粗方块是采用的窗口，"
    "下方的百分数是有可比报价的份额。",
    "Along the axis stands how many minutes apart quotes are still compared. Squares are estimates,"
    " their lines about 95 % intervals, the large square is the window taken; the percentages below"
    " are the share of quotes that can be compared.",
)
PERSONS = Text("只认人的长期加价", "Lasting mark-ups of persons")
SEGMENTS = Text("特征的组合", "Groups made of attributes")
SEGMENTS_HINT = Text(
    "一半的人用来提出组合，另一半的人用来检验，所以同一份数据没有用两次。",
    "Half of the persons propose the groups and the other half judges them, so no quote is used"
    " twice.",
)
SEGMENTS_REACH = Text(
    "共 {0:,} 个组合，差别都在 {1:.2%} 以内。", "All of {0:,} groups are within {1:.2%}."
)
TERMS = Text("优惠和其他交易条件", "Give-aways and other terms")
FACTORS = Text("声明的因素", "Declared factors")
OVERLAP = Text("能比较多少，什么没有覆盖", "How much can be compared, and what is not covered")
CONTROLS = Text("用自己的数据检查方法", "The method checked on the same quotes")
CONTROLS_SAID = (
    Text(
        "反向对照：在同等条件内打乱价格，做了 {0} 份，其中 {1} 份报出差别。",
        "Negative control: prices were dealt anew in the same conditions in {0} copies; in {1} of"
        " them something was found.",
    ),
    Text(
        "正向对照：在副本上植入等于容许范围的加价，做了 {2} 次，发现了 {3} 次。",
        "Positive control: a mark-up of the margin was laid onto copies {2} times; {3} were found.",
    ),
)
METHOD = Text("附录：方法", "Annex: method")
PERSONS_LINE = Text(
    "{0:,} 人；长期加价的离散程度 {1:.2%}，上限 {2}；至多 {3:.1%} 的人的加价可能超过 {4:.1%}；"
    "打乱检验的 p 值 {5:.3f}。结论：{6}。",
    "{0:,} persons; the spread of lasting mark-ups is {1:.2%}, at most {2}; at most {3:.1%} of"
    " persons may have one beyond {4:.1%}; p-value by permutation {5:.3f}. Verdict: {6}.",
)
TAILS_LINE = Text(
    "单次的大差别（超过 {0:.1%}）：{1:,} 次偏高，{2:,} 次偏低，份额的上限 {3:.2%}。",
    "Single large gaps (beyond {0:.1%}): {1:,} upward, {2:,} downward; their share is at most"
    " {3:.2%}.",
)
SHARED = Text(
    "{0:.1%} 的报价没有同等条件的报价可比，不在结论之内。",
    "{0:.1%} of the quotes have no other in the same conditions and are outside of what is said.",
)
MARK_SPREAD = Text("离散", "spread")
MARK_BOUND = Text("上限", "bound")
MARK_MARGIN = Text("个人加价界限", "mark-up that counts")
MONEY = Text(
    "发现的差别合计约 {0:,.2f}（日志的货币）。",
    "The differences found come to about {0:,.2f}, in the currency of the log.",
)

_AND = Text(" 且 ", " and ")


def rules_words(rules: tuple[Rule, ...], lang: Lang) -> str:
    """Return the conditions of a group."""
    said = (f"{one.attribute} {one.relation} {one.value}" for one in rules)
    return _AND.in_lang(lang).join(said)


def amount(spec: Spec, outcome: str, value: float) -> str:
    """Return a difference of an outcome: a share of prices and give-aways, of terms a number."""
    if not math.isfinite(value):
        return "—"
    is_share = outcome == PRICE or any(one.column == outcome for one in spec.of_kind(Kind.ADDBACK))
    return f"{value:+.2%}" if is_share else f"{value:+.4g}"


def method_lines(coded: Coded, lang: Lang) -> tuple[str, ...]:
    """Return the annex: what was done, by which names it is known, and with which numbers."""
    spec = coded.spec
    return tuple(
        text.in_lang(lang).format(
            spec.window_s, spec.dust, spec.fdr, spec.alpha, int(coded.config[:12], 16), spec.margin
        )
        for text in _METHOD
    )


_METHOD: Final = (
    Text(
        "单元：同一商品、同样的声明条件、同一时间窗口（{0} 秒）内的报价。只在单元内比较；"
        "价格取自然对数并加回声明的优惠。小的数值约等于百分比。",
        "Cells: quotes of one item, under the same declared conditions, in one window of time"
        " ({0} s). Only quotes of one cell are compared; prices enter as natural logarithms, with"
        " declared give-aways added back. Small values are about percentages.",
    ),
    Text(
        "估计：单元内的最小二乘回归（固定效应），全部特征一起；误差按人聚类（夹心方差），"
        "并乘以 n/(n-1)。",
        "Estimates: least squares within cells (fixed effects), all attributes together; errors"
        " clustered by person (sandwich variance), weighted by n/(n-1).",
    ),
    Text(
        "窗口：估计值在更窄的两级窗口上不再变动（豪斯曼型对照）才采用。",
        "Windows: one is taken once the estimate stands still over two narrower ones (a contrast"
        " of Hausman's type).",
    ),
    Text(
        "“发现”：差别超过 {1:.3%}，并在全部特征、结果、组合和人之中把误报的份额控制在 {2:.0%}"
        "（本杰明尼–霍赫贝格）。",
        "“Found”: beyond {1:.3%}, with the share of false ones held at {2:.0%} over all attributes,"
        " outcomes, groups and persons (Benjamini and Hochberg).",
    ),
    Text(
        "“没有差别”：两个单侧检验都把差别限制在 {5:.2%} 以内，每个的错误率为 {3:.0%}（等效检验）。",
        "“Absent”: both one-sided tests put the difference within {5:.2%}, each at {3:.0%}"
        " (equivalence test).",
    ),
    Text(
        "长期加价：同一个人的差距两两乘积的平均（方差成分），上限用分 50 组的刀切法，"
        "份额用切比雪夫不等式，并用单元内打乱的置换检验。",
        "Lasting mark-ups: the mean product of pairs of gaps of one person (variance component),"
        " its bound by the jackknife over 50 groups, the share by Chebyshev's inequality, and a"
        " permutation within cells.",
    ),
    Text(
        "大差别：中位数绝对偏差的尺度，份额的上限用克洛珀–皮尔逊区间。",
        "Large gaps: the scale is the median absolute deviation, the bound of their share Clopper"
        " and Pearson's.",
    ),
    Text(
        "随机数种子：{4}，由方案的摘要得出。",
        "Seed: {4}, which the digest of the configuration gives.",
    ),
)
