"""A laboratory: hosts, a service on them, clients, and what is found when all has come to rest."""

import json
import shutil
import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from threading import Thread
from time import monotonic, sleep

from tests.hosts.clients import ITEM, Clients
from tests.hosts.databases import PORT as DATABASE_PORT
from tests.hosts.databases import HostedPostgresql
from tests.hosts.disks import Ext4, in_file
from tests.hosts.history import Deed, Found, History
from tests.hosts.network import NETWORK, Host, Network, network
from tests.hosts.nodes import PORT, Node
from tests.hosts.shim import Shim
from tests.servers.link import Link

from chengnuo.engines.merkle.hashing import leaf_hash
from chengnuo.engines.merkle.tiles import (
    TILE_WIDTH,
    bundle_path,
    node_in_tiles,
    tile_path,
    unpack_bundle,
)
from chengnuo.engines.merkle.tree import inclusion_proof
from chengnuo_verify.log import Note, read_leaf

_DISK_MB = 256
_HOSTS = [f"{NETWORK}.{number}:{PORT}" for number in range(1, 10)]
"""Every host is asked by its address, and may have been sent on what another was asked."""
_FEW = "requests_per_minute = 10000000\nwrong_keys_per_minute = 10000000\n"


@dataclass(slots=True, kw_only=True)
class Lab:
    """What stands there.

    Attributes:
        net: The network.
        folder: What is kept while it stands.
        nodes: Hosts of the service, by name.
        links: The way of each node to the database, which can be slowed.
        database: The host of the database; None where each node keeps its own files.
        history: What clients did.
        clients: Who does it.
        key: The API key that they show.
        disk: The file system that the data folder of the one node is on; None for none of its own.

    """

    net: Network
    folder: Path
    nodes: dict[str, Node]
    links: dict[str, Link]
    database: HostedPostgresql | None
    history: History
    clients: Clients
    key: str
    threads: list[Thread]
    disk: Ext4 | None = None

    def begin(self, *, actors: int = 4, askers: int = 3) -> None:
        """Let the clients act from now on."""
        home = self.net.hosts["clients"]
        home.do(self.clients.prepare)
        roles = self.clients.roles(actors, askers)
        self.threads += [home.thread(what, name) for name, what in roles]

    def rest(self) -> Found:
        """Let the clients come to an end and return what there is."""
        self.clients.end()
        for thread in self.threads:
            thread.join(30)
            assert not thread.is_alive(), f"{thread.name} does not end"
        self.threads.clear()
        deeds, requests = self.net.hosts["clients"].do(self._told)
        acts = [deed.position for one in deeds.values() for deed in one]
        recorded = [one.position or 0 for one in self.history.operations if one.outcome == "ok"]
        return read_log(self.kept_log(max([0, *acts, *recorded])), deeds, requests)

    def leader(self) -> Node:
        """Return the node that writes."""
        first = next(iter(self.nodes.values()))
        if self.database is None:
            return first
        writer = self.database.writer()
        return next((one for one in self.nodes.values() if one.runs_as(writer)), first)

    def _told(self) -> tuple[dict[str, tuple[Deed, ...]], dict[str, tuple[str, ...]]]:
        deeds = {one: _deeds(self.clients.history_of(one)) for one in self.clients.people}
        return deeds, {one: self.clients.requests_of(one) for one in self.clients.asked}

    def kept_log(self, newest: int) -> Path:
        """Return a copy of the public files of a node, signed over a position and all before."""
        kept, until = self.folder / "log-at-the-end", monotonic() + 30
        while monotonic() < until:
            for node in self.nodes.values():
                log = node.data / "evidence" / "log"
                if _size(log / "checkpoint") > newest:
                    shutil.copytree(log, kept)
                    return kept
            sleep(0.1)
        raise AssertionError(f"no checkpoint reaches the record at {newest}")


