"""Impact assessments beside the register: what keeps one from being approved, and what opens one.

An approval of what is no longer so would cover nothing; so it is refused at the door, with what has
changed. One that is due opens by itself, from the row of its activity, once for each state of it.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import islice

from chengnuo.base.canonical import Tree
from chengnuo.base.text import Lang, Text
from chengnuo.domain.dossier.dossier import Dossier, DossierId
from chengnuo.domain.dossier.fields import MOST_LINE, MOST_TEXT, Value
from chengnuo.domain.dossier.sort import DossierSort
from chengnuo.domain.dossier.sorts.assessment import APPROVE, ASSESSMENT, BEGIN
from chengnuo.domain.register.activity import MinorsRule, ProcessingActivity
from chengnuo.domain.register.assessing import cover_of, grounds_of
from chengnuo.domain.register.ids import ActivityId
from chengnuo.domain.register.material import changes, material_fingerprint, material_of
from chengnuo.domain.register.model import Register
from chengnuo.law.civil import civil_date
from chengnuo.ports.versions import UnknownVersionError
from chengnuo.usecases.dossier.assessed import KeptAssessments, written_under
from chengnuo.usecases.dossier.desk import DossierDesk
from chengnuo.usecases.dossier.guarding import SERVICE
from chengnuo.usecases.register_desk import Desk

MINORS = "minors"
_OPENED_AT_ONCE = 100
DONE_WITHIN = timedelta(days=30)
"""By when what opened by itself shall be done; a yardstick of ours, for the law sets no term."""
_LAPSED = Text("批准已过有效期", "the approval has lapsed")


@dataclass(frozen=True, slots=True, kw_only=True)
class DueAssessment:
    """An assessment that is due and that no open dossier is about.

    Attributes:
        activity: What it is about.
        grounds: Why it is due.
        changed: What has changed since one was approved, in words; empty for the first.
        key: What tells it from others.

    """

    activity: ProcessingActivity
    grounds: tuple[str, ...]
    changed: tuple[Text, ...]
    key: str

    def fields(self, today: date) -> dict[str, Value]:
        """Return what its dossier begins with; by when it is done is a yardstick of ours."""
        purpose = self.activity.purpose.zh
        title = f"重新评估：{purpose}" if self.changed else purpose
        given: dict[str, Value] = {
            "title": title[:MOST_LINE],
            "activities": (str(self.activity.activity),),
            "grounds": self.grounds,
            "due-by": (today + DONE_WITHIN).isoformat(),
        }
        if self.changed:
            lines = "\n".join(f"{one.zh} ({one.en})" for one in self.changed)
            given["changed"] = lines[:MOST_TEXT]
        if self.activity.assessment is not None:
            given["assessment"] = str(self.activity.assessment)
        return given


@dataclass(frozen=True, slots=True, kw_only=True)
class Assessing:
    """Assessments held to the register in force.

    Attributes:
        kept: What stands by the log.
        register: The register in force.

    """

    kept: KeptAssessments
    register: Desk

    def refuses(
        self,
        sort: DossierSort,
        dossier: Dossier | None,
        what: str,
        fields: Mapping[str, Value],
        at: datetime,
    ) -> Text | None:
        """Say why an assessment cannot be approved as it stands now, or None."""
        if sort.id != ASSESSMENT.id or what != APPROVE or dossier is None:
            return None
        if date.fromisoformat(str(fields["valid-until"])) < civil_date(at):
            return Text("有效期已经过去。", "the day until which it counts has passed.")
        changed = [one for row in activities_of(dossier) for one in self.changed(dossier.id, row)]
        if changed:
            return Text(
                f"写完之后登记簿有变化，请退回修改：{'；'.join(one.zh for one in changed)}。",
                "the register changed after it was written, so send it back: "
                f"{'; '.join(one.in_lang(Lang.EN) for one in changed)}.",
            )
        return None

    def changed(self, dossier: str, activity: ActivityId) -> tuple[Text, ...]:
        """Return in words what changed of an activity since its assessment was written."""
        served = self.register.current()
        found = None if served is None else served.register.activity_by_id.get(activity)
        if served is None or found is None:
            return (Text(f"{activity}：不再登记", f"{activity}: no longer in the register"),)
        before = self._written(written_under(self.kept.acts(), dossier), activity)
        if before is None:
            return (Text("当时的登记簿已不可读", "the register of then cannot be read"),)
        return changes(before, material_of(found, served.register))

    def due(self, still_open: frozenset[ActivityId], today: date) -> Iterator[DueAssessment]:
        """Yield what is due, an activity each, in the order of the register.

        Args:
            still_open: Activities that an open dossier is about.
            today: Civil day.

        """
        served = self.register.current()
        if served is None:
            return
        register, catalogue = served.register, self.register.catalogue
        kept = self.kept.by(None)
        for activity in register.activities:
            cover = cover_of(activity, register, catalogue, today, kept)
            if cover is None or cover.holds or activity.activity in still_open:
                continue
            mine = [one for one in kept.approvals if one.activity == activity.activity]
            fingerprint = material_fingerprint(activity, register)
            changed: tuple[Text, ...] = ()
            until = ""
            if mine:
                changed = self.changed(mine[-1].dossier, activity.activity)
                until = mine[-1].until.isoformat() if mine[-1].until < today else ""
                changed += (_LAPSED,) if until else ()
            yield DueAssessment(
                activity=activity,
                grounds=due_grounds(activity, self.register),
                changed=changed,
                key=f"assessment:{activity.activity}:{fingerprint}:{until}",
            )

    def _written(self, version: str, activity: ActivityId) -> dict[str, Tree] | None:
        register = self._register(version)
        found = None if register is None else register.activity_by_id.get(activity)
        return None if register is None or found is None else material_of(found, register)

    def _register(self, version: str) -> Register | None:
        try:
            return self.register.register_of(version).register if version else None
        except UnknownVersionError:
            return None


def due_grounds(activity: ProcessingActivity, register: Desk) -> tuple[str, ...]:
    """Return the grounds that an assessment of an activity has to answer, by the register."""
    due = grounds_of(activity, register.served.register, register.catalogue)
    found = sorted(one.value for one in due)
    is_of_minors = activity.minors_under_14 in {
        MinorsRule.GUARDIAN_CONSENT,
        MinorsRule.OTHER_BASIS,
    }
    return (*found, MINORS) if is_of_minors else tuple(found)


def activities_of(dossier: Dossier) -> tuple[ActivityId, ...]:
    """Return the activities that an assessment is about."""
    said = dossier.value("activities")
    return tuple(map(ActivityId, said)) if isinstance(said, tuple) else ()


@dataclass(frozen=True, slots=True, kw_only=True)
class AssessmentsDue:
    """Opens the assessments that are due.

    Attributes:
        desk: The desk.
        assessing: Tells which are.

    """

    desk: DossierDesk
    assessing: Assessing

    def open(self) -> tuple[DossierId, ...]:
        """Open what is due and nobody assesses yet, a hundred at the most in one go."""
        begun = self.desk.store.every([ASSESSMENT.id], open_only=True)
        still_open = frozenset(row for one in begun for row in activities_of(one))
        today = civil_date(self.desk.clock.now())
        due = self.assessing.due(still_open, today)
        return tuple(
            self.desk.open(ASSESSMENT.id, BEGIN, SERVICE, one.fields(today), key=one.key).dossier.id
            for one in islice(due, _OPENED_AT_ONCE)
        )
