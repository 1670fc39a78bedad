"""Reading logs of behaviour: what they show alone, or beside the inspection of a package."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from chengnuo.base.digest import sha256_hex
from chengnuo.domain.inspection.owners import own_packages
from chengnuo.domain.inspection.runs.gathering import Gathering
from chengnuo.domain.inspection.runs.raising import with_runs
from chengnuo.domain.observation.inspection import Inspection, PackageFacts, PackageKind
from chengnuo.domain.observation.knowledge import Knowledge
from chengnuo.domain.observation.observation import OWN
from chengnuo.domain.observation.run import LogRead, RunsSeen
from chengnuo.domain.observation.runtime_event import LogForm
from chengnuo.domain.observation.text_knowledge import TextKnowledge
from chengnuo.ports.behaviour_logs import BehaviourLogs

MOST_LOST = 20
"""Parts that could not be read and are named for each log; the others are counted."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RunFiles:
    """Logs of one app.

    Attributes:
        paths: The files.
        form: Their format; None to tell it by the content of each.
        consent_at: When the tester agreed, microseconds since 1970; None where a marker in the
            log says so, or nothing does.

    """

    paths: Sequence[Path]
    form: LogForm | None = None
    consent_at: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Behaviours:
    """The use cases on logs of behaviour.

    Attributes:
        logs: Reads logs.
        knowledge: Catalogues of calls, kits and hosts.
        texts: Kinds of personal information in text.

    """

    logs: BehaviourLogs
    knowledge: Knowledge
    texts: TextKnowledge

    def read(self, files: RunFiles, *, app_id: str = "", own: tuple[str, ...] = ()) -> RunsSeen:
        """Return what logs show.

        Args:
            files: The logs.
            app_id: The app's package name, or empty where it is not known.
            own: Packages of the app's own code; by its name alone if none.

        Raises:
            NotABehaviourLogError: A file is none.

        """
        gathering = Gathering(
            knowledge=self.knowledge,
            texts=self.texts,
            own=own or own_packages(app_id, (), (), self.knowledge.sdks),
            app_id=app_id,
            consent_at=files.consent_at,
        )
        read: list[LogRead] = []
        for path in files.paths:
            log = self.logs.opened(path, files.form)
            events = gathering.take(log)
            read.append(
                LogRead(
                    name=log.name,
                    sha256=log.sha256,
                    size=log.size,
                    form=log.form,
                    events=events,
                    lost=tuple(log.lost[:MOST_LOST]),
                    lost_count=len(log.lost),
                )
            )
        return RunsSeen(
            logs=tuple(read), observations=gathering.observations(), left_out=gathering.left_out
        )

    def beside(self, inspection: Inspection, files: RunFiles) -> tuple[Inspection, RunsSeen]:
        """Return an inspection of a package with what logs of the app show, and what that is.

        Raises:
            NotABehaviourLogError: A file is none.

        """
        facts = inspection.package
        classes = [one.place.class_name for one in inspection.observations if one.owner == OWN]
        starts, parts = facts.launchers, [one for one in classes if one]
        own = own_packages(facts.app_id, starts, parts, self.knowledge.sdks)
        runs = self.read(files, app_id=facts.app_id, own=own)
        return with_runs(inspection, runs.observations), runs

    def alone(self, runs: RunsSeen, app_id: str) -> Inspection:
        """Return what logs show as an inspection, so that it can be held against a register."""
        digests = "".join(one.sha256 for one in runs.logs)
        return Inspection(
            package=PackageFacts(
                kind=PackageKind.LOGS,
                sha256=sha256_hex(digests.encode()),
                size=sum(one.size for one in runs.logs),
                app_id=app_id,
                files=len(runs.logs),
                methods=0,
            ),
            observations=runs.observations,
            sdks=(),
            knowledge=str(self.knowledge.version),
        )