def read_log(
    kept: Path, deeds: dict[str, tuple[Deed, ...]], requests: dict[str, tuple[str, ...]]
) -> Found:
    """Verify the public files of a log by the separate verifier, and read them."""
    note = (kept / "checkpoint").read_bytes()
    verified = subprocess.run(  # noqa: S603  our own program
        [sys.executable, "-m", "chengnuo_verify", str(kept)],
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert verified.returncode == 0, verified.stdout + verified.stderr
    size = Note(note, "checkpoint").size
    entries = [
        entry
        for index in range((size + TILE_WIDTH - 1) // TILE_WIDTH)
        for entry in unpack_bundle(
            (kept / bundle_path(index, min(TILE_WIDTH, size - index * TILE_WIDTH))).read_bytes()
        )
    ]

    def tile(level: int, index: int, width: int) -> bytes:
        return (kept / tile_path(level, index, width)).read_bytes()

    def node(level: int, index: int) -> bytes:
        return node_in_tiles(level, index, size, tile)

    return Found(
        deeds=deeds,
        requests=requests,
        checkpoint=note.decode(),
        leaves=tuple(map(leaf_hash, entries)),
        kinds=tuple(str(read_leaf(entry, "entry")["kind"]) for entry in entries),
        proofs={at: tuple(inclusion_proof(at, size, node)) for at in range(size)},
    )


@contextmanager
def cluster(folder: Path, programs: Path, *, nodes: Sequence[str], seed: int) -> Iterator[Lab]:
    """Yield hosts of a service over one PostgreSQL on another host, and clients on a third."""
    with network("db", "clients", *nodes) as net:
        database = HostedPostgresql(programs, net.hosts["db"])
        try:
            links = {name: _link(net.hosts[name], net.hosts["db"]) for name in nodes}
            made = {
                name: _node(net.hosts[name], folder, database.address_for(f"127.0.0.1:{link.port}"))
                for name, link in links.items()
            }
            yield from _standing(net, folder, made, links, database, seed)
        finally:
            database.host.do(database.stop)


@contextmanager
def alone(folder: Path, *, seed: int, data: Path | None = None, under: str = ".") -> Iterator[Lab]:
    """Yield one host of a service that keeps its own files, and clients on another.

    Args:
        folder: What is kept while it stands.
        seed: Decides what the clients do.
        data: The data folder; below the other one if left out.
        under: The part of the data folder in which the shim lets things fail.

    """
    with network("clients", "a") as net:
        node = _node(net.hosts["a"], folder, "", data)
        node.shim.under = node.data / under
        yield from _standing(net, folder, {"a": node}, {}, None, seed)


@contextmanager
def alone_on_a_disk(folder: Path, *, seed: int) -> Iterator[Lab]:
    """Yield the same with its data folder on a file system of its own."""
    with (
        in_file(folder / "disk", megabytes=_DISK_MB) as disk,
        alone(folder, seed=seed, data=disk.place / "data") as lab,
    ):
        lab.disk = disk
        yield lab


def _standing(  # noqa: PLR0913, PLR0917  the parts of a lab
    net: Network,
    folder: Path,
    nodes: dict[str, Node],
    links: dict[str, Link],
    database: HostedPostgresql | None,
    seed: int,
) -> Iterator[Lab]:
    first, *others = nodes.values()
    history = History()
    try:
        first.start()
        first.wait_until_said("serving at")
        for other in others:
            _share_keys(first.data, other.data)
            other.start()
        key = first.make_key("lab")
        addresses = [node.address for node in nodes.values()]
        people = 8
        clients = Clients(addresses, key, history, seed=seed, people=people)
        yield Lab(
            net=net, folder=folder, nodes=nodes, links=links, database=database,
            history=history, clients=clients, key=key, threads=[],
        )  # fmt: skip
        clients.end()
    finally:
        for node in nodes.values():
            node.stop()
        for link in links.values():
            link.close()


def _node(host: Host, folder: Path, database: str, data: Path | None = None) -> Node:
    place = folder / host.name
    data = data or place / "data"
    place.mkdir(parents=True)
    settings = (
        f'public_url = "http://127.0.0.1:8700"\ntrusted_hosts = {json.dumps(_HOSTS)}\n{_FEW}'
        + (f'database = "{database}"\n' if database else "")
        + f'[evidence]\norigin = "lab.example"\nmaster_key_file = "{folder / "epoch.key"}"\n'
    )
    shim = Shim(place / "faults", data)
    return Node(host=host, folder=place, settings=settings, data=data, shim=shim)


def _link(host: Host, database: Host) -> Link:
    return host.do(lambda: Link(DATABASE_PORT, database.address))


def _share_keys(one: Path, other: Path) -> None:
    """Give another host what each of them needs in its own folder."""
    shutil.copytree(one / "keys", other / "keys")
    (other / "evidence" / "log").mkdir(parents=True)
    shutil.copy(one / "evidence" / "log" / "log.json", other / "evidence" / "log")


def _size(checkpoint: Path) -> int:
    return Note(checkpoint.read_bytes(), "checkpoint").size if checkpoint.exists() else 0


def _deeds(acts: list[dict[str, object]]) -> tuple[Deed, ...]:
    found = [
        Deed(position=int(str(one["position"])), act=str(one["act"]), mark=str(one["prompt"]))
        for one in acts
        if one["item"] == ITEM
    ]
    return tuple(sorted(found, key=lambda deed: deed.position))
