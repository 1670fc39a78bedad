"""The page about PostgreSQL names what of its SQL is used: no more, and no less.

A server writes down every statement it gets. A house is moved there and lives in it: consents,
deletions, questions, rights, keys; two services run over another database. What the statements hold
beyond plain SQL must stand on the page, and what stands there must have been sent.
"""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path

import pytest
from bench.bench_postgresql import record
from tests.docs.markdown import ROOT
from tests.following.hosts import Shop, key_of, start
from tests.servers.databases import Postgresql
from tests.servers.over import move_house
from tests.usecases.consent.consent_kit import CHILD, GUEST, LIN, NEARBY, PLACE
from tests.usecases.rights.rights_house import RightsHouse

from chengnuo.adapters.clock import SystemClock
from chengnuo.domain.decision.conditions import Conditions
from chengnuo.law.catalogue import Catalogue

pytestmark = pytest.mark.slow
PAGES = (ROOT / "docs" / "postgresql.md", ROOT / "docs" / "zh" / "postgresql.md")
_STATEMENT = re.compile(r"LOG:  (?:statement|execute [^:]*): (.*(?:\n\t.*)*)")
_LITERAL = re.compile(r"'(?:[^']|'')*'")
_NAMED = re.compile(r"\"(?!C\")[^\"]*\"")
_WITH = re.compile(r"\w+\([\w, ]*\) AS\s*\(")
# What every database has that speaks PostgreSQL's protocol.
_PLAIN = frozenset(
    re.findall(
        r"\w+",
        """
    ADD ALL ALTER AND AS ASC AVG BEGIN BETWEEN BIGINT BOOLEAN BY CASE CAST CHECK COALESCE COLUMN
    COMMIT CONSTRAINT COUNT CREATE CROSS DEFAULT DELETE DESC DISTINCT DROP ELSE END ESCAPE EXCEPT
    EXISTS FALSE FOREIGN FROM GROUP HAVING IF IN INDEX INNER INSERT INTEGER INTO IS JOIN KEY LEFT
    LIKE LIMIT LOWER MAX MIN NOT NULL NULLS LAST OFFSET ON OR ORDER OUTER OVER PRIMARY READ ONLY
    RECURSIVE REFERENCES ROLLBACK ROW_NUMBER SELECT SET SUM TABLE TEXT THEN TO TRANSACTION TRUE
    UNION UNIQUE UPDATE USING VALUES VARCHAR WHEN WHERE WITH SCHEMA GREATEST LEAST""",
    )
)


@contextmanager
def noted(server: Postgresql, to: list[str]) -> Iterator[str]:
    """Yield a database whose statements are added to a list at the end."""
    log = server.folder / "log"
    with server.database() as name:
        server.execute(f"ALTER DATABASE {name} SET log_statement = 'all'")
        since = len(log.read_bytes())
        yield server.url(name).render_as_string(hide_password=False)
        text = log.read_bytes()[since:].decode("utf-8", "replace")
        to += [found.replace("\n\t", " ") for found in _STATEMENT.findall(text)]


def words_in(statement: str) -> set[str]:
    """Return what a statement says beyond plain SQL: words in capitals, functions, types."""
    bare = _WITH.sub("", _NAMED.sub("n", _LITERAL.sub("''", statement)))
    found = {word for word in re.findall(r"[A-Za-z_]\w+", bare) if word.isupper()}
    found |= set(re.findall(r"(?<!REFERENCES )(?<![.\w])([a-z_]\w*)\(", bare))
    found |= set(re.findall(r"::([a-z]+)", bare))
    found |= set(re.findall(r"^(?:SET|set) (?:LOCAL )?([a-z_]+)", bare))
    return {word for word in found if word.upper() not in _PLAIN}


def on(page: Path) -> set[str]:
    """Return what a page lists: the words in backticks of the first column of its table."""
    rows = [line for line in page.read_text("utf-8").splitlines() if line.startswith("| `")]
    return {word for row in rows for word in re.findall(r"`([^`]+)`", row.split("|")[1])}


def live(folder: Path, url: str, catalogue: Catalogue) -> None:
    """Move a house there, and do in it what is done in one."""
    RightsHouse(folder, catalogue).close()
    move_house(folder / "data", url)
    house = RightsHouse(folder, catalogue)
    house.fill("lin")
    house.consents.know(CHILD, birth_date=date(2020, 1, 1))
    for person in (LIN, GUEST):
        house.answer(NEARBY, person=person)
        house.answer(PLACE, person=person)
    house.withdraw(PLACE)
    house.consents.merge(LIN, GUEST, method="sign-in")
    conditions = Conditions(
        always=(), some=(), wanted=(), child_from=date(2012, 1, 1), child_if_unknown=False
    )
    house.data.consents.sift([LIN, GUEST, CHILD], conditions, at=0)
    house.data.uses.add([record(n) for n in range(100)], persons=(), deleted=(), position=1)
    house.erase(GUEST)
    house.consents.open()
    asked = house.ask(account="lin")
    house.data.rights_figures.asked_again([asked.request.id], limit=5)
    house.work()
    house.work(minutes=30)
    house.close()


@pytest.fixture(scope="module")
def sent(
    postgresql_server: Postgresql, tmp_path_factory: pytest.TempPathFactory, catalogue: Catalogue
) -> list[str]:
    """What a house that is moved and lives there sends, and then two services."""
    folder, sent = tmp_path_factory.mktemp("sent"), list[str]()
    with noted(postgresql_server, sent) as url:
        live(folder / "house", url, catalogue)
    with noted(postgresql_server, sent) as url:
        one = start(folder, "one", url)
        other = start(folder, "other", url, like=one)
        shop = Shop(key_of(one))
        given = shop.give(one, "somebody", SystemClock().now().isoformat())
        shop.level(other, "somebody", int(str(given["position"])))
        assert (other.server.stop(), one.server.stop()) == (0, 0)
    return sent


def test_what_is_sent_stands_on_the_page(sent: list[str]) -> None:
    listed = {word for item in on(PAGES[0]) for word in re.findall(r"\w+", item)}
    found = {word: statement for statement in sent for word in words_in(statement)}
    assert {word: found[word][:120] for word in found.keys() - listed} == {}


def test_what_stands_on_the_page_is_sent(sent: list[str]) -> None:
    everything = "\n".join(sent)
    assert {item for item in on(PAGES[0]) if item not in everything} == set()


def test_both_languages_list_the_same() -> None:
    one, other = map(on, PAGES)
    assert one == other
    assert "pg_advisory_xact_lock" in one
