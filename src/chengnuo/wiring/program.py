"""The program as the doors see it: each use case, made when it is first asked for."""

import os
import sys
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Self

from chengnuo.base.text import Lang
from chengnuo.wiring.knowledge import law_catalogue
from chengnuo.wiring.observing import Observing
from chengnuo.wiring.publishing import Publishing

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from contextlib import AbstractContextManager

    from chengnuo.domain.evidence.note import Verify
    from chengnuo.domain.register.model import Register
    from chengnuo.doors.cli.serve import Served
    from chengnuo.doors.settings import ServeSettings, WebSettings
    from chengnuo.law.catalogue import Catalogue
    from chengnuo.ports.id_lists import IdLists
    from chengnuo.ports.log_verifier import LogVerifier
    from chengnuo.ports.publication_place import PublicationPlace
    from chengnuo.ports.secrets import Signer
    from chengnuo.ports.store_look import StoreLooks
    from chengnuo.usecases.disclosure import Publisher
    from chengnuo.usecases.evidence.tools import Reading, Writing
    from chengnuo.usecases.exchange import Exchange
    from chengnuo.usecases.governance.duty_tools import DutyTools
    from chengnuo.usecases.incident.room import IncidentRoom
    from chengnuo.usecases.inspection.inspections import Inspections
    from chengnuo.usecases.pricing.audits import PriceAudits
    from chengnuo.usecases.pricing.explaining import PriceExplainer
    from chengnuo.usecases.pricing.probing import Prober
    from chengnuo.usecases.registers import Registers
    from chengnuo.usecases.rights.desk import RightsDesk
    from chengnuo.usecases.rights.planner import Planner
    from chengnuo.usecases.rights.received_desk import ReceivedDesk
    from chengnuo.usecases.stores.scanning import StoreScans


# The command line of httpx, coloured pages of Mako, models of pydantic: libraries of ours bring
# them if they can, the service never uses them, and they take 15 MB of every one that runs.
_UNUSED = ("httpx._main", "mako.ext.pygmentplugin", "pydantic")


