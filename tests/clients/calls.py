"""Every method of the typed client, called with all that it takes."""

from collections.abc import Callable
from datetime import UTC, date, datetime

from chengnuo.client import audience, individuals, prices, publications
from chengnuo.client.automated import AutomatedClient, Counted, Decided, Input
from chengnuo.client.client import Client
from chengnuo.client.consents import ConsentClient, Guardian, Reply
from chengnuo.client.dossiers import DossierClient
from chengnuo.client.guardians import GuardianClient
from chengnuo.client.labels import LabelClient
from chengnuo.client.prompts import PromptClient
from chengnuo.client.provisions import ProvisionClient
from chengnuo.client.questions import Question
from chengnuo.client.rights import RightsClient
from chengnuo.client.rights_asked import (
    Asker,
    Cancel,
    Change,
    Correct,
    Delete,
    Explain,
    Identifier,
    Read,
    Restrict,
    Scope,
    Transfer,
)

AT = datetime(2026, 11, 30, 9, tzinfo=UTC)
HASH = "0" * 64
QUESTION = Question(
    person="u",
    activity="a",
    categories=("PI-NAME",),
    operation="provide",
    recipient="r",
    publish=True,
    other_use=True,
    started=True,
    gpc=True,
    recent=1,
    at=AT,
    age="18+",
    account="active",
)
GUARDIAN = Guardian(relation="mother", method="face-to-face", account="g")
REPLY = Reply(
    person="u",
    item="a/general",
    act="give",
    app="app",
    notice=HASH,
    fingerprint=HASH,
    surface="android",
    prompt="p-1",
    asked_at=AT,
    lang="zh",
    steps=1,
    guardian=GUARDIAN,
    until=AT,
)
ASKER = Asker(person="u", by="guardian", app="app", guardian="g", authenticated_at=AT)
FOUND = Asker(identifier=Identifier(kind="phone", value="154-0000-0000"))
SCOPE = Scope(activities=("a",), categories=("PI-NAME",))
DECIDED = Decided(
    person="u",
    decision="d-1",
    activity="a",
    model="m",
    version="1",
    outcome="held",
    inputs=[Input("failures", 12), Input("words", ("a",))],
    alone=True,
    variant="personal",
    at=AT,
    reasons=[Counted("failures", 700)],
)
LIST = publications.ToPublish(
    activity="a",
    shown="named",
    persons=["u"],
    categories=["PI-NAME"],
    leave_out=True,
    age="18+",
    account="active",
)


def _decisions(client: Client) -> None:
    client.decide(QUESTION, evidence="strict", explain=True)
    client.decide_all([QUESTION], evidence="none")
    purpose = audience.Purpose(
        item="a/general",
        activity="a",
        category=("PI-NAME",),
        operation="provide",
        recipient="r",
        publish=True,
        recent=1,
        age="18+",
        account="active",
    )
    audience.filtered(client, ["u"], purpose)
    publications.may_publish(client, LIST)
    individuals.code_for(client, "a.b.c")
    prices.price_explained(client, "u", "q-1")


def _prompts(client: Client) -> None:
    prompts = PromptClient(client)
    prompts.one("a/general")
    prompts.of_activity("a")
    prompts.first_run("app")


def _consents(client: Client) -> None:
    consents = ConsentClient(client)
    consents.of("u", app="app")
    consents.history("u")
    consents.switches("u", app="app")
    consents.may_ask("u", "a/general", started=True)
    consents.answer(REPLY)
    consents.withdraw("u", "a/general", surface="android", steps=2, guardian=GUARDIAN)
    consents.used("u", "a/general")
    consents.undo("u", 7, surface="android", guardian=GUARDIAN)
    consents.set_switch("u", "s", on=False, surface="android", app="app")
    consents.restrict("u", on=True)
    consents.object_to("u", "a", on=False)
    consents.merge("u", "v", method="same-phone")
    consents.follow_ups("u", limit=10)
    consents.acknowledge(7, "tell", person_key=HASH, recipient="r")
    consents.know("u", birth_date=date(1990, 1, 2), account="active")


def _guardians(client: Client) -> None:
    guardians = GuardianClient(client)
    guardians.of("u")
    guardians.state("u", "g", relation="mother", method="face-to-face")
    guardians.end("u", "g", reason="moved", who="0" * 32)
    guardians.ask("u", "a/general", back=True)


def _automated(client: Client) -> None:
    automated, labels = AutomatedClient(client), LabelClient(client)
    automated.record(DECIDED)
    automated.allowed("u", "a")
    automated.explained("u", 7)
    automated.reviewed(AT)
    labels.of("u")
    labels.deleted("u", "m", ["tea"])
    labels.put("u", "m", "tea")


def _provisions(client: Client) -> None:
    provisions = ProvisionClient(client)
    provisions.provide(
        ["u"],
        activity="a",
        recipient="r",
        categories=["PI-NAME"],
        started=True,
        recent=1,
        age="18+",
        account="active",
    )
    provisions.year(2026, recount=True)


def _rights(client: Client) -> None:
    rights = RightsClient(client)
    change = Change(table="main.customers", column="name", value="x", row="1")
    rights.open(ASKER, "copy", Read(scope=SCOPE, formats=("json",), with_code=True))
    rights.open(ASKER, "transfer", Transfer(offer="o", scope=SCOPE), mark="m-1")
    rights.open(ASKER, "correct", Correct(changes=(change,), reason="moved"))
    rights.open(ASKER, "delete", Delete(ground="consent-withdrawn", scope=SCOPE))
    rights.open(ASKER, "restrict", Restrict(on=True, activity="a", recipient="r"))
    rights.open(ASKER, "explain-rules", Explain(about="a", question="why"))
    rights.preview(FOUND, "cancel-account", Cancel())
    rights.prove("rq-AAAAAAAAAAAAAAAAAAAA", ASKER)
    rights.take_back("rq-AAAAAAAAAAAAAAAAAAAA", "u")
    rights.get("rq-AAAAAAAAAAAAAAAAAAAA", person="u")
    rights.of("u", limit=10)
    rights.queue("running", overdue=True, limit=10)
    list(rights.pieces("rq-AAAAAAAAAAAAAAAAAAAA", ASKER, part=1))
    rights.code("rq-AAAAAAAAAAAAAAAAAAAA", ASKER)
    rights.tasks(open_only=False)
    rights.task_done("t", "done")
    rights.acknowledge("n")
    rights.conditions(ASKER)
    rights.may_create_account("u")
    rights.start_afresh(ASKER)


def _dossiers(client: Client) -> None:
    dossiers = DossierClient(client)
    dossiers.open("complaint", "take-down", {"channel": "hotline"}, person="u", key="k")
    dossiers.act("co-0123456789", "answer", {"text": "x"}, person="u")
    dossiers.get("co-0123456789", person="u", with_private=True)
    dossiers.list(["complaint"], person="u", open_only=False, limit=10)
    dossiers.sorts(["complaint"])


ROOMS: tuple[Callable[[Client], None], ...] = (
    _decisions,
    _prompts,
    _consents,
    _guardians,
    _automated,
    _provisions,
    _rights,
    _dossiers,
)
