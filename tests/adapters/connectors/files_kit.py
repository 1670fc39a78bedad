"""Stores of files for tests: a folder, and buckets of a server that is started for them."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol

import boto3  # type: ignore[import-untyped]  # ships no types
from moto.server import ThreadedMotoServer

from chengnuo.base.text import Text
from chengnuo.domain.register.ids import StoreId
from chengnuo.domain.register.store import Store, StoreKind, Table

BUCKET = "sample"


class Laid(Protocol):
    """Files laid out for a test, and the address under which a source finds them."""

    address: str

    def write(self, name: str, data: bytes) -> None: ...
    def read(self, name: str) -> bytes | None: ...
    def names(self) -> list[str]: ...


@dataclass
class LaidFolder:
    path: Path

    @property
    def address(self) -> str:  # type: ignore[override]
        return self.path.as_uri()

    def write(self, name: str, data: bytes) -> None:
        file = self.path / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(data)

    def read(self, name: str) -> bytes | None:
        file = self.path / name
        return file.read_bytes() if file.exists() else None

    def names(self) -> list[str]:
        files = (one for one in self.path.rglob("*") if one.is_file())
        return sorted(one.relative_to(self.path).as_posix() for one in files)


@dataclass
class LaidBucket:
    client: Any
    endpoint: str
    bucket: str

    @property
    def address(self) -> str:  # type: ignore[override]
        return f"s3://{self.bucket}/below?endpoint={self.endpoint}&region=us-east-1"

    def write(self, name: str, data: bytes) -> None:
        self.client.put_object(Bucket=self.bucket, Key=f"below/{name}", Body=data)

    def read(self, name: str) -> bytes | None:
        try:
            return bytes(
                self.client.get_object(Bucket=self.bucket, Key=f"below/{name}")["Body"].read()
            )
        except self.client.exceptions.NoSuchKey:
            return None

    def names(self) -> list[str]:
        listed = self.client.list_objects_v2(Bucket=self.bucket, Prefix="below/")
        return sorted(one["Key"].removeprefix("below/") for one in listed.get("Contents", ()))

    def versions(self, name: str) -> int:
        """Return how many versions and delete markers are kept of a file."""
        listed = self.client.list_object_versions(Bucket=self.bucket, Prefix=f"below/{name}")
        return len(listed.get("Versions", ())) + len(listed.get("DeleteMarkers", ()))


@contextmanager
def s3_server() -> Iterator[str]:
    """Run a server on a free port of loopback; yield its address."""
    server = ThreadedMotoServer(ip_address="127.0.0.1", port=0, verbose=False)
    server.start()
    try:
        host, port = server.get_host_and_port()
        yield f"http://{host}:{port}"
    finally:
        server.stop()


def bucket_at(endpoint: str, name: str, *, versioned: bool) -> LaidBucket:
    """Make an empty bucket."""
    client = boto3.client("s3", endpoint_url=endpoint, region_name="us-east-1")
    client.create_bucket(Bucket=name)
    if versioned:
        client.put_bucket_versioning(Bucket=name, VersioningConfiguration={"Status": "Enabled"})
    return LaidBucket(client, endpoint, name)


def files_store(*tables: Table) -> Store:
    """Return a store of files as the register has it."""
    return Store(
        store=StoreId("uploads"),
        name=Text("文件", "Files"),
        kind=StoreKind.FILES,
        connection="SAMPLE_FILES",
        tables=tables,
    )


def table(name: str, *columns: str) -> Table:
    """Return a table whose first column is what individuals are found by."""
    return Table(table=name, identity=columns[:1], not_personal=columns[1:])
