"""What the command line does with dossiers of a data folder: the use cases joined."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from chengnuo.domain.dossier.party import Party
from chengnuo.ports.documents import DocumentWriter
from chengnuo.usecases.dossier.desk import DossierDesk
from chengnuo.usecases.dossier.safeguarding import Safeguarding
from chengnuo.usecases.dossier.seen import Actor
from chengnuo.usecases.evidence.proving import Prover
from chengnuo.usecases.governance.auditing import Auditing

if TYPE_CHECKING:
    from chengnuo.usecases.governance.audit_packs import AuditPacks

BY_COMMAND = Actor(id="cli", party=Party.AUDITOR)
"""Who looks from the command line: whoever may read the data folder may see what auditors see."""


@dataclass(frozen=True, slots=True, kw_only=True)
class DutyTools:
    """The use cases.

    Attributes:
        desk: The desk of dossiers.
        auditing: Draws up working papers.
        safeguarding: Observes safeguards.
        prover: Proves from the log.
        writers: Write documents, by format.
        packs: Returns what makes audit packs.

    """

    desk: DossierDesk
    auditing: Auditing
    safeguarding: Safeguarding
    prover: Prover
    writers: Mapping[str, DocumentWriter]
    packs: "Callable[[], AuditPacks]"
