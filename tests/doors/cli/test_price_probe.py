"""`chengnuo price probe` against a shop on the loopback that is honest or cheats in some way."""

import json
import tomllib
from collections.abc import Callable
from itertools import pairwise
from pathlib import Path
from statistics import median
from typing import Any

import pytest
from tests.servers.probed_shop import TOKEN, Shop, serving
from tests.servers.throwaway import free_port

from chengnuo.adapters.keys import is_signature
from chengnuo.base.digest import sha256_hex
from chengnuo.base.text import Lang
from chengnuo.domain.evidence.dsse import read_envelope
from chengnuo.doors.cli.root import run
from chengnuo.usecases.pricing.probe_recording import PREDICATE
from chengnuo.wiring.program import Program

PROBES = Path(__file__).parents[3] / "examples" / "shop" / "probes"
SEED = "5eed" * 16

Probe = Callable[..., tuple[int, dict[str, Any]]]


def toml_text(tree: dict[str, Any], above: str = "") -> str:
    """Return a tree of plain values and tables as TOML."""
    lines, tables = [], []
    for name, value in tree.items():
        if isinstance(value, dict):
            tables.append(f"[{above}{name}]\n{toml_text(value, f'{above}{name}.')}")
        elif isinstance(value, list) and value and isinstance(value[0], dict):
            tables += [f"[[{above}{name}]]\n{toml_text(one)}" for one in value]
        else:
            lines.append(f"{json.dumps(name)} = {json.dumps(value, ensure_ascii=False)}")
    return "\n".join([*lines, *tables]) + "\n"


