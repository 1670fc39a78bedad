"""The log's keys as files: private ones below `keys/`, the public list in `log.json`.

The public list is the truth; it is put in place whole, after the private key that it names is on
disk and before one that it no longer needs is destroyed. So a crash leaves at worst a private key
that nobody has seen used: a new one is then taken up, a retired one destroyed by the next opening.
Another process may rotate: the list is looked at again for every note.
"""

from pathlib import Path

from chengnuo.adapters.evidence.file_system import FileSystem
from chengnuo.adapters.keys import (
    Ed25519Signer,
    KeyFileError,
    make_key_file,
    new_signing_pem,
    read_signing_key,
)
from chengnuo.domain.evidence.dsse import signed_bytes
from chengnuo.domain.evidence.log_keys import (
    LogKey,
    LogKeys,
    LogKeysMalformedError,
    endorsement_message,
)
from chengnuo.domain.evidence.note import Note, Signature, VKey, VKeyMalformedError, is_key_name
from chengnuo.ports.checkpoint_signing import (
    KeysOverlapError,
    LogKeyMissingError,
    LogOriginError,
    NoKeyToRetireError,
)
from chengnuo.ports.evidence_log import LogDamagedError, NoLogError

LOG_JSON = "log.json"


class FileLogSigner:
    """`LogSigner` over key files."""

    def __init__(self, keys: Path, public: Path, files: FileSystem) -> None:
        """Open the keys of a log that there is.

        Args:
            keys: Folder of the private keys.
            public: Folder of `log.json`.
            files: How `log.json` is read and replaced.

        Raises:
            NoLogError: There is no `log.json`.
            LogDamagedError: It is not a list of keys.
            LogKeyMissingError: A private key in force is not there, or is another.
            KeyFileError: A key file is readable by others, or holds something else.

        """
        self._folder = keys
        self._public = public
        self._files = files
        self._signers: dict[VKey, Ed25519Signer] = {}
        listed = self.keys()
        for number, key in enumerate(listed.keys, start=1):
            if key.until is None:
                self._signer(number, key.vkey)
            else:
                self._path(number).unlink(missing_ok=True)

    @classmethod
    def create(cls, keys: Path, public: Path, files: FileSystem, *, origin: str) -> "FileLogSigner":
        """Make the first key of a log unless there is one, and open it.

        Args:
            keys: Folder of the private keys.
            public: Folder of `log.json`.
            files: How `log.json` is read and replaced.
            origin: Name of the log, and of its keys.

        Raises:
            VKeyMalformedError: The name cannot be that of a key.
            LogOriginError: There is a log of another name.
            KeyFileError: A key cannot be written or read.

        """
        if not is_key_name(origin):
            raise VKeyMalformedError("its name is empty or holds what no key name may hold")
        if files.read(public / LOG_JSON) is None:
            first = LogKey(
                vkey=_new_key(keys / _file_name(1), origin), since=0, until=None, endorsement=None
            )
            _write(files, public, LogKeys(origin=origin, keys=(first,)))
        found = cls(keys, public, files)
        if found.keys().origin != origin:
            raise LogOriginError(found.keys().origin, origin)
        return found

    @property
    def vkeys(self) -> tuple[VKey, ...]:
        """See `LogSigner.vkeys`."""
        return tuple(key.vkey for key in self.keys().in_force)

    def keys(self) -> LogKeys:
        """See `LogSigner.keys`."""
        return read_log_keys(self._files, self._public)

    def sign_note(self, text: str) -> str:
        """See `LogSigner.sign_note`."""
        message = text.encode()
        lines = [
            Signature(name=vkey.name, key_id=vkey.id, blob=signer.sign(message))
            for vkey, signer in self._in_force(self.keys())
        ]
        return Note(text=text, signatures=tuple(lines)).written

    def sign_statement(self, payload: bytes) -> tuple[VKey, bytes]:
        """See `LogSigner.sign_statement`."""
        vkey, signer = self._in_force(self.keys())[0]
        return vkey, signer.sign(signed_bytes(payload))

    def sign_by_all(self, payload: bytes) -> tuple[tuple[VKey, bytes], ...]:
        """See `LogSigner.sign_by_all`."""
        message = signed_bytes(payload)
        return tuple((vkey, signer.sign(message)) for vkey, signer in self._in_force(self.keys()))

    def rotate(self, size: int) -> tuple[VKey, VKey]:
        """See `LogSigner.rotate`."""
        keys = self.keys()
        if len(keys.in_force) > 1:
            raise KeysOverlapError(keys.origin)
        [(old, signer)] = self._in_force(keys)
        new = _new_key(self._path(len(keys.keys) + 1), keys.origin)
        following = LogKey(
            vkey=new,
            since=size,
            until=None,
            endorsement=signer.sign(endorsement_message(keys.origin, new)),
        )
        _write(self._files, self._public, LogKeys(origin=keys.origin, keys=(*keys.keys, following)))
        return old, new

    def retire(self, size: int) -> VKey:
        """See `LogSigner.retire`."""
        keys = self.keys()
        if len(keys.in_force) == 1:
            raise NoKeyToRetireError(keys.origin)
        old = keys.in_force[0]
        number = keys.keys.index(old)
        retired = LogKey(vkey=old.vkey, since=old.since, until=size, endorsement=old.endorsement)
        listed = (*keys.keys[:number], retired, *keys.keys[number + 1 :])
        _write(self._files, self._public, LogKeys(origin=keys.origin, keys=listed))
        self._path(number + 1).unlink(missing_ok=True)
        self._signers.pop(old.vkey, None)
        return old.vkey

    def _in_force(self, keys: LogKeys) -> list[tuple[VKey, Ed25519Signer]]:
        return [
            (key.vkey, self._signer(number, key.vkey))
            for number, key in enumerate(keys.keys, start=1)
            if key.until is None
        ]

    def _signer(self, number: int, vkey: VKey) -> Ed25519Signer:
        found = self._signers.get(vkey)
        if found is None:
            path = self._path(number)
            if not path.exists():
                raise LogKeyMissingError(path.name, vkey)
            found = Ed25519Signer(read_signing_key(path))
            if found.public_key != vkey.public_key:
                raise LogKeyMissingError(path.name, vkey)
            self._signers[vkey] = found
        return found

    def _path(self, number: int) -> Path:
        return self._folder / _file_name(number)


def read_log_keys(files: FileSystem, public: Path) -> LogKeys:
    """Return the keys that `log.json` in a folder lists.

    Raises:
        NoLogError: There is no such file.
        LogDamagedError: It is not a list of keys.

    """
    data = files.read(public / LOG_JSON)
    if data is None:
        raise NoLogError(public.name)
    try:
        return LogKeys.parse(data)
    except LogKeysMalformedError as error:
        raise LogDamagedError(LOG_JSON, error.what) from error


def _write(files: FileSystem, public: Path, keys: LogKeys) -> None:
    keys.check()
    files.replace(public / LOG_JSON, keys.text().encode())


def _new_key(path: Path, origin: str) -> VKey:
    try:
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    except OSError as error:
        raise KeyFileError(path.parent, "the folder cannot be made") from error
    make_key_file(path, new_signing_pem(), [])
    return VKey(name=origin, public_key=Ed25519Signer(read_signing_key(path)).public_key)


def _file_name(number: int) -> str:
    return f"evidence-{number}.pem"
