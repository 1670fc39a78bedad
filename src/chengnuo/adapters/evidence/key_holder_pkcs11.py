"""A key holder that is a PKCS #11 token: a hardware security module, a card, or SoftHSM.

The epoch keys are AES-256 objects of the token, sensitive and not extractable, labelled
`chengnuo-epoch-<n>`; wrapping is C_Encrypt with AES-GCM (PKCS #11 v2.40, CKM_AES_GCM). What
destroying an object leaves is up to the token. Needs the extra `pkcs11`.
"""

import os
import re
from collections.abc import Generator, Sequence
from contextlib import contextmanager
from threading import Lock
from typing import Protocol, cast

import pkcs11
from pkcs11 import Attribute, GCMParams, KeyType, Mechanism, ObjectClass, PKCS11Error

from chengnuo.adapters.evidence.key_wrapping import KEY_BYTES, NONCE_BYTES, WRAPPED_BYTES
from chengnuo.ports.evidence_keys import KeyHolderError, MasterKeyError, WrappedKeyError

_PREFIX = "chengnuo-epoch-"
_TAG_BITS = 128
_WANTED = {
    Attribute.CLASS: ObjectClass.SECRET_KEY,
    Attribute.KEY_TYPE: KeyType.AES,
    Attribute.TOKEN: True,
}
_REFUSED = (pkcs11.PinIncorrect, pkcs11.PinInvalid, pkcs11.PinLenRange, pkcs11.PinLocked)


class _TokenKey(Protocol):
    """What the library's key objects can do; it adds that when they are found."""

    label: str | None

    def encrypt(self, data: bytes, *, mechanism: Mechanism, mechanism_param: GCMParams) -> bytes:
        """C_Encrypt."""
        ...

    def decrypt(self, data: bytes, *, mechanism: Mechanism, mechanism_param: GCMParams) -> bytes:
        """C_Decrypt."""
        ...

    def destroy(self) -> None:
        """C_DestroyObject."""
        ...


