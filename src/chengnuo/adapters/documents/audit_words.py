"""Fixed words of the report of an audit of prices, and its figures in words."""

import math
from typing import Final

from chengnuo.base.text import Lang, Text
from chengnuo.domain.pricing.audit import Leg, Rule
from chengnuo.domain.pricing.coding import Coded
from chengnuo.domain.pricing.effects import PRICE
from chengnuo.domain.pricing.spec import Kind, Spec

REPORT = Text("价格差别检验报告", "Report of an audit of prices")
NOTICE = Text(
    "本报告是统计证据，不是法律意见。差别待遇是否不合理，由监管部门和法院认定。",
    "This report is statistical evidence and no legal advice. Whether unlike treatment is"
    " unreasonable is for authorities and courts to decide.",
)
NO_VERDICT = Text(
    "没有查看任何价格。下列问题解决之前，不能作出任何结论。",
    "No price was looked at. Until what stands below is mended, nothing can be concluded.",
)
HEAD = {
    "absent": Text("已证明：差别未达到容许范围", "Proved: no difference of the margin or more"),
    "found": Text("发现差别", "A difference was found"),
    "inconclusive": Text("尚不能判断", "Undecided"),
    "not-auditable": Text("无法检验", "Not auditable"),
}
OF_ONE = {
    "absent": Text("差别在容许范围内", "within the margin"),
    "found": Text("发现差别", "a difference was found"),
    "inconclusive": Text("尚不能判断", "undecided"),
    "not-auditable": Text("无法检验", "not auditable"),
}
SAID = {
    "absent": Text(
        "证明的各个部分都成立：就日志中的报价而言，同等条件下的价格和交易条件不因个人而相差达到容许范围。",
        "Every part of the proof holds: for the quotes of the log, prices and terms in the same"
        " conditions do not differ from person to person by the margin or more.",
    ),
    "found": Text(
        "就日志中的报价而言，同等条件下的价格或交易条件因人而异，偶然不足以解释。"
        "这说明有差别，不说明差别是否合理。",
        "For the quotes of the log, prices or terms in the same conditions differ from person to"
        " person by more than chance explains. That a difference is there does not say whether it"
        " is justified.",
    ),
    "inconclusive": Text(
        "没有发现差别，但证明缺少下面标明的部分，因此不能说没有差别。",
        "No difference was found, but the proof lacks the parts marked below, so that absence"
        " cannot be claimed.",
    ),
    "not-auditable": Text(
        "日志中可以比较的报价不够，既不能说有差别，也不能说没有差别。",
        "Too little of the log can be compared: neither a difference nor its absence can be"
        " claimed.",
    ),
}
DO = Text("建议", "What to do")
CONTENTS = Text("目录", "Contents")
FIRST = {
    "found": Text(
        "请法律和定价负责人先看“特征的组合”和“同等条件下的差别”，核实差别来自哪条规则；"
        "在查清之前保存日志和本报告。",
        "Let those responsible for law and pricing see the groups and the differences below first,"
        " and establish which rule a difference comes from; keep the log and this report until it"
        " is settled.",
    ),
    "absent": Text(
        "保存本报告、方案和日志；定价规则或特征变化后重新检验。",
        "Keep this report, the specification and the log; audit again when pricing rules or traits"
        " change.",
    ),
    "none": Text(
        "按下面“日志的问题”改正记录，然后重新检验。",
        "Mend the log as “What is wrong with the log” says, and audit again.",
    ),
}
NEXT = {
    Leg.ATTRIBUTES: Text(
        "有的特征尚未证明没有差别：积累更多报价，或核实其中发现的差别。",
        "Absence is not shown for some traits: gather more quotes, or settle what was found.",
    ),
    Leg.OUTCOMES: Text(
        "核对优惠和其他交易条件的发放规则，或积累更多报价。",
        "Check the rules by which give-aways and other terms are granted, or gather more quotes.",
    ),
    Leg.PERSONS: Text(
        "查找是否有针对个人而不看特征的名单、标签或实验组；一贯使用同一代号记录全部报价。",
        "Look for lists, labels or arms that go by person alone; log all quotes by stable"
        " pseudonyms.",
    ),
    Leg.SEGMENTS: Text(
        "有的特征组合尚未证明没有差别：积累更多报价，或核实其中发现的差别。",
        "Absence is not shown for some groups: gather more quotes, or settle what was found.",
    ),
    Leg.TAILS: Text(
        "逐条核对偏离大的单次报价，找出原因。",
        "Go through single quotes that lie far off, and find out why.",
    ),
    Leg.COVERAGE: Text(
        "记录展示过的全部报价而不只是订单，使更多报价可以比较。",
        "Log every quote shown, not only orders, so that more of them can be compared.",
    ),
    Leg.OVERLAP: Text(
        "有的特征与声明的条件重合或没有编码：删去这样的条件，或给特征分组。",
        "Some traits coincide with declared conditions or were not coded: take out such a"
        " condition, or group the trait's values.",
    ),
    Leg.CONTROLS: Text(
        "这份日志太小或波动太大，植入的加价也发现不了：积累更多报价。",
        "The log is too small or too noisy to show even a planted mark-up: gather more quotes.",
    ),
    Leg.REGISTERED: Text(
        "用 --data 再检验一次，使方案在查看价格之前记入存证日志。",
        "Audit once more with --data, so that the configuration stands in the evidence log before"
        " prices are seen.",
    ),
}
HOLDS = Text("成立", "holds")
LACKS = Text("缺少", "lacking")
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
        "只检验了列出的个人特征；没有记录的特征只能从“跟随个人的长期加价”一项看出。",
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
PERSONS = Text("跟随个人的长期加价", "Lasting mark-ups of persons")
SEGMENTS = Text("特征的组合", "Groups made of attributes")
SEGMENTS_HINT = Text(
    "一半的人用来提出组合，另一半的人用来检验，所以同一份数据没有用两次。"
    "人数和报价数是用来检验的那一半。",
    "Half of the persons propose the groups and the other half judges them, so no quote is used"
    " twice. Persons and quotes are those of the half that judges.",
)
SEGMENTS_REACH = Text(
    "共 {0:,} 个组合；在检验的错误率之内，差别都不超过 {1:.2%}。",
    "All of {0:,} groups are shown to be within {1:.2%}, at the level of the audit.",
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
PERSONS_HINT = Text(
    "柱子是平均差距落在各格的人数，线是价格与人无关时预计的人数，虚线是个人加价的界限。"
    "柱子在虚线之外明显高于线，说明有人长期付得更多或更少。",
    "Bars count persons by mean gap; the line is what is expected if prices do not depend on the"
    " person; the broken lines are the mark-up that counts. Bars well above the line beyond them"
    " say that some persons pay more or less for long.",
)
PERSONS_LINE = Text(
    "{0:,} 人；长期加价的离散程度（标准差）为 {1:.2%}，上限 {2}；因此至多 {3:.1%} 的人的长期加价"
    "可能超过 {4:.1%}；打乱检验的 p 值 {5:.3f}。结论：{6}。",
    "{0:,} persons; the spread (standard deviation) of lasting mark-ups is {1:.2%}, at most {2};"
    " so at most {3:.1%} of persons may have one beyond {4:.1%}; p-value by permutation {5:.3f}."
    " Verdict: {6}.",
)
GAPS_WITHHELD = Text(
    "每格的人数太少，公开文本不列图。", "There are too few persons in the bins for this copy."
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
TAILS_WITHHELD = Text(
    "单次的大差别（超过 {0:.1%}）：公开文本不列次数。",
    "Single large gaps (beyond {0:.1%}): this copy does not tell how many.",
)
MONEY = Text(
    "各项特征发现的差别涉及金额合计约 {0:,.2f}（日志的货币），按样本推算。",
    "The differences found of single traits amount to about {0:,.2f} in the currency of the log, as"
    " estimated from the sample.",
)
MONEY_WITHHELD = Text("公开文本不列金额。", "This copy does not tell the amount.")
SEGMENT_MONEY = Text(
    "金额是发现差别的组合（两半的人）比同等条件下的他人多付（负数为少付）的合计，按样本推算；"
    "组合互相重叠，金额不能相加。",
    "Money is what a group found to differ paid beyond others in the same conditions (below zero:"
    " less), of both halves of the persons, as the sample tells. Groups overlap; do not add up.",
)
FACTORING = Text(
    "从抽取的 {0:,} 次报价算出（按商品和时间窗口整体抽取）。价格方差的 {1:.1%} 来自商品和时间；"
    "扣除全部声明的因素后还剩 {2:.2%}。各因素的份额是其他因素之外的部分。"
    "这些是统计上的份额，不说明因素是否正当。",
    "Worked out from {0:,} drawn quotes (whole windows of items). Item and time remove {1:.1%} of"
    " the variance of prices; with all declared factors taken out, {2:.2%} is left. The share of a"
    " factor is what it removes beside all the others. These shares are statistical and do not say"
    " whether a factor is justified.",
)
NO_FACTORING = Text(
    "日志由几部分相加，没有算出各因素的份额。",
    "The log was added up from parts, so shares of single factors were not worked out.",
)
LEFT_OUT = Text(
    "如果不声明某一因素，各特征的估计值会是多少：变动大的，说明结论取决于这一声明。",
    "What estimates would be without one factor: where they move much, the verdict hangs on its"
    " being declared.",
)
WITHHELD = Text("公开文本没有列出的", "What this published copy withholds")
WITHHELD_SAID = Text(
    "这是公开文本。人数少于 {0} 人的群体不列出人数、差别和条件：略去 {1} 项特征的估计和 {2} 个"
    "组合，包括为防止推算而一并略去的。其余人数只列出下限。结论由完整的结果得出，没有改变；"
    "完整结果的 SHA-256 为 {3}。",
    "This is a published copy. Of groups below {0} persons it tells no number, difference or rule:"
    " {1} estimates of traits and {2} groups are left out, those among them that would give away"
    " another. Other numbers of persons of groups are lower bounds. The verdict is that of the"
    " whole audit, whose SHA-256 is {3}.",
)
SECOND = Text("另一种方法的估计（不参与结论）", "A second opinion, which decides nothing")
SECOND_HINT = Text(
    "单元内的估计附更窄的区间；其余两列用相邻时间的当地价格比较，后一列是没有同等条件报价可比的报价。",
    "By cells, with sharper intervals; the other two are against the local price of times nearby,"
    " the last of quotes that have no other in the same conditions.",
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
