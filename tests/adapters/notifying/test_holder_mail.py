"""Word to the holder of an account goes by the same mail server, and holds nothing up."""

import logging
from datetime import UTC, datetime
from pathlib import Path

import pytest
from tests.adapters.notifying.mail_kit import Taken, certificate, mail_server
from tests.waiting import until

from chengnuo.adapters.notifying.holder_mail import MailToHolders
from chengnuo.adapters.notifying.smtp import MailPlace, Security

pytestmark = pytest.mark.real


class AtNoon:
    def now(self) -> datetime:
        return datetime(2026, 11, 30, 4, tzinfo=UTC)


def mail_by(port: int, ca: Path) -> MailToHolders:
    place = MailPlace(host="127.0.0.1", port=port, security=Security.STARTTLS, ca_file=str(ca))
    return MailToHolders(place=place, sender="Chengnuo <safe@shop.example>", clock=AtNoon())


def test_the_holder_gets_one_mail_with_what_happened(tmp_path: Path) -> None:
    files = certificate(tmp_path)
    with mail_server(files) as (taken, port):
        mail_by(port, files[0]).tell("ana@shop.example", "Something changed", "The password.")
        until(lambda: bool(taken.mails))
    (mail,) = taken.mails
    assert mail["To"] == "ana@shop.example"
    assert mail["From"] == "Chengnuo <safe@shop.example>"
    assert mail["Subject"] == "Something changed"
    assert mail["Auto-Submitted"] == "auto-generated"
    assert mail.get_content().strip() == "The password."


def test_a_mail_that_is_not_taken_is_a_line_of_the_log_that_names_nobody(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    files = certificate(tmp_path)
    caplog.set_level(logging.WARNING)
    with mail_server(files, taken=Taken(refuses=True)) as (_, port):
        mail_by(port, files[0]).tell("ana@shop.example", "Something changed", "The password.")
        until(lambda: "was not told by mail" in caplog.text)
    assert "ana@" not in caplog.text