@pytest.fixture
def probe(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Probe:
    """Probe a shop by an example's specification, some of it changed."""
    monkeypatch.setenv("SHOP_PROBE_TOKEN", TOKEN)

    def probed(
        url: str,
        *options: str,
        of: str = "price",
        **changes: Any,  # noqa: ANN401  as TOML
    ) -> tuple[int, Any]:
        tree = tomllib.loads((PROBES / f"{of}.toml").read_text(encoding="utf-8"))
        tree["endpoint"]["url"] = tree["endpoint"]["url"].replace("http://127.0.0.1:8801", url)
        tree["limits"] |= {"per_second": 1000} | changes.pop("limits", {})
        if "switch" in tree:
            tree["switch"] |= {"pause_s": 0} | changes.pop("switch", {})
        tree["endpoint"] |= changes.pop("endpoint", {})
        spec = tmp_path / "spec.toml"
        spec.write_text(toml_text({"seed": SEED, **tree, **changes}), encoding="utf-8")
        report = tmp_path / "report.json"
        words = ["price", "probe", str(spec), "--json", "-o", str(report), "--force", *options]
        status = run(Program(lang=Lang.EN), ["--lang", "en", *words])
        said = capsys.readouterr()
        return status, json.loads(said.out or said.err[said.err.index("{") :])

    return probed


def batched_pairs(came: list[float]) -> list[tuple[float, float]]:
    """Return neighbours two by two."""
    return list(zip(came[::2], came[1::2], strict=True))


def recheck(report: Path, capsys: pytest.CaptureFixture[str]) -> tuple[int, Any]:
    """Recheck a report."""
    status = run(Program(lang=Lang.EN), ["price", "recheck", str(report), "--json"])
    said = capsys.readouterr()
    return status, json.loads(said.out or said.err)


@pytest.mark.real
def test_an_honest_shop_is_cleared_and_the_report_holds(
    probe: Probe, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with serving(Shop()) as shop:
        status, said = probe(shop.url)
    leg = said["legs"][0]
    assert (status, said["verdict"], leg["reasons"]) == (0, "absent", [])
    assert 59 <= leg["twins"] < 200
    assert leg["repeats"] >= 8
    assert said["findings"] == []
    assert (shop.tokens, shop.cookies) == ({f"Bearer {TOKEN}"}, 0)
    assert len(shop.asked) == said["requests"]
    held = tmp_path / "report.json"
    assert TOKEN not in held.read_text(encoding="utf-8")
    assert recheck(held, capsys) == (
        0,
        {
            "holds": True,
            "verdict": "absent",
            "commitment": said["commitment"],
            "specSha256": said["specSha256"],
            "faults": [],
            "count": 0,
        },
    )


@pytest.mark.real
def test_a_mark_up_for_those_who_come_often_is_found(probe: Probe) -> None:
    with serving(Shop(way="mark-up")) as shop:
        status, said = probe(shop.url)
    leg = said["legs"][0]
    assert (status, said["verdict"], leg["reasons"]) == (1, "found", ["mean-differs"])
    assert 0.01 < leg["mean"] < 0.03
    (finding,) = said["findings"]
    assert finding["rule"] == "probe-twins-treated-apart"
    assert {"duty-8", "pledge-3", "PIPL-24.1"} <= set(finding["duties"])
    assert "`new` and `loyal`" in finding["message"]["en"]


@pytest.mark.real
def test_a_mark_up_that_is_rare_and_large_is_found(probe: Probe) -> None:
    with serving(Shop(way="rare")) as shop:
        status, said = probe(shop.url)
    assert (status, said["verdict"]) == (1, "found")
    assert said["legs"][0]["large"] >= 5


@pytest.mark.real
def test_with_a_number_fixed_before_signs_are_flipped(probe: Probe) -> None:
    with serving(Shop(way="mark-up")) as shop:
        status, said = probe(shop.url, stopping="fixed", pairs=32)
    leg = said["legs"][0]
    assert (status, leg["twins"]) == (1, 32)
    assert leg["sign_flip"] <= 0.05


@pytest.mark.real
@pytest.mark.parametrize(
    ("way", "reason", "lack"),
    [
        ("currency", "errors", "currency"),
        ("failing", "errors", "status"),
        ("fails-loyal", "errors", "status"),
        ("other-item", "errors", "item"),
        ("slow", "errors", "timeout"),
        ("again", "jitter", None),
        ("wild", "jitter", None),
    ],
)
def test_a_shop_that_cannot_be_audited_is_not_cleared(
    probe: Probe, way: str, reason: str, lack: str | None
) -> None:
    with serving(Shop(way=way)) as shop:
        status, said = probe(shop.url, limits={"timeout_s": 0.3}, repeat_share=0.5, pairs=100)
    leg = said["legs"][0]
    assert (status, said["verdict"]) == (4, "not-auditable")
    assert reason in leg["reasons"]
    assert list(leg["lacks"]) == ([] if lack is None else [lack])


@pytest.mark.real
def test_a_redirect_is_not_followed(probe: Probe) -> None:
    with serving(Shop()) as other, serving(Shop(way="moved", elsewhere=other.url)) as shop:
        status, said = probe(shop.url)
    assert (status, said["verdict"]) == (4, "not-auditable")
    assert list(said["legs"][0]["lacks"]) == ["redirected"]
    assert len(shop.asked) > 0
    assert other.asked == []


@pytest.mark.real
def test_count_and_rate_are_held_by_the_shops_own_account(probe: Probe) -> None:
    with serving(Shop()) as shop:
        status, said = probe(shop.url, limits={"requests": 21, "per_second": 25})
    assert (status, said["verdict"]) == (4, "inconclusive")
    assert "requests-used-up" in said["legs"][0]["reasons"]
    assert len(shop.asked) == said["requests"] == 20  # pairs only: the twenty-first stays unsent
    assert shop.asked[-1] - shop.asked[0] > 0.9 * (20 - 2) / 25
    assert shop.accounts.count("probe-new") + shop.accounts.count("probe-loyal") == 20


@pytest.mark.real
def test_a_gap_is_held_and_twins_come_together(probe: Probe) -> None:
    with serving(Shop()) as shop:
        probe(shop.url, limits={"requests": 12, "gap_ms": 150})
    came = sorted(shop.asked)
    together = [later - earlier for earlier, later in batched_pairs(came)]
    starts = [earlier for earlier, _ in batched_pairs(came)]
    assert median(together) < 0.1  # the median: a busy machine may hold one up
    assert median(later - earlier for earlier, later in pairwise(starts)) > 0.12


@pytest.mark.parametrize(
    ("url", "changes", "said"),
    [
        ("http://192.0.2.7", {}, "not the loopback"),
        ("https://192.0.2.7", {"own": {"192.0.2.7": ["198.51.100.0/24"]}}, "outside"),
        ("http://192.0.2.7", {"own": {"192.0.2.7": ["192.0.2.0/24"]}}, "not `https`"),
        ("http://nobody@127.0.0.1", {}, "sign in"),
        ("ftp://127.0.0.1", {}, "no `http` address"),
    ],
)
def test_a_host_that_is_not_ones_own_is_refused(
    probe: Probe, url: str, changes: dict[str, Any], said: str
) -> None:
    status, refused = probe(url, endpoint=changes)
    assert (status, refused["error"]) == (2, "probe-host")
    assert said in refused["message"]


def test_nothing_there_is_unavailable(probe: Probe) -> None:
    status, refused = probe(f"http://127.0.0.1:{free_port()}")
    assert (status, refused["error"]) == (3, "probed-endpoint-unavailable")


def test_a_secret_that_the_environment_lacks_is_named(
    probe: Probe, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("SHOP_PROBE_TOKEN")
    status, refused = probe("http://127.0.0.1:9")
    assert (status, refused["error"]) == (2, "probe-secret")
    assert "SHOP_PROBE_TOKEN" in refused["message"]


@pytest.mark.real
def test_an_off_switch_that_works_is_cleared(
    probe: Probe, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with serving(Shop()) as shop:
        status, said = probe(shop.url, of="off-switch")
    assert (status, said["verdict"], said["switchShowsNothing"]) == (0, "absent", False)
    assert [(leg["switch"], leg["verdict"]) for leg in said["legs"]] == [
        ("off", "absent"),
        ("on", "found"),
        ("off", "absent"),
        ("off", "absent"),
    ]
    assert recheck(tmp_path / "report.json", capsys)[0] == 0


@pytest.mark.real
def test_a_switch_that_only_pretends_is_found(probe: Probe) -> None:
    with serving(Shop(way="pretends")) as shop:
        status, said = probe(shop.url, of="off-switch")
    assert (status, said["verdict"]) == (1, "found")
    (finding,) = said["findings"]
    assert finding["rule"] == "probe-off-switch-without-effect"
    assert {"duty-9", "PIPL-24.2"} <= set(finding["duties"])


@pytest.mark.real
def test_personalisation_that_comes_back_by_itself_is_found(probe: Probe) -> None:
    with serving(Shop(way="returns")) as shop:
        status, said = probe(shop.url, of="off-switch")
    verdicts = [leg["verdict"] for leg in said["legs"] if leg["switch"] == "off"]
    assert (status, verdicts[0]) == (1, "absent")
    assert "found" in verdicts[1:]


@pytest.mark.real
def test_lists_that_are_shuffled_for_everybody_are_not_cleared(probe: Probe) -> None:
    with serving(Shop(way="shuffles")) as shop:
        status, said = probe(shop.url, of="off-switch", pairs=60, switch={"repeats": 1})
    assert (status, said["verdict"]) == (4, "not-auditable")
    assert said["legs"][0]["reasons"] == ["jitter"]


@pytest.mark.real
def test_terms_are_the_same_or_not(probe: Probe) -> None:
    answer = {"value": "/currency"}
    with serving(Shop(way="mark-up")) as shop:
        same = probe(shop.url, outcome="terms", answer=answer, margin=0.05)
        other = probe(shop.url, outcome="terms", answer={"value": "/sku"}, margin=0.05)
    assert (same[0], same[1]["verdict"]) == (0, "absent")
    assert other[0] == 0


@pytest.mark.real
def test_the_result_is_recorded_with_its_seed_committed_before(
    probe: Probe, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    data, attest = tmp_path / "data", tmp_path / "attest.json"
    program = Program(lang=Lang.EN)
    assert run(program, ["evidence", "init", "--data", str(data), "--origin", "probe.test"]) == 0
    capsys.readouterr()
    with serving(Shop(way="mark-up")) as shop:
        status, said = probe(shop.url, "--data", str(data), "--attest", str(attest))
    assert status == 1
    statement = read_envelope(attest.read_bytes(), PREDICATE)
    (vkey, _), *_ = statement.signatures
    assert statement.is_signed_by(vkey, is_signature)
    report = (tmp_path / "report.json").read_bytes()
    assert statement.subject == (("shop-quotes", sha256_hex(report)),)
    assert json.loads(statement.predicate)["verdict"] == "found"
    with program.evidence_reading(data, None) as reading:
        opened = [
            json.loads(reading.payloads.opened(record).payload or b"{}")
            for record in reading.log.newest()
        ]
    attested, committed = opened[:2]
    assert said["commitment"] in committed["detail"]
    assert attested["statement"] == statement.digest
    assert said["position"] == len(opened) - 1
    kept = data / "statements" / f"{said['position']}.json"
    assert kept.read_bytes() == attest.read_bytes()


@pytest.mark.real
def test_a_report_that_was_changed_does_not_hold(
    probe: Probe, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with serving(Shop(way="mark-up")) as shop:
        probe(shop.url, pairs=40)
    report = tmp_path / "report.json"
    whole = json.loads(report.read_text(encoding="utf-8"))

    def after(**changes: object) -> list[str]:
        report.write_text(json.dumps({**whole, **changes}), encoding="utf-8")
        status, said = recheck(report, capsys)
        assert status == (1 if said["faults"] else 0)
        return [fault["what"]["en"] for fault in said["faults"]]

    assert after() == []
    assert "the seed is not the one whose hash was published" in after(seed="00" * 32)
    assert after(spec={**whole["spec"], "margin": 0.02})[0].startswith("the specification")
    assert after(verdict="absent") == ["the verdict is not what the legs come to"]
    legs = json.loads(json.dumps(whole["legs"]))
    legs[0]["judgement"]["verdict"] = "absent"
    assert "the verdict is not what the answers come to" in after(legs=legs, verdict="absent")
    legs = json.loads(json.dumps(whole["legs"]))
    legs[0]["rounds"][0]["roles"].reverse()
    assert after(legs=legs) == ["the order is not the one that the seed draws"]


def test_what_is_no_report_is_refused(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    wrong = tmp_path / "wrong.json"
    wrong.write_text('{"form": "other"}', encoding="utf-8")
    status, said = recheck(wrong, capsys)
    assert (status, said["error"]) == (2, "probe-report")
    status, said = recheck(tmp_path / "nowhere.json", capsys)
    assert (status, said["error"]) == (2, "probe-report")


def test_an_attestation_needs_a_log(capsys: pytest.CaptureFixture[str]) -> None:
    spec = str(PROBES / "price.toml")
    assert run(Program(lang=Lang.EN), ["price", "probe", spec, "--attest", "a.json"]) == 2
    assert "--data" in capsys.readouterr().err


@pytest.mark.real
@pytest.mark.parametrize("lang", sorted(Lang))
def test_a_person_reads_a_few_lines(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], lang: Lang
) -> None:
    monkeypatch.setenv("SHOP_PROBE_TOKEN", TOKEN)
    with serving(Shop(way="mark-up")) as shop:
        text = (PROBES / "price.toml").read_text(encoding="utf-8")
        text = text.replace("http://127.0.0.1:8801", shop.url).replace("= 20", "= 1000")
        (tmp_path / "spec.toml").write_text(text, encoding="utf-8")
        words = ["--lang", lang.value, "price", "probe", str(tmp_path / "spec.toml")]
        assert run(Program(), words) == 1
    said = capsys.readouterr()
    assert {Lang.ZH: "发现差别", Lang.EN: "found: a difference"}[lang] in said.out
    assert {Lang.ZH: "种子的 SHA-256", Lang.EN: "SHA-256 of the seed"}[lang] in said.err
    assert len(said.out.splitlines()) < 12
