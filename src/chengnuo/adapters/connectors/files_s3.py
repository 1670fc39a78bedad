"""A bucket that speaks S3 as a place of files (boto3, the extra `s3`).

Keys come from the environment, as boto3 reads them; never from the connection. A removed or
replaced object goes with all its versions where the bucket keeps any: a delete marker alone would
leave what was to be erased. A replacement is put only over the version that was read.
"""

import tempfile
from collections.abc import Generator, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from datetime import datetime
from typing import BinaryIO, cast
from urllib.parse import parse_qs, urlsplit

import boto3  # type: ignore[import-untyped]  # ships no types
from botocore.config import Config  # type: ignore[import-untyped]  # as above
from botocore.exceptions import (  # type: ignore[import-untyped]  # as above
    BotoCoreError,
    ClientError,
)

from chengnuo.adapters.connectors.files_places import (
    Found,
    PlaceError,
    PlaceRefusedError,
    is_safe,
)

_TIMEOUT_S = 20
_IN_MEMORY = 8 * 1024 * 1024
_CHUNK = 1024 * 1024
_MOST_BYTES = 5 * 1000**3
"""The largest object that one conditional request can put."""
_AT_ONCE = 1_000
_GONE = frozenset({"404", "NoSuchKey", "NotFound"})
_REFUSED = frozenset({"403", "AccessDenied", "InvalidRequest", "MethodNotAllowed"})
_OTHER_VERSION = frozenset({"412", "PreconditionFailed", "409", "ConditionalRequestConflict"})


@dataclass(frozen=True, slots=True, kw_only=True)
class _Version:
    """One version of an object, or a delete marker."""

    id: str
    size: int
    modified_at: datetime
    tag: str


class Bucket:
    """`Place` over a bucket, below a prefix."""

    def __init__(self, address: str) -> None:
        """Open a bucket.

        Args:
            address: `s3://bucket/prefix?endpoint=https://…&region=…`; both of the query may lack.

        Raises:
            PlaceError: The address names no bucket, or the bucket does not answer.

        """
        parts = urlsplit(address)
        query = parse_qs(parts.query)
        if not parts.hostname or parts.username or set(query) - {"endpoint", "region"}:
            raise PlaceError("expected `s3://bucket/prefix?endpoint=…&region=…`, without keys")
        self._bucket = parts.hostname
        self._prefix = f"{parts.path.strip('/')}/" if parts.path.strip("/") else ""
        with _our_errors():
            self._client = boto3.client(
                "s3",
                endpoint_url=query.get("endpoint", [None])[0],
                region_name=query.get("region", [None])[0],
                config=Config(
                    connect_timeout=_TIMEOUT_S, read_timeout=_TIMEOUT_S, retries={"max_attempts": 3}
                ),
            )
            found = self._client.get_bucket_versioning(Bucket=self._bucket)
        self._has_versions = "Status" in found  # suspended: those of before are still there

    def names(self, under: str) -> Iterator[str]:
        """See `Place.names`; in the order of their bytes."""
        start = f"{self._prefix}{under}/" if under else self._prefix
        with _our_errors():
            pages = self._client.get_paginator("list_objects_v2").paginate(
                Bucket=self._bucket, Prefix=start
            )
            for page in pages:
                for one in page.get("Contents", ()):
                    if one["Key"].endswith("/"):  # a "folder" that a console made
                        continue
                    name = one["Key"][len(self._prefix) :]
                    if not is_safe(name):
                        raise PlaceError("an object has a name that could mean another one")
                    yield name

    def has(self, name: str) -> bool:
        """See `Place.has`; earlier versions of what was deleted are not listed."""
        try:
            with _our_errors():
                self._client.head_object(Bucket=self._bucket, Key=self._prefix + name)
        except FileNotFoundError:
            return False
        return True

    def find(self, name: str) -> Found | None:
        """See `Place.find`."""
        try:
            with _our_errors():
                head = self._client.head_object(Bucket=self._bucket, Key=self._prefix + name)
        except FileNotFoundError:
            earlier = next(self._versions(name), None)
            if earlier is None:
                return None
            return Found(size=earlier.size, modified_at=earlier.modified_at, version=earlier.tag)
        return Found(
            size=head["ContentLength"], modified_at=head["LastModified"], version=head["ETag"]
        )

    @contextmanager
    def open(self, name: str) -> Iterator[tuple[BinaryIO, str]]:
        """See `Place.open`; the object is copied here, into a file without a name."""
        wanted = {"Bucket": self._bucket, "Key": self._prefix + name}
        with tempfile.SpooledTemporaryFile(_IN_MEMORY) as file:
            try:
                with _our_errors():
                    answer = self._client.get_object(**wanted)
            except FileNotFoundError as error:
                earlier = next(self._versions(name), None)
                if earlier is None:
                    raise PlaceError("a file is gone") from error
                with _our_errors(), _still_there():
                    answer = self._client.get_object(**wanted, VersionId=earlier.id)
            with _our_errors(), closing(answer["Body"]) as body:
                for chunk in body.iter_chunks(_CHUNK):
                    file.write(chunk)
            file.seek(0)
            yield cast("BinaryIO", file), answer["ETag"]

    @contextmanager
    def changing(self, under: tuple[str, ...]) -> Iterator[None]:
        """See `Place.changing`; nothing is left beside, and each put says what it replaces."""
        del under
        yield

    def draft(self, name: str, version: str) -> "_BucketDraft":
        """See `Place.draft`."""
        return _BucketDraft(self, name, version)

    def replace(self, name: str, version: str, file: BinaryIO) -> None:
        """Put a file over a version, then remove what came before it.

        Raises:
            PlaceError: The bucket does not answer.
            PlaceRefusedError: The bucket holds another version by now, or lets nobody write.

        """
        key = self._prefix + name
        with _our_errors(), _still_there():
            head = self._client.head_object(Bucket=self._bucket, Key=key)
            kept = {
                field: head[field]
                for field in ("ContentType", "ContentEncoding", "CacheControl", "Metadata")
                if field in head
            }
            put = self._client.put_object(
                Bucket=self._bucket, Key=key, Body=file, IfMatch=version, **kept
            )
        self._drop_versions(name, keep=put.get("VersionId"))

    def delete(self, name: str) -> bool:
        """See `Place.delete`."""
        if self.find(name) is None:
            return False
        if self._has_versions:
            self._drop_versions(name, keep=None)
        else:
            with _our_errors():
                self._client.delete_object(Bucket=self._bucket, Key=self._prefix + name)
        return True

    def close(self) -> None:
        """See `Place.close`."""
        self._client.close()

    def _versions(self, name: str, *, markers: bool = False) -> Iterator[_Version]:
        """Yield what is kept of one object, the newest first."""
        if not self._has_versions:
            return
        key = self._prefix + name
        with _our_errors():
            pages = self._client.get_paginator("list_object_versions").paginate(
                Bucket=self._bucket, Prefix=key
            )
            for page in pages:
                found = [*page.get("Versions", ())]
                found += page.get("DeleteMarkers", ()) if markers else ()
                for one in found:
                    if one["Key"] == key:
                        yield _Version(
                            id=one["VersionId"],
                            size=one.get("Size", 0),
                            modified_at=one["LastModified"],
                            tag=one.get("ETag", ""),
                        )
                # Names come in order; whatever begins with this one comes after it.
                if any(one["Key"] != key for one in found):
                    return

    def _drop_versions(self, name: str, *, keep: str | None) -> None:
        ids = [one.id for one in self._versions(name, markers=True)]
        doomed = [{"Key": self._prefix + name, "VersionId": one} for one in ids if one != keep]
        for start in range(0, len(doomed), _AT_ONCE):
            with _our_errors():
                answer = self._client.delete_objects(
                    Bucket=self._bucket,
                    Delete={"Objects": doomed[start : start + _AT_ONCE], "Quiet": True},
                )
            if answer.get("Errors"):
                raise PlaceRefusedError("the bucket keeps an earlier version of a file")


