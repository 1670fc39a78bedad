"""The tea house that sends letters abroad, with dossiers beside it: assessments and filings."""

from pathlib import Path

from tests.usecases.borders.border_house import BorderHouse
from tests.usecases.dossier.dossier_house import REVIEWER, STAFF
from tests.usecases.dossier.ways import ASSESSED

from chengnuo.adapters.working_calendar import load_working_calendar
from chengnuo.domain.dossier.all_sorts import SORTS
from chengnuo.domain.dossier.dossier import Dossier, DossierId
from chengnuo.domain.dossier.fields import Value
from chengnuo.domain.dossier.sorts.assessment import GROUNDS
from chengnuo.domain.register.kinds import KIND_BY_PLURAL
from chengnuo.law.catalogue import Catalogue
from chengnuo.usecases.borders.desk import BorderDesk
from chengnuo.usecases.borders.providing import ProvidingDesk
from chengnuo.usecases.borders.route_filings import RouteFilings
from chengnuo.usecases.decision.books import Books, Edition, by_engine
from chengnuo.usecases.decision.chain_states import ChainStates
from chengnuo.usecases.decision.desk import DecisionDesk
from chengnuo.usecases.decision.replaying import Replay
from chengnuo.usecases.dossier.assessed import KeptAssessments
from chengnuo.usecases.dossier.assessing import Assessing, AssessmentsDue
from chengnuo.usecases.dossier.desk import DossierDesk

ANSWERED: dict[str, Value] = {
    **ASSESSED,
    **{f"on-{one.value}": "已经核实" for one in GROUNDS},
}


class AssessedHouse(BorderHouse):
    """The house, joined as the service joins it."""

    def __init__(self, folder: Path, catalogue: Catalogue) -> None:
        super().__init__(folder, catalogue)

    def open(self) -> None:
        super().open()
        log, payloads = self.opened.log, self.opened.payloads
        self.kept = KeptAssessments(log, payloads, lambda one: self.desk.register_of(one).register)
        self.assessing = Assessing(kept=self.kept, register=self.desk)
        calendar = load_working_calendar()
        self.dossiers = DossierDesk(
            store=self.data.dossiers,
            recorder=self.recorder,
            clock=self.clock,
            tokens=self.data.keys.tokens,
            catalogue=self.catalogue,
            calendar=calendar,
            sorts=SORTS,
            known=lambda plural: tuple(
                getattr(one, KIND_BY_PLURAL[plural].name)
                for one in getattr(self.desk.served.register, plural)
            ),
            promised=dict,
            enabled_accounts=lambda: 3,
            refuses=self.assessing.refuses,
            changing=self.kept.changing,
        )
        self.due = AssessmentsDue(desk=self.dossiers, assessing=self.assessing)

        def edition() -> Edition:
            served = self.desk.served
            return Edition(version=served.version, register=served.register)

        books = Books(edition, self.catalogue, engine=by_engine, assessed=self.kept)
        self.decisions = DecisionDesk(
            books=books, states=self.consents, clock=self.clock, recorder=self.recorder
        )
        self.borders = ProvidingDesk(
            counter=self.counter, decisions=self.decisions, register=self.desk
        )
        self.filings = RouteFilings(
            dossiers=self.dossiers,
            borders=BorderDesk(providing=self.borders, calendar=calendar, clock=self.clock),
        )
        self.replay = Replay(
            log=log,
            payloads=payloads,
            states=ChainStates(log=log, payloads=payloads),
            register_of=lambda one: self.desk.register_of(one).register,
            books=books,
        )

    def open_filings(self) -> list[Dossier]:
        """Open what routes ask for, as the sweep does."""
        return [self.dossiers.one(one, STAFF).dossier for one in self.filings.open()]

    def begin(self, *activities: str, grounds: tuple[str, ...] = ()) -> DossierId:
        """Begin an assessment of activities, by staff."""
        named = grounds or ("overseas", "entrusted", "sensitive")
        fields: dict[str, Value] = {
            "title": "出境",
            "activities": activities,
            "grounds": named,
        }
        return self.dossiers.open("assessment", "begin", STAFF, fields).dossier.id

    def write_it(self, wanted: DossierId) -> None:
        """Write an assessment and hand it in."""
        self.dossiers.act(wanted, "write", STAFF, ANSWERED)
        self.dossiers.act(wanted, "submit", STAFF, {})

    def approve(self, wanted: DossierId, *, until: str = "2028-12-31") -> None:
        """Approve an assessment that was handed in, by somebody else."""
        self.dossiers.act(wanted, "approve", REVIEWER, {"valid-until": until})

    def assess(self, *activities: str, until: str = "2028-12-31") -> DossierId:
        """Let activities be assessed and approved."""
        wanted = self.begin(*activities)
        self.write_it(wanted)
        self.approve(wanted, until=until)
        return wanted
