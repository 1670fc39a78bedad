"""A file that is too large for a copy stops it with words that say what to do."""

from pathlib import Path

import pytest
from tests.usecases.rights.rights_house import LIN, REVIEWER, WITH_PAPER, RightsHouse, Shop

from chengnuo.adapters.connectors import files
from chengnuo.adapters.connectors.files import FilesSource
from chengnuo.domain.rights.machine import Stage
from chengnuo.domain.rights.request import ReadAsked
from chengnuo.law.catalogue import Catalogue
from chengnuo.law.rights import Right
from chengnuo.ports.record_source import RecordSource

PICTURES = """\
  - store: pictures
    name: {zh: 图片, en: Pictures}
    kind: files
    connection: PICTURES
    region: {zh: 杭州, en: Hangzhou}
    tables:
      - table: faces
        identity: [account]
        columns:
          - {column: account, category: PI-NETID-ACCOUNT, when_deleted: delete-row}
          - {column: content, category: PI-BASIC-NAME, when_deleted: delete-row}
"""
REGISTER = WITH_PAPER[: WITH_PAPER.index("  - store: paper")] + (
    PICTURES + WITH_PAPER.partition("    connection: PAPER\n")[2].partition("\n")[2]
)


class PictureShop(Shop):
    """The shop with a folder of pictures that are named by the account."""

    def open(self, store: str) -> RecordSource:
        if store != "pictures":
            return super().open(store)
        (found,) = (
            one for one in self.house.desk.served.register.stores if one.store == "pictures"
        )
        return FilesSource(found, (self.house.folder / "pictures").as_uri())


class PictureHouse(RightsHouse):
    def open(self) -> None:
        self.shop = PictureShop(self)
        super().open()


def test_the_request_says_to_leave_the_content_out_of_copies(
    tmp_path: Path, catalogue: Catalogue, monkeypatch: pytest.MonkeyPatch
) -> None:
    house = PictureHouse(tmp_path / "house", catalogue, register=REGISTER)
    (house.folder / "pictures" / "faces").mkdir(parents=True)
    (house.folder / "pictures" / "faces" / LIN).write_bytes(bytes(1_000))
    house.fill(LIN)
    monkeypatch.setattr(files, "MOST_PAGE_BYTES", 999)
    made = house.ask(Right.COPY, ReadAsked(formats=("json",)))
    house.work()
    parked = house.rights.seen(made.request.id)
    assert (parked.stage, parked.stopped and parked.stopped.code) == (
        Stage.PARKED,
        "rights-page-too-large",
    )
    assert parked.stopped is not None
    assert "`export: false`" in parked.stopped.action.en
    assert "`export: false`" in parked.stopped.action.zh
    monkeypatch.setattr(files, "MOST_PAGE_BYTES", 1_000)
    house.rights.resume(made.request.id, REVIEWER)
    house.work()
    assert house.rights.seen(made.request.id).stage is Stage.FULFILLED
    house.close()
