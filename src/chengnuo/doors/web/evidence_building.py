"""What makes evidence files, joined for the service."""

from functools import partial

from chengnuo.doors.web.console_evidence_export import FileMaker
from chengnuo.doors.web.outside import Outside
from chengnuo.usecases.evidence.evidence_file import EvidenceFiles
from chengnuo.usecases.evidence.pack_requests import PackRequests
from chengnuo.usecases.evidence.receipts import Receipts
from chengnuo.usecases.evidence.releasing import EvidenceRequests
from chengnuo.usecases.incident.room import IncidentRoom
from chengnuo.usecases.individual_entry import person_key
from chengnuo.usecases.register_desk import Desk


def receipts_of(outside: Outside, desk: Desk) -> Receipts:
    """Return what makes receipts."""
    return Receipts(
        log=outside.evidence.log,
        payloads=outside.evidence.payloads,
        register_of=desk.register_of,
        catalogue=desk.catalogue,
    )


def file_maker(
    outside: Outside,
    receipts: Receipts,
    incidents: IncidentRoom | None,
    packs: PackRequests | None,
) -> FileMaker:
    """Return what makes evidence files, no-fault files and audit packs, each by four eyes."""
    evidence = outside.evidence
    return FileMaker(
        EvidenceRequests(
            files=EvidenceFiles(
                log=evidence.log,
                prover=evidence.prover,
                receipts=receipts,
                recorder=evidence.recorder,
            ),
            recorder=evidence.recorder,
            enabled_accounts=outside.accounts.enabled_count,
            person=partial(person_key, outside.tokens),
            tokens=outside.tokens,
            clock=outside.clock,
            no_fault=None if incidents is None else incidents.no_fault.of,
            packs=packs,
        )
    )
