"""A bucket keeps nothing of what was erased, not even as an earlier version."""

from collections.abc import Iterator
from secrets import token_hex

import pytest
from tests.adapters.connectors.files_kit import (
    LaidBucket,
    bucket_at,
    files_store,
    s3_server,
    table,
)

from chengnuo.adapters.connectors.files import FilesSource
from chengnuo.ports.record_source import Match, StoreUnavailableError

pytestmark = pytest.mark.real
CSV, PICTURES = "orders/*.csv", "pictures"
ASKED = Match(columns=("file_key",), values=(("a.jpg",),))


@pytest.fixture(scope="module")
def endpoint() -> Iterator[str]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("AWS_ACCESS_KEY_ID", "sample")
        patch.setenv("AWS_SECRET_ACCESS_KEY", "sample")
        with s3_server() as address:
            yield address


@pytest.fixture
def bucket(endpoint: str) -> LaidBucket:
    return bucket_at(endpoint, f"sample-{token_hex(4)}", versioned=True)


@pytest.fixture
def source(bucket: LaidBucket) -> Iterator[FilesSource]:
    store = files_store(table(CSV, "customer_id"), table(PICTURES, "file_key", "content"))
    found = FilesSource(store, bucket.address)
    yield found
    found.close()


def test_all_versions_go(source: FilesSource, bucket: LaidBucket) -> None:
    for content in (b"1", b"22", b"333"):
        bucket.write("pictures/a.jpg", content)
    bucket.write("pictures/a.jpg2", b"another")
    with source.changes() as changes:
        assert changes.delete(PICTURES, [("a.jpg",)]) == 1
    assert bucket.versions("pictures/a.jpg") == 1  # of the other one
    assert bucket.read("pictures/a.jpg2") == b"another"


def test_what_only_a_marker_hides_is_found_and_goes(
    source: FilesSource, bucket: LaidBucket
) -> None:
    bucket.write("pictures/a.jpg", b"1")
    bucket.client.delete_object(Bucket=bucket.bucket, Key="below/pictures/a.jpg")
    assert source.rows(PICTURES, ["file_key", "content"], ASKED) == [("a.jpg", b"1")]
    with source.changes() as changes:
        assert changes.delete(PICTURES, [("a.jpg",)]) == 1
    assert source.rows(PICTURES, ["file_key"], ASKED) == []
    assert bucket.versions("pictures/a.jpg") == 0


def test_a_rewritten_table_leaves_no_earlier_version(
    source: FilesSource, bucket: LaidBucket
) -> None:
    bucket.write("orders/a.csv", b"customer_id\n0\n1\n2\n")
    bucket.write("orders/a.csv", b"customer_id\n1\n2\n")
    match = Match(columns=("customer_id",), values=((1,),))
    with source.changes() as changes:
        changes.delete(CSV, [row[:1] for row in source.rows(CSV, ["$row"], match)])
    assert bucket.read("orders/a.csv") == b"customer_id\n2\n"
    assert bucket.versions("orders/a.csv") == 1


def test_rows_of_a_file_that_a_marker_hides_are_found_by_no_way_of_asking(
    source: FilesSource, bucket: LaidBucket
) -> None:
    bucket.write("orders/a.csv", b"customer_id\n1\n")
    match = Match(columns=("customer_id",), values=((1,),))
    (key,) = (row[:1] for row in source.rows(CSV, ["$row"], match))
    by_key = Match(columns=("$row",), values=(key,))
    assert source.rows(CSV, ["$row"], by_key) == [key]
    bucket.client.delete_object(Bucket=bucket.bucket, Key="below/orders/a.csv")
    assert source.rows(CSV, ["$row"], match) == []
    assert source.rows(CSV, ["$row"], by_key) == []


def test_nothing_outside_of_the_prefix_is_seen(source: FilesSource, bucket: LaidBucket) -> None:
    bucket.client.put_object(Bucket=bucket.bucket, Key="pictures/b.jpg", Body=b"other")
    bucket.client.put_object(Bucket=bucket.bucket, Key="below2/pictures/b.jpg", Body=b"other")
    assert list(source.distinct(PICTURES, "file_key")) == []


def test_an_object_whose_name_could_mean_another_stops_the_listing(
    source: FilesSource, bucket: LaidBucket
) -> None:
    bucket.write("pictures//b.jpg", b"other")
    with pytest.raises(StoreUnavailableError):
        list(source.distinct(PICTURES, "file_key"))


def test_a_bucket_that_does_not_answer_is_told_without_its_address(endpoint: str) -> None:
    store = files_store(table(PICTURES, "file_key"))
    with pytest.raises(StoreUnavailableError) as refused:
        FilesSource(store, f"s3://none-{token_hex(4)}/?endpoint={endpoint}&region=us-east-1")
    assert "NoSuchBucket" in str(refused.value)
    with pytest.raises(StoreUnavailableError) as refused:
        FilesSource(store, "s3://sample/?endpoint=http://127.0.0.1:9&region=us-east-1")
    assert "127.0.0.1" not in str(refused.value)
