"""Publishing the pledge board of a data folder from the command line, and of a running service."""

from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial

from chengnuo.adapters.clock import SystemClock
from chengnuo.adapters.evidence.opening import OpenedToWrite
from chengnuo.domain.finding.all_controls import OVER_RECORDS
from chengnuo.domain.finding.public_board import PublicBoard, public_board
from chengnuo.doors.settings import ServeSettings
from chengnuo.doors.web.public_board_page import public_files
from chengnuo.law.catalogue import Catalogue
from chengnuo.ports.evidence_log import LogLockedError
from chengnuo.usecases.dossier.declared_rows import declared_rows
from chengnuo.usecases.evidence.proving import Prover
from chengnuo.usecases.finding.boards import KeptBoard, with_runs
from chengnuo.usecases.finding.saying_board import BoardSaying
from chengnuo.usecases.governance.board_publishing import BoardAttesting, BoardFiles, log_of
from chengnuo.usecases.governance.board_tools import BoardTools
from chengnuo.wiring.rights import opened_with_log


@contextmanager
def board_tools(settings: ServeSettings, catalogue: Catalogue) -> Iterator[BoardTools]:
    """Open a data folder to publish its board.

    Raises:
        NoLogError: There is no log.
        LogLockedError: A service writes it.

    """
    with opened_with_log(settings, catalogue, writing=True) as (opened, data, register, recorder):
        if not isinstance(opened, OpenedToWrite):
            raise LogLockedError("the log is open to be read")
        prover = Prover(log=recorder.log, payloads=recorder.payloads)
        live = KeptBoard(  # what never ran is not shown: a publication proves each run
            controls=OVER_RECORDS,
            kept=data.controls,
            clock=SystemClock(),
            declared=partial(declared_rows, data.dossiers),
        )

        def board() -> PublicBoard:
            served = register.served
            recorder.log.publish()
            found, ran = with_runs(live, data.controls, served.board)
            return public_board(
                found,
                handler=served.register.handler.name,
                law=str(catalogue.version),
                ran=ran,
                log=log_of(recorder.log),
            )

        yield BoardTools(
            board=board,
            files=BoardFiles(
                pages=partial(public_files, catalogue=catalogue),
                catalogue=catalogue,
                prover=prover,
            ),
            attesting=BoardAttesting(
                record=BoardSaying(
                    recorder=recorder, store=data.controls, clock=SystemClock()
                ).record,
                recorder=recorder,
                prover=prover,
                signer=opened.signer,
            ),
        )
