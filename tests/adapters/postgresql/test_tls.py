"""A PostgreSQL that speaks TLS: what an address asks for is what a connection does."""

import datetime as dt
import ipaddress
import os
import pwd
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from cryptography.x509.oid import NameOID
from tests.adapters.connectors.sql_stands import store_of
from tests.plugins.tools import required
from tests.servers.databases import Postgresql
from tests.servers.throwaway import unprivileged

from chengnuo.adapters.connectors.sql import open_database
from chengnuo.adapters.postgresql.address import NotADatabaseUrlError
from chengnuo.adapters.postgresql.database import PostgresqlDatabase
from chengnuo.adapters.sql.database import DatabaseUnavailableError
from chengnuo.domain.register.store import StoreKind
from chengnuo.ports.record_source import StoreUnavailableError

pytestmark = [pytest.mark.real, pytest.mark.needs("postgresql")]


def certificate(folder: Path, name: str, *shown: x509.GeneralName) -> Path:
    """Make a certificate of its own and its key, for a day."""
    key = ec.generate_private_key(ec.SECP256R1())
    named = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])
    now = dt.datetime.now(dt.UTC)  # noqa: TID251  a certificate is for today
    made = (
        x509.CertificateBuilder(named, named, key.public_key(), x509.random_serial_number())
        .not_valid_before(now - dt.timedelta(days=1))
        .not_valid_after(now + dt.timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName(shown), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )
    file = folder / f"{name}.crt"
    file.write_bytes(made.public_bytes(Encoding.PEM))
    private = key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    file.with_suffix(".key").write_bytes(private)
    file.with_suffix(".key").chmod(0o600)
    return file


@pytest.fixture(scope="module")
def server() -> Iterator[Postgresql]:
    started = Postgresql(required("postgresql").parent)
    data = started.folder / "data"
    here = x509.IPAddress(ipaddress.ip_address("127.0.0.1"))
    certificate(data, "server", here)
    if (account := unprivileged()) is not None:
        for file in data.glob("server.*"):
            os.chown(file, pwd.getpwnam(account).pw_uid, -1)
    started.execute("ALTER SYSTEM SET ssl = on", "SELECT pg_reload_conf()")
    yield started
    started.stop()


def is_encrypted(server: Postgresql, query: str) -> bool:
    with server.database() as name:
        url = server.url(name).render_as_string(hide_password=False)
        with closing(PostgresqlDatabase(f"{url}{query}")) as database, database.read() as asked:
            own = "SELECT ssl FROM pg_stat_ssl WHERE pid = pg_backend_pid()"
            return bool(asked.exec_driver_sql(own).scalar_one())


@pytest.mark.parametrize("mode", ["", "?sslmode=allow", "?sslmode=prefer", "?sslmode=require"])
def test_tls_is_spoken_with_a_server_that_does(server: Postgresql, mode: str) -> None:
    assert is_encrypted(server, mode)


def test_an_address_that_wants_none_gets_none(server: Postgresql) -> None:
    assert not is_encrypted(server, "?sslmode=disable")


@pytest.mark.parametrize("mode", ["require", "verify-ca", "verify-full"])
def test_the_server_is_verified_against_the_roots_that_are_named(
    server: Postgresql, tmp_path: Path, mode: str
) -> None:
    own = server.folder / "data" / "server.crt"
    assert is_encrypted(server, f"?sslmode={mode}&sslrootcert={own}")
    other = certificate(tmp_path, "other", x509.DNSName("other.example"))
    with pytest.raises(DatabaseUnavailableError, match="TLS"):
        is_encrypted(server, f"?sslmode={mode}&sslrootcert={other}")


@pytest.mark.parametrize("mode", ["verify-ca", "verify-full"])
def test_without_roots_those_of_the_system_verify(server: Postgresql, mode: str) -> None:
    with pytest.raises(DatabaseUnavailableError, match="TLS"):
        is_encrypted(server, f"?sslmode={mode}")


def test_the_name_is_verified_where_the_whole_is(server: Postgresql) -> None:
    own = server.folder / "data" / "server.crt"
    with server.database() as name:
        url = server.url(name).set(host="localhost").render_as_string(hide_password=False)
        PostgresqlDatabase(f"{url}?sslmode=verify-ca&sslrootcert={own}").close()
        with pytest.raises(DatabaseUnavailableError, match="TLS"):
            PostgresqlDatabase(f"{url}?sslmode=verify-full&sslrootcert={own}")


@pytest.mark.parametrize("mode", ["require", "verify-ca", "verify-full"])
def test_a_store_of_the_operator_is_verified_too(
    server: Postgresql, tmp_path: Path, mode: str
) -> None:
    own = server.folder / "data" / "server.crt"
    other = certificate(tmp_path, "other", x509.DNSName("other.example"))
    store = store_of(StoreKind.POSTGRESQL)
    with server.database() as name:
        url = server.url(name).render_as_string(hide_password=False)
        source = open_database(store, f"{url}?sslmode={mode}&sslrootcert={own}")
        assert source.schema(["t"]).tables == ()
        source.close()
        with pytest.raises(StoreUnavailableError):
            open_database(store, f"{url}?sslmode={mode}&sslrootcert={other}").schema(["t"])


@pytest.mark.parametrize("mode", ["require", "verify-full"])
def test_a_server_without_tls_is_refused_where_it_is_wanted(
    postgresql_server: Postgresql, mode: str
) -> None:
    with pytest.raises(DatabaseUnavailableError):
        is_encrypted(postgresql_server, f"?sslmode={mode}")


@pytest.mark.parametrize("query", ["?sslmode=verify_full", "?sslmode=verify-full&sslrootcert=/no"])
def test_what_cannot_be_held_to_is_refused_at_once(query: str) -> None:
    """Else a slip of the pen would send everything to whoever answers."""
    with pytest.raises(NotADatabaseUrlError, match="sslmode"):
        PostgresqlDatabase(f"postgresql://operator:x@127.0.0.1:1/shop{query}")
