"""Recording acts: all kinds by one way, held to their schemas, as strictly as the kind says."""

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from chengnuo.base.canonical import Tree
from chengnuo.domain.evidence.kinds import RULES, Kind
from chengnuo.domain.evidence.leaf import open_tag
from chengnuo.domain.evidence.schemas import payload_bytes
from chengnuo.ports.accounts import Account, AccountEvent
from chengnuo.ports.evidence_log import Appended, Draft, EvidenceLog, Position
from chengnuo.ports.evidence_payloads import Payloads
from chengnuo.ports.individuals import PersonKey
from chengnuo.ports.versions import RegisterVersion


@dataclass(frozen=True, slots=True, kw_only=True)
class Rows:
    """The rows of the register that a record speaks of; empty where it speaks of none."""

    activity: str = ""
    item: str = ""
    recipient: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class InForce:
    """What was in force when something happened: versions of register and law."""

    register: str
    law: str


NO_ROWS = Rows()


@dataclass(frozen=True, slots=True, kw_only=True)
class Recorder:
    """Records what happens.

    Attributes:
        log: Where.
        payloads: For looking at what was recorded last.
        in_force: Tells the versions of register and law at the moment.

    """

    log: EvidenceLog
    payloads: Payloads
    in_force: Callable[[], InForce]

    def draft(
        self,
        kind: Kind,
        values: Mapping[str, Tree],
        *,
        person: PersonKey | None = None,
        also: PersonKey | None = None,
        rows: Rows = NO_ROWS,
    ) -> Draft:
        """Return a record ready to be appended.

        Raises:
            PayloadRefusedError: The values are not what the kind says.

        """
        versions = self.in_force()
        return Draft(
            kind=kind,
            payload=payload_bytes(kind, values, personal=person is not None),
            person=person,
            also=also,
            activity=rows.activity,
            item=rows.item,
            recipient=rows.recipient,
            register=versions.register,
            law=versions.law,
        )

    def record(
        self,
        kind: Kind,
        values: Mapping[str, Tree],
        *,
        person: PersonKey | None = None,
        rows: Rows = NO_ROWS,
    ) -> Appended | None:
        """Record one act: durable on return if its kind is strict, else queued.

        Raises:
            PayloadRefusedError: The values are not what the kind says.
            LogBusyError: The queue stayed full; nothing was recorded.
            LogUnavailableError: The disk refused; nothing was recorded.

        """
        drafts = [self.draft(kind, values, person=person, rows=rows)]
        if RULES[kind].strict:
            return self.log.append(drafts)
        self.log.enqueue(drafts)
        return None

    def register_in_force(self, version: RegisterVersion) -> None:
        """Record that a register version is in force, unless it is the one recorded last."""
        newest = self._newest(Kind.REGISTER_PUBLISHED)
        if newest is not None and newest.get("version") == version.id:
            return
        values: dict[str, Tree] = {
            "version": version.id,
            "position": version.position,
            "by": version.by,
        }
        if version.note:
            values["note"] = version.note
        self.record(Kind.REGISTER_PUBLISHED, values)

    def published(
        self, version: str, files: Sequence[tuple[str, str]], *, by: str, single_person: bool
    ) -> None:
        """Record that lists and rules were published, unless the same was recorded last.

        Args:
            version: Version of the register they were made from.
            files: Name and SHA-256 of each.
            by: An account id, `cli` or `service`.
            single_person: Nobody reviewed it.

        """
        values: dict[str, Tree] = {
            "version": version,
            "files": [{"name": name, "sha256": digest} for name, digest in files],
            "by": by,
            "single_person": single_person,
        }
        newest = self._newest(Kind.PUBLICATION)
        if newest is None or newest.get("files") != values["files"]:
            self.record(Kind.PUBLICATION, values)

    def act(self, event: AccountEvent) -> None:
        """See `StaffActs.act`."""
        values: dict[str, Tree] = {
            "what": event.act,
            "by": event.actor or "cli",
            "single_person": event.single_person,
        }
        if event.account is not None:
            values["account"] = event.account
        if event.detail:
            values["detail"] = event.detail
        self.record(Kind.CONFIGURATION, values)

    def signed_in(self, account: Account, at: datetime) -> None:
        """See `StaffActs.signed_in`."""
        del at  # the log stamps its own instant
        self.record(
            Kind.STAFF_SIGN_IN,
            {"act": "signed-in", "account": account.id, "role": account.role.value},
        )

    def _newest(self, kind: Kind) -> Mapping[str, Tree] | None:
        """Return the payload of the newest record of a kind that concerns nobody, or None."""
        checkpoint = self.log.checkpoint()
        if checkpoint is None:
            return None
        tag = open_tag(kind)
        _, found = self.log.head(tag)
        if found.end is None or found.end.key != tag:
            return None
        opened = self.payloads.opened(self.log.record(Position(found.end.position)))
        if opened.payload is None:
            return None
        values: Mapping[str, Tree] = json.loads(opened.payload)
        return values
