"""Mail to staff: encrypted, to the right role, with nothing of anybody in it."""

from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from tests.adapters.notifying.mail_kit import NAME, PASSWORD, certificate, mail_server

from chengnuo.adapters.notifying.smtp import MailPlace, MailToStaff, Security
from chengnuo.base.text import Lang
from chengnuo.domain.rights.request import RequestId
from chengnuo.ports.accounts import Role
from chengnuo.ports.notifying import Notable, Notification, NotNotifiedError
from chengnuo.usecases.rights.notice_words import message_of

NOTE = Notification(
    to=Role.REVIEWER,
    event=Notable.RELEASE_NEEDED,
    request=RequestId("rq-abcdefghijklmnopqrst"),
    due=date(2026, 12, 18),
    days_left=5,
)
SAID = message_of(NOTE, public_url="https://privacy.shop.example", lang=Lang.ZH)

pytestmark = pytest.mark.real


class AtNoon:
    def now(self) -> datetime:
        return datetime(2026, 11, 28, 4, tzinfo=UTC)


def mail_by(
    port: int, *, security: Security, ca: Path | None = None, password: str = ""
) -> MailToStaff:
    return MailToStaff(
        place=MailPlace(
            host="127.0.0.1",
            port=port,
            security=security,
            name=NAME if password else "",
            password=password,
            ca_file="" if ca is None else str(ca),
        ),
        sender="Chengnuo <rights@shop.example>",
        addresses={Role.REVIEWER: ("review@shop.example", "second@shop.example")},
        clock=AtNoon(),
    )


@pytest.mark.parametrize("security", [Security.STARTTLS, Security.TLS])
def test_a_mail_goes_encrypted_to_the_addresses_of_its_role(
    security: Security, tmp_path: Path
) -> None:
    files = certificate(tmp_path)
    with mail_server(files, starttls=security is Security.STARTTLS) as (taken, port):
        mail_by(port, security=security, ca=files[0]).deliver(NOTE, SAID)
    (mail,) = taken.mails
    assert mail["To"] == "review@shop.example, second@shop.example"
    assert mail["From"] == "Chengnuo <rights@shop.example>"
    assert mail["Message-ID"] == ("<rq-abcdefghijklmnopqrst.release-needed.reviewer@shop.example>")
    assert mail["Auto-Submitted"] == "auto-generated"
    assert mail["Subject"] == "一项方案等待复核 (rq-abcdefghijklmnopqrst)"
    plain, html = mail.iter_parts()
    assert plain.get_content().split() == SAID.text.split()
    assert "https://privacy.shop.example/console/rights" in html.get_content()


def test_a_password_is_used_where_one_is_set(tmp_path: Path) -> None:
    files = certificate(tmp_path)
    with mail_server(files, sign_in=True) as (taken, port):
        right = mail_by(port, security=Security.STARTTLS, ca=files[0], password=PASSWORD)
        right.deliver(NOTE, SAID)
        wrong = mail_by(port, security=Security.STARTTLS, ca=files[0], password="other")  # noqa: S106
        with pytest.raises(NotNotifiedError) as refused:
            wrong.deliver(NOTE, SAID)
    assert len(taken.mails) == 1
    assert "other" not in str(refused.value)


def test_nothing_is_sent_to_a_server_whose_certificate_nobody_vouches_for(tmp_path: Path) -> None:
    with (
        mail_server(certificate(tmp_path)) as (taken, port),
        pytest.raises(NotNotifiedError),
    ):
        mail_by(port, security=Security.STARTTLS).deliver(NOTE, SAID)
    assert taken.mails == []


def test_nothing_is_sent_in_the_clear_where_starttls_is_set() -> None:
    with mail_server(None) as (taken, port), pytest.raises(NotNotifiedError):
        mail_by(port, security=Security.STARTTLS).deliver(NOTE, SAID)
    assert taken.mails == []


def test_a_refusal_and_a_silent_server_are_said_so_that_it_is_tried_again() -> None:
    with mail_server(None) as (taken, port):
        taken.refuses = True
        with pytest.raises(NotNotifiedError, match="SMTPDataError"):
            mail_by(port, security=Security.NONE).deliver(NOTE, SAID)
        taken.refuses = False
        mail_by(port, security=Security.NONE).deliver(NOTE, SAID)
    with pytest.raises(NotNotifiedError, match="no mail server"):
        mail_by(port, security=Security.NONE).deliver(NOTE, SAID)
    assert len(taken.mails) == 1


def test_a_role_without_addresses_and_an_individual_get_no_mail() -> None:
    with mail_server(None) as (taken, port):
        way = mail_by(port, security=Security.NONE)
        for to in (Role.STAFF, None):
            other = Notification(to=to, event=NOTE.event, request=NOTE.request)
            way.deliver(other, SAID)
    assert taken.mails == []
