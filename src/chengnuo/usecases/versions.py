"""Keeping register versions: signed when they enter, checked when they are read.

What is signed is a message of one kind only (`chengnuo register v1`), so that a signature over
a register version can never be passed off as one over anything else.
"""

from dataclasses import dataclass

from chengnuo.base.digest import Digest, sha256_hex
from chengnuo.ports.clock import Clock
from chengnuo.ports.secrets import Signer
from chengnuo.ports.versions import ArchiveDamagedError, RegisterVersion, VersionArchive


def register_message(version: Digest) -> bytes:
    r"""Return the message that is signed for a version.

    >>> register_message(Digest("ab" * 32))[:28]
    b'chengnuo register v1\nabababa'

    """
    return b"chengnuo register v1\n" + version.encode("ascii")


@dataclass(frozen=True, slots=True, kw_only=True)
class Versions:
    """The use cases around kept versions."""

    archive: VersionArchive
    signer: Signer
    clock: Clock

    def keep(self, data: bytes, *, by: str, note: str = "") -> RegisterVersion:
        """Keep a register's canonical JSON; if it is kept already, return what stands.

        Args:
            data: Canonical JSON of a register.
            by: An account id, `cli` or `service`.
            note: A line about the change; may be empty.

        Raises:
            ArchiveDamagedError: It is kept already, and its signature is not what was kept.

        """
        kept = self.archive.add(
            data,
            signature=self.signer.sign(register_message(sha256_hex(data))),
            public_key=self.signer.public_key,
            at=self.clock.now(),
            by=by,
            note=note,
        )
        return self._checked(kept)

    def all(self) -> tuple[RegisterVersion, ...]:
        """Return all versions, newest first.

        Raises:
            ArchiveDamagedError: A version's bytes or signature are not what was kept.

        """
        return tuple(self._checked(version) for version in self.archive.versions())

    def one(self, id_or_prefix: str) -> RegisterVersion:
        """Return one version by id or by at least 7 of its first digits.

        Raises:
            UnknownVersionError: There is none, or more than one.
            ArchiveDamagedError: Its bytes or signature are not what was kept.

        """
        return self._checked(self.archive.version(id_or_prefix))

    def latest(self) -> RegisterVersion | None:
        """Return the version kept last, or None.

        Raises:
            ArchiveDamagedError: Its bytes or signature are not what was kept.

        """
        newest = self.archive.latest()
        return None if newest is None else self._checked(newest)

    def _checked(self, version: RegisterVersion) -> RegisterVersion:
        message = register_message(version.id)
        if not self.signer.is_signature(version.signature, message, public_key=version.public_key):
            raise ArchiveDamagedError(version.id, "signature")
        return version
