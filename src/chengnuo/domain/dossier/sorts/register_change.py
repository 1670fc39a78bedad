"""A proposed change of rows of the register: made by one person, approved by another, in force.

It may be put together row by row before it is proposed. What is proposed stands in the act as the
keys of the rows that change. Whoever approves it has seen
the register that it was weighed against and the very lines that are written; both stand in the act
as digests, and nothing else is written.
"""

from chengnuo.base.text import Text
from chengnuo.domain.dossier.fields import FieldForm, FieldSort
from chengnuo.domain.dossier.making import line, text
from chengnuo.domain.dossier.party import DESK, Party
from chengnuo.domain.dossier.sort import NOT_OPENED, ActSort, DossierSort, StateSort
from chengnuo.law.ids import DutyId

COLLECTING, PROPOSED, APPROVED, IN_FORCE, REFUSED, WITHDRAWN = (
    "collecting",
    "proposed",
    "approved",
    "in-force",
    "refused",
    "withdrawn",
)
COLLECT, PROPOSE, APPROVE, REFUSE, WITHDRAW, PUT_IN_FORCE = (
    "collect",
    "propose",
    "approve",
    "refuse",
    "withdraw",
    "put-in-force",
)


def _digest(name: str, zh: str, en: str) -> FieldSort:
    return FieldSort(name=name, form=FieldForm.DIGEST, label=Text(zh, en))


_IN_ITS_FORM = Text(
    "请在登记簿那一行的修改页上做，能看到后果。",
    "Do it on the form of the row, which shows what follows.",
)
_WHAT = (
    line("row", "登记簿的哪一行", "Row of the register"),
    _digest("base", "依据的登记簿版本", "Version it was made on"),
    FieldSort(name="change", form=FieldForm.DATA, label=Text("改动", "Change")),
)


REGISTER_CHANGE = DossierSort(
    id="register-change",
    prefix="rg",
    path="register-changes",
    text=Text("登记簿修改", "Change of the register"),
    lead=Text(
        "一人提出，另一人看过后果再批准；批准后写回登记簿文件，并立即启用。",
        "One person proposes, another approves having seen what follows; then it is written to "
        "the register's files and comes into force.",
    ),
    rests_on=(DutyId("PIPL-51"),),
    title_from="row",
    states=(
        StateSort(id=COLLECTING, text=Text("准备中", "Being put together")),
        StateSort(id=PROPOSED, text=Text("待复核", "To be reviewed")),
        StateSort(id=APPROVED, text=Text("已批准，待写回", "Approved, to be written")),
        StateSort(id=IN_FORCE, text=Text("已启用", "In force"), final=True),
        StateSort(id=REFUSED, text=Text("未批准", "Refused"), final=True),
        StateSort(id=WITHDRAWN, text=Text("已撤回", "Withdrawn"), final=True),
    ),
    acts=(
        ActSort(
            what=COLLECT,
            text=Text("收进准备提出的修改", "Put into what will be proposed"),
            by=DESK,
            after=frozenset({NOT_OPENED, COLLECTING}),
            to=COLLECTING,
            fields=_WHAT,
            hint=_IN_ITS_FORM,
        ),
        ActSort(
            what=PROPOSE,
            text=Text("提出修改", "Propose"),
            by=DESK,
            after=frozenset({NOT_OPENED, COLLECTING}),
            to=PROPOSED,
            fields=(*_WHAT, text("why", "为什么改", "Why", private=False)),
            hint=_IN_ITS_FORM,
        ),
        ActSort(
            what=APPROVE,
            text=Text("批准", "Approve"),
            by=frozenset({Party.REVIEWER}),
            after=frozenset({PROPOSED, APPROVED}),
            to=APPROVED,
            not_by_author_of=frozenset({COLLECT, PROPOSE}),
            fields=(
                _digest("version", "对照的登记簿版本", "Version it was weighed against"),
                _digest("patch", "将写入内容的哈希", "Hash of what is written"),
            ),
            hint=Text(
                "请在该修改自己的页面上看过后果再批准。",
                "Approve it on its own page, having seen what follows.",
            ),
        ),
        ActSort(
            what=REFUSE,
            text=Text("不批准", "Refuse"),
            by=frozenset({Party.REVIEWER}),
            after=frozenset({PROPOSED, APPROVED}),
            to=REFUSED,
            fields=(text("reasons", "理由", "Reasons", private=False),),
        ),
        ActSort(
            what=WITHDRAW,
            text=Text("撤回", "Withdraw"),
            by=DESK,
            after=frozenset({COLLECTING, PROPOSED, APPROVED}),
            to=WITHDRAWN,
            hint=Text("只有提出的人能撤回。", "Only whoever proposed it can."),
        ),
        ActSort(
            what=PUT_IN_FORCE,
            text=Text("启用", "Put in force"),
            by=frozenset({Party.SERVICE}),
            after=frozenset({APPROVED}),
            to=IN_FORCE,
            fields=(_digest("version", "启用的登记簿版本", "Version in force"),),
        ),
    ),
    by_key=False,
)