class _BucketDraft:
    """`Draft` of an object: a file here until it is put."""

    def __init__(self, bucket: Bucket, name: str, version: str) -> None:
        self._bucket, self._name, self._version = bucket, name, version
        self.file = cast("BinaryIO", tempfile.TemporaryFile())  # noqa: SIM115  closed by `drop`

    def ready(self) -> None:
        """See `Draft.ready`."""
        if self.file.seek(0, 2) > _MOST_BYTES:
            raise PlaceRefusedError(f"a file is over {_MOST_BYTES} bytes")
        self.file.seek(0)
        found = self._bucket.find(self._name)
        if found is None or found.version != self._version:
            raise PlaceRefusedError("a file changed while it was read")

    def put(self) -> None:
        """See `Draft.put`."""
        self.file.seek(0)
        self._bucket.replace(self._name, self._version, self.file)

    def drop(self) -> None:
        """See `Draft.drop`."""
        self.file.close()


@contextmanager
def _still_there() -> Generator[None]:
    try:
        yield
    except ClientError as error:
        if _code(error) in _GONE:
            raise PlaceRefusedError("a file went away while it was read") from error
        raise


def _code(error: ClientError) -> str:
    return str(error.response.get("Error", {}).get("Code", ""))


@contextmanager
def _our_errors() -> Generator[None]:
    try:
        yield
    except ClientError as error:
        code = _code(error)
        if code in _GONE:
            raise FileNotFoundError from error
        if code in _OTHER_VERSION:
            raise PlaceRefusedError("a file changed while it was read") from error
        if code in _REFUSED:
            raise PlaceRefusedError(f"the bucket answers {code}") from error
        raise PlaceError(f"the bucket answers {code}") from error
    except BotoCoreError as error:
        raise PlaceError(f"the bucket does not answer: {type(error).__name__}") from error
