"""The pledge board in a running service: its pages, publishing it, and what the public is shown."""

from functools import partial

from litestar import Router

from chengnuo.domain.finding.public_board import PublicBoard, public_board
from chengnuo.doors.web.centre_promises import promise_pages
from chengnuo.doors.web.console_board_pages import BoardHouse, board_pages
from chengnuo.doors.web.console_board_publish import publish_pages
from chengnuo.doors.web.outside import Outside, PublicBoards
from chengnuo.doors.web.public_board_page import public_files
from chengnuo.usecases.finding.boards import LiveBoard, with_runs
from chengnuo.usecases.finding.running import ControlRunner
from chengnuo.usecases.finding.saying_board import BoardSaying
from chengnuo.usecases.governance.board_desk import BoardDesk
from chengnuo.usecases.governance.board_publishing import BoardAttesting, BoardFiles, log_of
from chengnuo.usecases.register_desk import Desk


def pages_of_board(
    outside: Outside, desk: Desk, live: LiveBoard, runner: ControlRunner | None
) -> list[Router]:
    """Return the pages of the board; those of publishing where something can sign."""
    public = outside.public_boards
    house = BoardHouse(
        register=desk,
        live=live,
        kept=outside.control_runs,
        desk=None if public is None else board_desk(outside, public, desk, live),
        declares=outside.dossiers is not None,
        runner=runner,
    )
    pages = [board_pages(house), publish_pages(house)]
    return pages if public is None else [*pages, promise_pages(public.shelf, desk)]


def board_desk(outside: Outside, public: PublicBoards, desk: Desk, live: LiveBoard) -> BoardDesk:
    """Return what publishes the board."""
    evidence, catalogue, kept = outside.evidence, desk.catalogue, outside.control_runs

    def board() -> PublicBoard:
        served = desk.served
        found, ran = (
            (live.of(served.board), {}) if kept is None else with_runs(live, kept, served.board)
        )
        return public_board(
            found,
            handler=served.register.handler.name,
            law=str(catalogue.version),
            ran=ran,
            log=log_of(evidence.log),
        )

    return BoardDesk(
        board=board,
        files=BoardFiles(
            pages=partial(public_files, catalogue=catalogue),
            catalogue=catalogue,
            prover=evidence.prover,
        ),
        attesting=BoardAttesting(
            record=BoardSaying(recorder=evidence.recorder, store=kept, clock=outside.clock).record,
            recorder=evidence.recorder,
            prover=evidence.prover,
            signer=public.signer,
        ),
        recorder=evidence.recorder,
        shelf=public.shelf,
        enabled_accounts=outside.accounts.enabled_count,
        clock=outside.clock,
    )