@dataclass(frozen=True, slots=True, kw_only=True)
class Program(Observing, Publishing):
    """The program as the doors see it; makes each use case when it is first asked for."""

    lang: Lang = Lang.ZH

    def in_lang(self, lang: Lang) -> Self:
        """Return the same program speaking a language."""
        return replace(self, lang=lang)

    def catalogue(self) -> "Catalogue":
        """Return the law catalogue."""
        return law_catalogue()

    def registers(self) -> "Registers":
        """Return the use cases on register folders."""
        from chengnuo.adapters.clock import SystemClock
        from chengnuo.adapters.register_folder import RegisterFolder
        from chengnuo.usecases.registers import Registers

        return Registers(source=RegisterFolder(), catalogue=law_catalogue(), clock=SystemClock())

    def exchange(self) -> "Exchange":
        """Return the use cases on other formats."""
        from chengnuo.adapters.formats.dpv import Dpv
        from chengnuo.adapters.formats.fideslang import Fideslang
        from chengnuo.adapters.register_writer import RegisterWriter
        from chengnuo.usecases.exchange import Exchange

        fideslang, dpv = Fideslang(law_catalogue()), Dpv(law_catalogue())
        return Exchange(
            readable={fideslang.name: fideslang},
            writable={fideslang.name: fideslang, dpv.name: dpv},
            target=RegisterWriter(),
        )

    def publisher(self) -> "Publisher":
        """Return the use case of publishing."""
        from chengnuo.adapters.documents.publication_set import publication_writers
        from chengnuo.usecases.disclosure import Publisher

        return Publisher(catalogue=law_catalogue(), writers=publication_writers())

    def publication_place(self, folder: Path) -> "PublicationPlace":
        """Return a folder as a place for publications."""
        from chengnuo.adapters.publication_folder import PublicationFolder

        return PublicationFolder(folder)

    def read_settings(self, file: Path | None) -> "ServeSettings":
        """Return the settings of a TOML file and the environment.

        Raises:
            WrongSettingError: A key is unknown or a value has a wrong form.

        """
        from chengnuo.adapters.settings_file import read_toml
        from chengnuo.doors.settings import parse_settings

        return parse_settings({} if file is None else read_toml(file), os.environ)

    def service(self, settings: "ServeSettings", web: "WebSettings") -> "Served":
        """Return the service, ready to run.

        Raises:
            RegisterRefusedError: The register folder holds no register.
            DataNewerThanProgramError: A newer program wrote the data folder.
            LogLockedError: Another process writes the evidence log of the data folder.

        """
        for unused in _UNUSED:
            sys.modules.setdefault(unused, None)  # type: ignore[arg-type]  # "is not there"
        from chengnuo.ports.packages import MEMORY_BYTES, WALL_S
        from chengnuo.wiring.serving import service
        from chengnuo.wiring.tracing import traced

        made = service(
            settings,
            web,
            self.registers(),
            lambda: self.inspections(memory_bytes=MEMORY_BYTES, wall_s=WALL_S),
        )
        return traced(made, settings)

    def id_lists(self) -> "IdLists":
        """Return what reads and writes lists of ids."""
        from chengnuo.adapters.id_lists import FileIdLists

        return FileIdLists()

    def evidence_reading(
        self, data: Path | None, settings_file: Path | None
    ) -> "AbstractContextManager[Reading]":
        """Open the log of a data folder to read it.

        Raises:
            NoLogError: There is none.

        """
        from chengnuo.wiring.evidence import reading

        return reading(self._with_data(data, settings_file), law_catalogue())

    def evidence_writing(
        self,
        data: Path | None,
        settings_file: Path | None,
        *,
        origin: str = "",
        make: bool = False,
    ) -> "AbstractContextManager[Writing]":
        """Open the log of a data folder to write it.

        Raises:
            NoLogError: There is none, and none shall be made.
            LogLockedError: A service writes it.

        """
        from chengnuo.wiring.evidence import writing

        settings = self._with_data(data, settings_file)
        return writing(settings, law_catalogue(), origin=origin, make=make)

    def evidence_check(
        self, data: Path | None, settings_file: Path | None, on_records: "Callable[[int], None]"
    ) -> "Iterator[tuple[str, str]]":
        """Yield the file and what is wrong with it, for everything kept of a log.

        Raises:
            NoLogError: There is none.

        """
        from chengnuo.wiring.evidence import check

        return check(self._with_data(data, settings_file), on_records)

    def rights_planner(
        self, register: "Register", connections: Path | None
    ) -> "AbstractContextManager[Planner]":
        """Open the stores of a register to plan by; nothing is kept once it ends."""
        from chengnuo.wiring.rights import planner

        return planner(register, connections)

    def store_scans(self) -> "StoreScans":
        """Return the use case of looking into stores."""
        from chengnuo.adapters.name_weights import read_name_model
        from chengnuo.usecases.stores.scanning import StoreScans
        from chengnuo.wiring.knowledge import text_knowledge

        return StoreScans(
            knowledge=text_knowledge(), model=read_name_model(), today=self.registers().today
        )

    def store_looks(
        self, register: "Register", connections: Path | None, settings_file: Path | None
    ) -> "StoreLooks":
        """Return what opens the stores of a register to look into them."""
        from chengnuo.wiring.stores import store_looks

        return store_looks(register, connections, self.read_settings(settings_file))

    def rights_working(
        self, data: Path | None, settings_file: Path | None
    ) -> "AbstractContextManager[RightsDesk]":
        """Open the requests of a data folder to carry them out.

        Raises:
            NoLogError: There is no log.
            LogLockedError: A service writes it.

        """
        from chengnuo.wiring.rights import desk_of

        return desk_of(self._with_data(data, settings_file), law_catalogue(), writing=True)

    def duties(
        self, data: Path | None, settings_file: Path | None, *, writing: bool
    ) -> "AbstractContextManager[DutyTools]":
        """Open the dossiers of a data folder: to act in them, or to look beside a service.

        Raises:
            NoLogError: There is no log.
            LogLockedError: A service writes it, and it shall be written.

        """
        from chengnuo.wiring.dossiers import duties_of

        settings = self._with_data(data, settings_file)
        return duties_of(settings, law_catalogue(), writing=writing)

    def rights_reading(
        self, data: Path | None, settings_file: Path | None
    ) -> "AbstractContextManager[RightsDesk]":
        """Open the requests of a data folder to look at them, beside whoever writes.

        Raises:
            NoLogError: There is no log.

        """
        from chengnuo.wiring.rights import desk_of

        return desk_of(self._with_data(data, settings_file), law_catalogue(), writing=False)

    def rights_received(
        self, data: Path | None, settings_file: Path | None, *, recording: bool
    ) -> "AbstractContextManager[ReceivedDesk]":
        """Open what was moved here from other handlers.

        Raises:
            NoLogError: There is no log.
            LogLockedError: A service writes it, and something is to be recorded.

        """
        from chengnuo.wiring.rights import received

        return received(self._with_data(data, settings_file), law_catalogue(), recording=recording)

    def incidents(
        self, data: Path | None, settings_file: Path | None, *, writing: bool
    ) -> "AbstractContextManager[IncidentRoom]":
        """Open the incidents of a data folder.

        Raises:
            NoLogError: There is no log.
            LogLockedError: A service writes it, and it shall be written.

        """
        from chengnuo.wiring.incidents import incidents_of

        settings = self._with_data(data, settings_file)
        return incidents_of(settings, law_catalogue(), writing=writing)

    def inspections(self, *, memory_bytes: int, wall_s: float) -> "Inspections":
        """Return the use cases on packages, each bounded in memory and time."""
        from chengnuo.wiring.packages import inspections

        today = self.registers().today
        return inspections(memory_bytes=memory_bytes, wall_s=wall_s, today=today)

    def price_audits(self, *, memory_bytes: int, threads: int) -> "PriceAudits":
        """Return the use case of auditing logs of quotes."""
        from chengnuo.wiring.prices import price_audits

        return price_audits(memory_bytes=memory_bytes, threads=threads)

    def price_explainer(self, *, memory_bytes: int, threads: int) -> "PriceExplainer":
        """Return the use case of explaining one price of a log."""
        from chengnuo.wiring.price_explaining import price_explainer

        return price_explainer(memory_bytes=memory_bytes, threads=threads)

    def prober(self) -> "Prober":
        """Return the use case of probing endpoints of one's own."""
        from chengnuo.wiring.prices import prober

        return prober()

    def signer(self, key: Path) -> "Signer":
        """Return what signs with the key of a file."""
        from chengnuo.adapters.keys import Ed25519Signer, read_signing_key

        return Ed25519Signer(read_signing_key(key))

    def is_signature(self) -> "Verify":
        """Return what checks a signature."""
        from chengnuo.adapters.keys import is_signature

        return is_signature

    def log_verifier(self, folder: Path) -> "LogVerifier":
        """Return the separate verifier for the public folder of a log."""
        from chengnuo.adapters.evidence.verifier_process import VerifierProcess
        from chengnuo.wiring.evidence import VERIFY_LIMIT_S

        return VerifierProcess(folder, time_limit_s=VERIFY_LIMIT_S)

    def _with_data(self, data: Path | None, settings_file: Path | None) -> "ServeSettings":
        from msgspec.structs import replace as with_fields

        settings = self.read_settings(settings_file)
        return settings if data is None else with_fields(settings, data=str(data))


def main() -> None:
    """Run the command line; the console script's entry point."""
    from chengnuo.doors.cli.root import run

    sys.exit(run(Program()))
