"""Audit packs of a data folder: recorded where the log can be written, else beside whoever does."""

from pathlib import Path

from chengnuo.adapters.data_folder import DataFolder
from chengnuo.adapters.documents.publication_set import document_writers
from chengnuo.adapters.evidence.opening import OpenedToRead, OpenedToWrite, open_signer
from chengnuo.adapters.pack_folder import pack_folder
from chengnuo.adapters.release_folder import ReleaseFolder
from chengnuo.adapters.statement_folder import StatementFolder
from chengnuo.doors.settings import ServeSettings
from chengnuo.usecases.evidence.proving import Prover
from chengnuo.usecases.governance.audit_packs import AuditPacks
from chengnuo.usecases.governance.auditing import Auditing
from chengnuo.usecases.governance.pack_sources import PackSources
from chengnuo.wiring.evidence import place_of
from chengnuo.wiring.pack_checks import program


def audit_packs_of(
    settings: ServeSettings,
    opened: OpenedToRead | OpenedToWrite,
    data: DataFolder,
    auditing: Auditing,
) -> AuditPacks:
    """Return what makes audit packs.

    Args:
        settings: Settings of the service.
        opened: The log; where it can be written, packs are recorded.
        data: The data folder.
        auditing: Draws up working papers, over the same log and folder.

    """
    recorder, folder = auditing.desk.recorder, Path(settings.data)
    writing = isinstance(opened, OpenedToWrite)
    limit = settings.release_limit_bytes
    return AuditPacks(
        sources=PackSources(
            auditing=auditing,
            register=auditing.register,
            log=recorder.log,
            prover=Prover(log=recorder.log, payloads=recorder.payloads),
            stamps=opened.stamps,
            rights=data.rights,
            releases=data.releases,
            kits=data.kits,
            papers=ReleaseFolder(root=folder / "releases", limit_bytes=limit),
            kit_papers=ReleaseFolder(root=folder / "kits", limit_bytes=limit),
            statements=StatementFolder(folder / "statements"),
            controls=data.controls,
            signer=opened.signer
            if isinstance(opened, OpenedToWrite)
            else open_signer(place_of(settings)),
            writers={one.format: one for one in document_writers()},
            program=program(),
            recorder=recorder if writing else None,
        ),
        shelf=pack_folder,
    )