class Pkcs11KeyHolder:
    """`KeyHolder` over a token: one session, used by one thread at a time.

    A process logs in to a token once, so it has one such holder for each token.
    """

    def __init__(self, library: str, *, token: str, pin: str, prefix: str = _PREFIX) -> None:
        """Log in to a token.

        Args:
            library: The vendor's PKCS #11 library.
            token: Label of the token.
            pin: PIN of the token's normal account.
            prefix: What the labels of our keys begin with; a second key database on the same
                token needs another.

        Raises:
            MasterKeyError: The token refuses the PIN.
            KeyHolderError: Library or token is not there, or it cannot do AES-GCM.

        """
        self._token = token
        self._label = re.compile(re.escape(prefix) + r"([0-9]{1,15})")
        self._prefix = prefix
        self._lock = Lock()
        self._keys: dict[int, _TokenKey] = {}
        with _our_errors():
            found = pkcs11.lib(library).get_token(token_label=token)
            if Mechanism.AES_GCM not in found.slot.get_mechanisms():
                raise KeyHolderError(f"token `{token}` cannot do AES-GCM")
            self._session = found.open(rw=True, user_pin=pin)

    @property
    def place(self) -> str:
        """See `KeyHolder.place`."""
        return f"token {self._token}"

    @property
    def in_data_folder(self) -> bool:
        """See `KeyHolder.in_data_folder`."""
        return False

    @property
    def forgets(self) -> bool:
        """See `KeyHolder.forgets`: keys never leave the token."""
        return True

    def epochs(self) -> tuple[int, ...]:
        """See `KeyHolder.epochs`."""
        with self._lock, _our_errors():
            return tuple(sorted(self._found()))

    def make(self, epoch: int) -> None:
        """See `KeyHolder.make`.

        A token cannot make a key only if there is none, so another process may have made one of
        the epoch in the meantime. Then neither of two that find that out keeps its own, and nothing
        was wrapped under either; whoever comes next makes one.
        """
        with self._lock, _our_errors():
            if epoch in self._found():
                return
            label = f"{self._prefix}{epoch}"
            made = self._session.generate_key(
                KeyType.AES,
                KEY_BYTES * 8,
                label=label,
                store=True,
                template={
                    Attribute.PRIVATE: True,
                    Attribute.SENSITIVE: True,
                    Attribute.EXTRACTABLE: False,
                    Attribute.ENCRYPT: True,
                    Attribute.DECRYPT: True,
                },
            )
            if len(list(self._session.get_objects(_WANTED | {Attribute.LABEL: label}))) > 1:
                made.destroy()
                raise KeyHolderError(f"another process made the key of epoch {epoch}, too")

    def wrap(self, epoch: int, keys: Sequence[tuple[bytes, bytes]]) -> list[bytes]:
        """See `KeyHolder.wrap`."""
        with self._lock, _our_errors():
            key = self._key(epoch)
            return [
                _sealed(key, os.urandom(NONCE_BYTES), plain, context) for plain, context in keys
            ]

    def unwrap(self, epoch: int, wrapped: Sequence[tuple[bytes, bytes]]) -> list[bytes]:
        """See `KeyHolder.unwrap`."""
        with self._lock, _our_errors():
            key = self._key(epoch)
            return [_opened(key, sealed, context) for sealed, context in wrapped]

    def destroy(self, epoch: int) -> None:
        """See `KeyHolder.destroy`."""
        with self._lock, _our_errors():
            key = self._found().get(epoch)
            self._keys.pop(epoch, None)
            if key is not None:
                key.destroy()

    def close(self) -> None:
        """Log out."""
        with self._lock, _our_errors():
            self._session.close()

    def _key(self, epoch: int) -> _TokenKey:
        # Finding an object costs more than using it.
        if epoch not in self._keys:
            self._keys = self._found()
        if epoch not in self._keys:
            raise KeyHolderError(f"there is no key of epoch {epoch}")
        return self._keys[epoch]

    def _found(self) -> dict[int, _TokenKey]:
        keys: dict[int, _TokenKey] = {}
        for found in list(self._session.get_objects(_WANTED)):
            key = cast("_TokenKey", found)
            match = self._label.fullmatch(key.label or "")
            if match is None:
                continue
            if int(match[1]) in keys:
                raise MasterKeyError(f"token `{self._token}` has two keys `{key.label}`")
            keys[int(match[1])] = key
        return keys


def _sealed(key: _TokenKey, nonce: bytes, plain: bytes, context: bytes) -> bytes:
    params = GCMParams(nonce, context, _TAG_BITS)
    return nonce + key.encrypt(plain, mechanism=Mechanism.AES_GCM, mechanism_param=params)


def _opened(key: _TokenKey, sealed: bytes, context: bytes) -> bytes:
    if len(sealed) != WRAPPED_BYTES:
        raise WrappedKeyError(f"it has {len(sealed)} bytes; expected {WRAPPED_BYTES}")
    params = GCMParams(sealed[:NONCE_BYTES], context, _TAG_BITS)
    try:
        return key.decrypt(
            sealed[NONCE_BYTES:], mechanism=Mechanism.AES_GCM, mechanism_param=params
        )
    except PKCS11Error as error:
        # Tokens name a tag that does not fit in different ways, SoftHSM as a general error. So the
        # key is tried: one that still seals is well, and the fault is in what it was to open.
        _sealed(key, os.urandom(NONCE_BYTES), bytes(KEY_BYTES), b"probe")
        raise WrappedKeyError("it was changed, or belongs to another epoch key") from error


@contextmanager
def _our_errors() -> Generator[None]:
    try:
        yield
    except _REFUSED as error:
        raise MasterKeyError("the token refuses the PIN") from error
    except PKCS11Error as error:
        raise KeyHolderError(f"the token does not answer: {type(error).__name__}") from error
