"""What an incident reached: when it was discovered, where it was, who is affected, letters made."""

from collections.abc import Mapping

from chengnuo.base.text import Text
from chengnuo.domain.dossier.dossier import Dossier
from chengnuo.domain.dossier.fields import Value
from chengnuo.domain.dossier.making import choice, count, digest, flag, instant, line, row, text
from chengnuo.domain.dossier.party import DESK, Party
from chengnuo.domain.dossier.sort import ActSort
from chengnuo.domain.dossier.sorts.incident_choices import LETTERS

DISCOVERED, GRADED, HANDLED, CLOSED = "discovered", "graded", "handled", "closed"
EARLIER, SCOPE, COUNT, LETTER = "found-earlier", "set-scope", "count-affected", "make-letter"
EXPLAIN = "say-what-helps"

COMPUTED = frozenset({COUNT, LETTER})
"""Acts that the service does itself, and no key of a program."""
OPEN_STATES = frozenset({DISCOVERED, GRADED, HANDLED})


def _is_earlier(dossier: Dossier | None, fields: Mapping[str, Value]) -> Text | None:
    known = [] if dossier is None else discovered_at(dossier)
    if known and str(fields["discovered-at"]) >= min(known):
        return Text(
            "只能登记更早的发现时间；期限从最早知道之时起算。",
            "only an earlier discovery can be entered; the clock runs from the first of them.",
        )
    return None


def discovered_at(dossier: Dossier) -> list[str]:
    """Return the discoveries that were entered, as instants in RFC 3339, as they were entered."""
    found = (act.fields.get("discovered-at") for act in dossier.acts)
    return [one for one in found if isinstance(one, str)]


def _has_somewhere(_: Dossier | None, fields: Mapping[str, Value]) -> Text | None:
    if any(fields.get(one) for one in ("stores", "recipients", "activities")):
        return None
    return Text(
        "至少选择一个存储、接收方或者活动。", "choose at least one store, recipient or activity."
    )


EARLIER_ACT = ActSort(
    what=EARLIER,
    text=Text("登记更早的发现时间", "Enter an earlier discovery"),
    by=DESK,
    after=OPEN_STATES,
    hint=Text(
        "有人更早知道的，期限从那时起算；原来的登记保留。",
        "If somebody knew before, the clock runs from then; what was entered stays.",
    ),
    fields=(
        instant("discovered-at", "更早的发现时间", "Discovered at, earlier"),
        line("who-knew", "谁先知道（部门或者岗位）", "Who knew first (unit or post)"),
        text("why-late", "为什么现在才登记", "Why it is entered only now", private=False),
    ),
    check=_is_earlier,
)

SCOPE_ACT = ActSort(
    what=SCOPE,
    text=Text("划定范围", "Say what it reached"),
    by=DESK,
    after=OPEN_STATES,
    hint=Text(
        "据此计算受影响的人；范围变了就再划一次。",
        "People affected are counted by it; say it again when it changes.",
    ),
    fields=(
        row("stores", "stores", "涉及的存储", "Stores", many=True, must=False),
        line(
            "tables",
            "只涉及的表",
            "Only these tables",
            hint=Text(
                "存储.表，逗号分隔；不填为全部。", "store.table, with commas; all of them if empty."
            ),
            must=False,
        ),
        row("recipients", "recipients", "涉及的接收方", "Recipients", many=True, must=False),
        row("activities", "activities", "涉及的活动", "Activities", many=True, must=False),
        instant("from", "从何时起", "From when"),
        instant("to", "到何时止", "Until when"),
    ),
    check=_has_somewhere,
)

COUNT_ACT = ActSort(
    what=COUNT,
    text=Text("计算受影响的人", "Count who is affected"),
    by=frozenset({Party.SERVICE}),
    after=OPEN_STATES,
    hint=Text("由系统计算，不手工填写。", "The system counts; nobody types it in."),
    fields=(
        count("at-least", "至少人数", "At least"),
        count("at-most", "至多人数", "At most", must=False),
        count("under-14", "不满十四周岁", "Under 14"),
        count("from-14-to-17", "十四至十七周岁", "14 to 17"),
        count("adults", "成年人", "Adults"),
        count("age-unknown", "年龄不明", "Age unknown"),
        flag("sensitive-found", "含敏感个人信息", "Sensitive information is among it"),
        line("kinds-found", "涉及的信息种类", "Categories concerned", must=False),
        text("method", "来源、方法和不能查明的", "Sources, method, unknown", private=False),
        digest("people", "假名清单的哈希", "Hash of the list of pseudonyms"),
        line("asked-by", "由谁发起", "Asked for by"),
    ),
)

EXPLAIN_ACT = ActSort(
    what=EXPLAIN,
    text=Text("写明种类、减害办法和联系方式", "Say what it was, what helps, whom to ask"),
    by=DESK,
    after=OPEN_STATES,
    hint=Text(
        "信函要有这些内容（个人信息保护法第五十七条）。",
        "Letters need them (PIPL Art. 57).",
    ),
    fields=(
        text("kinds", "涉及的信息种类", "Categories of information", private=False),
        text("advice", "个人可以采取的减害措施", "What people can do", private=False),
        line("contact", "联系方式", "Contact"),
    ),
)

LETTER_ACT = ActSort(
    what=LETTER,
    text=Text("生成信函", "Make a letter"),
    by=frozenset({Party.SERVICE}),
    after=frozenset({GRADED, HANDLED, CLOSED}),
    hint=Text("由系统按已登记的内容生成。", "The system makes it of what was entered."),
    fields=(
        choice("letter-kind", "哪一种", "Which", LETTERS),
        line("letter-lang", "语言", "Language"),
        line("letter-format", "格式", "Format"),
        digest("letter", "文件的哈希", "Hash of the file"),
        line("asked-by", "由谁发起", "Asked for by"),
    ),
)
