"""No host makes the key of a witness without a word, and none lacks it without one."""

from contextlib import closing
from pathlib import Path

import pytest
from tests.usecases.consent.consent_kit import TeaHouse
from tests.verifier.maker import Signer

from chengnuo.doors.settings import EvidenceSettings, ServeSettings
from chengnuo.law.catalogue import Catalogue
from chengnuo.wiring.shards import cosigning_of, tell_missing_key

ORIGIN = "log.example/tea"


def test_it_is_said_who_makes_the_key_that_cosigns_and_who_lacks_it(
    tmp_path: Path, catalogue: Catalogue, caplog: pytest.LogCaptureFixture
) -> None:
    def said() -> str:
        found = caplog.text
        caplog.clear()
        return found

    with closing(TeaHouse(tmp_path / "tea", catalogue)) as house:
        watched = EvidenceSettings(witness_of=(str(Signer("first").vkey),))
        settings = ServeSettings(data=str(house.log_place), evidence=watched)
        tell_missing_key(settings)  # a host that follows, and nothing was cosigned yet
        assert "keys/witness.pem" in said()
        made = cosigning_of(settings, ORIGIN, house.recorder, house.clock)
        assert made is not None
        assert str(made.cosigner.vkey) in said()
        tell_missing_key(settings)
        assert cosigning_of(settings, ORIGIN, house.recorder, house.clock) is not None
        assert not said()
