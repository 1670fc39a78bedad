"""Audit packs that are asked for from a running service: made onto disk, found after a restart."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from chengnuo.ports.accounts import AccountId
from chengnuo.ports.pack_shelf import KeptPack, KeptPacks
from chengnuo.usecases.evidence.evidence_file import Asking
from chengnuo.usecases.evidence.evidence_window import Window
from chengnuo.usecases.evidence.file_requests import (
    FileRequest,
    MakesPack,
    Stage,
)


@dataclass(frozen=True, slots=True)
class PackRequests:
    """Makes the pack of a request, and keeps it.

    Attributes:
        makes: Makes packs.
        kept: Keeps them.

    """

    makes: MakesPack
    kept: KeptPacks

    def made(self, request: FileRequest, asking: Asking, at: datetime) -> KeptPack:
        """Return the pack of a request, made and kept.

        Raises:
            AuditPeriodError: The period is too long.
            NoSuchRecordError: The log has no record yet.
            DocumentNotMadeError: A file could not be made just now.
            PackNotWrittenError: The disk refused.
            LogUnavailableError: It could not be recorded; nothing is handed out.

        """
        path = self.kept.coming(request.id)
        pack = KeptPack(
            id=request.id,
            file=self.makes(request.window, asking, path),
            path=path,
            start=request.window.start,
            end=request.window.end,
            by=request.by,
            reason=request.reason,
            reviewed_by=request.reviewed_by or "",
            single_person=request.single_person,
            asked_at=request.asked_at,
            made_at=at,
        )
        self.kept.keep(pack)
        return pack

    def is_broken(self, request: FileRequest) -> bool:
        """Tell whether the pack of a request is on disk no more, or not as it was made."""
        return isinstance(request.file, KeptPack) and not self.kept.is_whole(request.file)

    def found(self) -> Iterator[FileRequest]:
        """Yield the requests whose packs are on disk, the oldest first."""
        for one in self.kept.all():
            yield FileRequest(
                id=one.id,
                person=None,
                account="",
                duty="",
                audit_pack=True,
                window=Window(start=one.start, end=one.end),
                reason=one.reason,
                by=AccountId(one.by),
                single_person=one.single_person,
                asked_at=one.asked_at,
                stage=Stage.READY,
                changed_at=one.made_at,
                reviewed_by=AccountId(one.reviewed_by) if one.reviewed_by else None,
                file=one,
            )
