"""Canary values: invented values handed to one recipient each, so that a leak names its channel.

The value and what opens its commitment are private: the log has the commitment alone. Whoever works
with personal information every day does not see them, nor does any program with a key, for a value
that is known is none any more.
"""

from chengnuo.base.period import Period
from chengnuo.base.text import Text
from chengnuo.domain.dossier.fields import Choice
from chengnuo.domain.dossier.making import choice, count, digest, instant, line, row, text
from chengnuo.domain.dossier.party import Party
from chengnuo.domain.dossier.sort import NOT_OPENED, ActSort, DossierSort, StateSort
from chengnuo.law.ids import DutyId

MADE, OUT, SURFACED, RETIRED = "made", "out", "surfaced", "retired"
MAKE, HAND, SURFACE, RETIRE = "make", "hand-over", "surface", "retire"
KINDS = (
    Choice("phone", Text("手机号码", "Phone number")),
    Choice("email", Text("电子邮箱", "E-mail address")),
    Choice("address", Text("地址", "Address")),
    Choice("name", Text("姓名", "Name")),
)
_WATCH = frozenset({Party.REVIEWER, Party.SERVICE})

CANARY = DossierSort(
    id="canary",
    prefix="cn",
    path="canaries",
    text=Text("诱饵值", "Canary value"),
    lead=Text(
        "每个值只交给一个接收方；在外面出现时就知道从哪里流出。",
        "Each value goes to one recipient; when it surfaces it names where it came out.",
    ),
    rests_on=(DutyId("PIPL-51"), DutyId("PIPL-57")),
    title_from="recipient",
    reads=frozenset({Party.REVIEWER, Party.AUDITOR}),
    by_key=False,
    kept=Period(years=3),
    states=(
        StateSort(id=MADE, text=Text("已生成，未交出", "Made, not handed over")),
        StateSort(id=OUT, text=Text("已交给接收方", "Handed over")),
        StateSort(id=SURFACED, text=Text("已在外面出现", "Surfaced")),
        StateSort(id=RETIRED, text=Text("已停用", "Retired"), final=True),
    ),
    acts=(
        ActSort(
            what=MAKE,
            text=Text("生成诱饵值", "Make a canary value"),
            by=_WATCH,
            after=frozenset({NOT_OPENED}),
            to=MADE,
            hint=Text(
                "由“抽取一个诱饵值”或者 chengnuo canary make 生成；这里登记别处生成的。",
                "Drawn on the page for it or by chengnuo canary make; enter here what was made"
                " elsewhere.",
            ),
            fields=(
                row("recipient", "recipients", "给哪个接收方", "For which recipient"),
                choice("canary-kind", "哪种", "Which sort", KINDS),
                count("number", "第几个", "Number"),
                count("out-of", "取自多少种可能", "Drawn out of how many"),
                line("value", "值", "Value", private=True),
                line("opening", "承诺的开启值", "What opens the commitment", private=True),
                digest("commitment", "承诺（SHA-256）", "Commitment (SHA-256)"),
                line("reason", "为什么生成", "Why it is made", must=False),
            ),
        ),
        ActSort(
            what=HAND,
            text=Text("登记已交出", "Enter that it was handed over"),
            by=_WATCH,
            after=frozenset({MADE}),
            to=OUT,
            fields=(
                instant("given-at", "交出时间", "Handed over at"),
                line("how", "怎样交出", "How", must=False),
            ),
        ),
        ActSort(
            what=SURFACE,
            text=Text("登记在外面出现", "Enter that it surfaced"),
            by=_WATCH,
            after=frozenset({OUT, SURFACED}),
            to=SURFACED,
            fields=(
                instant("found-at", "发现时间", "Found at"),
                text("where", "在哪里出现", "Where"),
                line("incident", "事件编号", "Incident", must=False),
            ),
        ),
        ActSort(
            what=RETIRE,
            text=Text("停用", "Retire it"),
            by=_WATCH,
            after=frozenset({MADE, OUT, SURFACED}),
            to=RETIRED,
            fields=(text("reasons", "理由", "Reasons", private=False),),
        ),
    ),
)
