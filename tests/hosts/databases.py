"""The host of the database: PostgreSQL that syncs, run by a throwaway account."""

import signal
from pathlib import Path

from sqlalchemy import URL, create_engine, select
from sqlalchemy.exc import DBAPIError
from tests.hosts.network import NETWORK, Host
from tests.hosts.shim import Shim
from tests.servers.databases import PASSWORD, Postgresql
from tests.servers.throwaway import ThrowawayServer

from chengnuo.adapters.postgresql.tables import LEASE

PORT = 5432


class HostedPostgresql(Postgresql):
    """PostgreSQL on a host of its own."""

    def __init__(self, programs: Path, host: Host) -> None:
        """Make a database and start its server; both happen on the host."""
        self.host = host
        ThrowawayServer.__init__(self, "pg")
        self.port = PORT
        self.shim = Shim(self.folder / "faults", self.folder / "data")
        host.do(lambda: self._set_up(programs))

    def address_for(self, at: str) -> str:
        """Return the setting `database` for a service that reaches it at an address and port."""
        host, _, port = at.partition(":")
        return URL.create(
            "postgresql", username=self.account, password=PASSWORD, host=host,
            port=int(port or PORT), database=self.first,
        ).render_as_string(hide_password=False)  # fmt: skip

    def writer(self) -> int:
        """Return the number of the process that holds the lease; 0 if it cannot be known."""
        return self.host.do(self._writer)

    def crash(self, by: signal.Signals) -> None:
        """End it without warning (`SIGKILL`), or at once and without a checkpoint (`SIGQUIT`)."""
        self.host.do(lambda: self._end(by))

    def again(self) -> None:
        """Start it again."""
        self.host.do(self.start_again)

    def _environ(self) -> dict[str, str]:
        return super()._environ() | self.shim.environ()

    def _writer(self) -> int:
        engine = create_engine(self.url().set(drivername="postgresql+pg8000"))
        try:
            with engine.connect() as connection:
                holder = connection.execute(select(LEASE.c.holder)).scalar() or ""
        except (DBAPIError, OSError):
            return 0
        finally:
            engine.dispose()
        return int(holder.split(":")[1]) if holder else 0  # the machine, the process, a word

    def _set_up(self, programs: Path) -> None:
        words = self.folder / "words"
        words.write_text(PASSWORD)
        words.chmod(0o644)
        data = self.folder / "data"
        self.run([
            str(programs / "initdb"), "--pgdata", str(data), "--username", self.account,
            "--pwfile", str(words), "--auth", "scram-sha-256", "--encoding", "UTF8",
            "--locale", "C.UTF-8",
        ])  # fmt: skip
        with (data / "pg_hba.conf").open("a") as file:
            file.write(f"host all all {NETWORK}.0/24 scram-sha-256\n")
        self.start(
            [str(programs / "postgres"), "-D", str(data), "-p", str(self.port),
             "-c", "listen_addresses=*", "-c", "unix_socket_directories=",
             "-c", "max_connections=80"],
            answers=self.answers,
        )  # fmt: skip
