"""An agreement with a recipient that runs out: told early, its end on record, renewed or ended.

Nothing goes to a recipient whose agreement has lapsed (PIPL Arts. 20, 21; NDSR 12): the decision
refuses it from the end of the last day on. The service opens the dossier before that, enters the
end when it has come, and closes it once the register has a later day.
"""

from chengnuo.base.text import Text
from chengnuo.domain.dossier.making import day, line, row, text
from chengnuo.domain.dossier.party import DESK, Party
from chengnuo.domain.dossier.sort import NOT_OPENED, ActSort, ClockSort, DossierSort, StateSort
from chengnuo.law.ids import DutyId

RUNNING_OUT, LAPSED, RENEWED, ENDED = "running-out", "lapsed", "renewed", "ended"
OPEN, LAPSE, RENEW, END = "open", "lapse", "renew", "end"

AGREEMENT_TERM = DossierSort(
    id="agreement-term",
    prefix="ag",
    path="agreement-terms",
    text=Text("协议到期", "Agreement running out"),
    lead=Text(
        "协议到期前提醒续签；到期后停止向接收方提供，续签后恢复。",
        "Told before an agreement runs out; nothing goes to the recipient after, until renewed.",
    ),
    rests_on=(DutyId("PIPL-20"), DutyId("PIPL-21"), DutyId("NDSR-12")),
    title_from="agreement",
    states=(
        StateSort(id=RUNNING_OUT, text=Text("即将到期", "Running out")),
        StateSort(id=LAPSED, text=Text("已到期，停止提供", "Lapsed, nothing is given")),
        StateSort(id=RENEWED, text=Text("已续签", "Renewed"), final=True),
        StateSort(id=ENDED, text=Text("不再续签", "Not renewed"), final=True),
    ),
    acts=(
        ActSort(
            what=OPEN,
            text=Text("登记到期", "Enter the end"),
            by=DESK | {Party.SERVICE},
            after=frozenset({NOT_OPENED}),
            to=RUNNING_OUT,
            fields=(
                row("agreement", "agreements", "协议", "Agreement"),
                day("until", "最后一天", "Last day"),
            ),
        ),
        ActSort(
            what=LAPSE,
            text=Text("已经到期", "It has lapsed"),
            by=frozenset({Party.SERVICE}),
            after=frozenset({RUNNING_OUT}),
            to=LAPSED,
            hint=Text(
                "决策从此拒绝向其接收方提供。",
                "Decisions refuse giving to its recipients from now on.",
            ),
        ),
        ActSort(
            what=RENEW,
            text=Text("已经续签", "It was renewed"),
            by=frozenset({Party.SERVICE}),
            after=frozenset({RUNNING_OUT, LAPSED}),
            to=RENEWED,
            fields=(
                line("version", "协议版本", "Version of the agreement", must=False),
                day("new-until", "新的最后一天", "New last day", must=False),
            ),
        ),
        ActSort(
            what=END,
            text=Text("不再续签", "It is not renewed"),
            by=DESK,
            after=frozenset({RUNNING_OUT, LAPSED}),
            to=ENDED,
            fields=(text("reasons", "理由", "Reasons", private=False),),
        ),
    ),
    clocks=(
        ClockSort(
            id="renew",
            text=Text("续签", "Renew it"),
            starts=frozenset({OPEN}),
            stops=frozenset({RENEW, END}),
            until_field="until",
        ),
    ),
)
