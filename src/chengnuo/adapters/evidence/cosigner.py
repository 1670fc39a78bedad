"""The key that this installation cosigns with as a witness, and what it has seen, as files.

DATA/keys/witness.pem       signs cosignatures and nothing else
DATA/evidence/seen/…note    the newest checkpoint cosigned of each log, by the hash of its origin
"""

from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

from chengnuo.adapters.evidence.file_system import FileSystem
from chengnuo.adapters.keys import (
    Ed25519Signer,
    make_key_file,
    new_signing_pem,
    read_signing_key,
)
from chengnuo.base.errors import InvalidInputError
from chengnuo.domain.evidence.checkpoint import SignedCheckpoint
from chengnuo.domain.evidence.cosignature import cosignature, cosigned_message
from chengnuo.domain.evidence.note import COSIGNATURE, Signature, VKey
from chengnuo.ports.evidence_log import LogDamagedError, LogUnavailableError
from chengnuo.ports.witnessing import WitnessKeyMissingError

KEY_FILE = "witness.pem"
SEEN = "seen"


class FileCosigner:
    """`Cosigner` over a key file, made when it is first needed, and never again.

    Of several hosts over one log only one made it; another one is a key that nobody trusts.
    """

    def __init__(self, path: Path, origin: str, *, is_used: bool) -> None:
        """Open the key, or make it.

        Args:
            path: The key file.
            origin: Name of this installation's own log; that of the key follows from it.
            is_used: Whether this log shows that its key as a witness is in use; then none is made,
                and one that is missing is looked for at each use, until it was brought.

        Raises:
            KeyFileError: It cannot be written, is readable by others, or holds something else.

        """
        self._path = path
        self._name = f"{origin}/witness"
        self._signer: Ed25519Signer | None = None
        if not is_used:
            make_key_file(path, new_signing_pem(), [])
        if path.exists():
            self._signer = Ed25519Signer(read_signing_key(path))

    @property
    def vkey(self) -> VKey:
        """See `Cosigner.vkey`."""
        return VKey(
            name=self._name, algorithm=COSIGNATURE, public_key=self._key_in_use().public_key
        )

    def cosign(self, text: str, seconds: int) -> Signature:
        """See `Cosigner.cosign`."""
        signed = self._key_in_use().sign(cosigned_message(text, seconds))
        return cosignature(self.vkey, seconds, signed)

    def _key_in_use(self) -> Ed25519Signer:
        if self._signer is None:
            if not self._path.exists():
                raise WitnessKeyMissingError(self._path.name)
            self._signer = Ed25519Signer(read_signing_key(self._path))
        return self._signer


@dataclass(frozen=True, slots=True)
class FileSeen:
    """`SeenStore` over a folder."""

    folder: Path
    files: FileSystem

    def newest(self, origin: str) -> SignedCheckpoint | None:
        """See `SeenStore.newest`."""
        path = self._path(origin)
        data = self.files.read(path)
        if data is None:
            return None
        try:
            found = SignedCheckpoint.parse(data)
        except InvalidInputError as error:
            raise LogDamagedError(f"{SEEN}/{path.name}", str(error)) from error
        if found.checkpoint.origin != origin:
            raise LogDamagedError(f"{SEEN}/{path.name}", "it is of another log")
        return found

    def keep(self, signed: SignedCheckpoint) -> None:
        """See `SeenStore.keep`."""
        try:
            self.folder.mkdir(parents=True, exist_ok=True, mode=0o700)
            self.files.replace(self._path(signed.checkpoint.origin), signed.text.encode())
        except OSError as error:
            what = error.strerror or "what was seen of another log cannot be written"
            raise LogUnavailableError(what) from error

    def _path(self, origin: str) -> Path:
        return self.folder / f"{sha256(origin.encode()).hexdigest()}.note"
