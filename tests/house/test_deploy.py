"""The examples for a server agree with the program, its settings and one another."""

import re
import shutil
import subprocess
import sys
import tomllib
from collections.abc import Mapping
from fnmatch import fnmatch
from pathlib import Path
from typing import Any

import pytest
import yaml
from tests.house.sources import ROOT

from chengnuo.doors.http.followers import RECORDS_PATH
from chengnuo.doors.http.following import METRICS_PATH
from chengnuo.doors.settings import ServeSettings, parse_settings, web_settings
from chengnuo.wiring.program import Program

DEPLOY = ROOT / "deploy"
UNIT = DEPLOY / "chengnuo.service"
SETTINGS_AT = "/etc/chengnuo/settings.toml"
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
CONFINES = "landlock_create_ruleset landlock_add_rule landlock_restrict_self seccomp"
"""Calls by which the child that reads files of others confines itself."""
HARDENED = {
    "CapabilityBoundingSet": "",
    "ExecReload": "/bin/kill -HUP $MAINPID",
    "KillSignal": "SIGTERM",
    "MemoryMax": "3G",
    "NoNewPrivileges": "yes",
    "PrivateTmp": "yes",
    "ProtectHome": "yes",
    "ProtectSystem": "strict",
    "RestrictAddressFamilies": "AF_UNIX AF_INET AF_INET6",
    "SystemCallFilter": f"@system-service {CONFINES}",
    "TimeoutStopSec": "60",
    "User": "chengnuo",
}
NOT_RUN = re.compile(r"[Nn]ot (?:built|run)")


def settings(environ: Mapping[str, str] | None = None) -> ServeSettings:
    document = tomllib.loads((DEPLOY / "settings.toml").read_text("utf-8"))
    return parse_settings(document, environ or {})


def places(given: ServeSettings) -> set[str]:
    """Return the folders that the service of some settings writes in."""
    return {given.data, given.register, str(Path(given.evidence.master_key_file).parent)}


def unit() -> dict[str, str]:
    lines = UNIT.read_text("utf-8").splitlines()
    pairs = [line.partition("=") for line in lines if "=" in line and not line.startswith("#")]
    assert len({name for name, _, _ in pairs}) == len(pairs), "a key stands twice"
    return {name: value for name, _, value in pairs}


def compose() -> dict[str, Any]:
    parsed: dict[str, Any] = yaml.safe_load((DEPLOY / "compose.yaml").read_text("utf-8"))
    return parsed


def containerfile() -> str:
    return (DEPLOY / "Containerfile").read_text("utf-8")


def variables(service: Mapping[str, Any]) -> dict[str, str]:
    """Return the variables of a service where those of the shell are not set."""
    default = re.compile(r"\$\{[A-Z_]+:-([^}]*)\}")
    return {name: default.sub(r"\1", value) for name, value in service["environment"].items()}


def test_the_settings_are_those_of_a_service_behind_a_proxy() -> None:
    given = settings()
    web = web_settings(given, port=given.port or 0)
    assert web.secure
    assert given.trusted_proxies
    assert not Path(given.evidence.master_key_file).is_relative_to(given.data)


def test_the_unit_is_hardened_and_writes_where_the_settings_say() -> None:
    said, given = unit(), settings()
    assert {name: said[name] for name in HARDENED} == HARDENED
    assert set(said["ReadWritePaths"].split()) == places(given)
    assert {f"/var/lib/{name}" for name in said["StateDirectory"].split()} == places(given)
    assert said["ExecStart"].split()[1:] == ["serve", "--settings", SETTINGS_AT]
    assert (said["Type"], said["NotifyAccess"]) == ("notify", "main")
    assert int(said["WatchdogSec"]) >= 30


def test_the_socket_is_at_the_address_of_the_settings() -> None:
    lines = (DEPLOY / "chengnuo.socket").read_text("utf-8").splitlines()
    said = dict(line.split("=", 1) for line in lines if "=" in line and not line.startswith("#"))
    given = settings()
    assert said["ListenStream"] == f"{given.host}:{given.port}"
    assert said["NoDelay"] == "yes"  # else every answer waits for a delayed acknowledgement


@pytest.mark.real
def test_systemd_takes_the_unit_and_finds_it_confined(tmp_path: Path) -> None:
    analyze = shutil.which("systemd-analyze")
    if analyze is None:  # then its keys are what is held, above
        return
    chengnuo = Path(sys.executable).with_name("chengnuo")
    copied = tmp_path / UNIT.name
    copied.write_text(
        UNIT.read_text("utf-8").replace("/opt/chengnuo/bin/chengnuo", str(chengnuo)), "utf-8"
    )

    def ran(*words: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(  # noqa: S603  our own arguments
            [analyze, *words, str(copied)], capture_output=True, text=True, check=False
        )

    done = ran("verify", "--man=no")
    assert (done.returncode, done.stdout + done.stderr) == (0, "")
    security = ran("security", "--offline=true", "--threshold=20", "--no-pager")
    assert security.returncode == 0, security.stdout.splitlines()[-1]
    broken = copied.read_text("utf-8").replace("KillMode=mixed", "KillMode=never")
    copied.write_text(broken, "utf-8")
    assert ran("verify", "--man=no").stderr


def test_the_image_holds_what_the_repository_has() -> None:
    text = containerfile()
    for line in re.findall(r"^COPY (?!--from)(.+) \S+$", text, re.MULTILINE):
        for name in line.split():
            assert (ROOT / name).exists(), name
    for name in re.findall(r"-r (\S+)", text):
        assert (ROOT / name).is_file(), name
    shown = re.search(r"as `([a-z0-9,]+)`", text)
    assert shown is not None
    assert set(shown[1].split(",")) <= PROJECT["optional-dependencies"].keys()
    assert "chengnuo" in PROJECT["scripts"]
    assert 'ENTRYPOINT ["chengnuo"]' in text
    assert f'CMD ["serve", "--settings", "{SETTINGS_AT}"]' in text
    python = re.search(r"^ARG PYTHON=(\S+)$", text, re.MULTILINE)
    assert python is not None
    assert f"Programming Language :: Python :: {python[1]}" in PROJECT["classifiers"]
    volumes = re.search(r"^VOLUME \[(.+)\]$", text, re.MULTILINE)
    assert volumes is not None
    assert set(re.findall(r'"([^"]+)"', volumes[1])) == places(settings())
    assert f"EXPOSE {settings().port}\n" in text
    assert f"127.0.0.1:{settings().port}/healthz" in text


def test_the_compose_file_names_what_the_settings_and_the_image_know() -> None:
    parsed = compose()
    service, proxy = parsed["services"]["chengnuo"], parsed["services"]["proxy"]
    environ = variables(service)
    assert all(name.startswith("CHENGNUO_") for name in environ)
    given = settings(environ)
    assert (given.host, given.database) == ("0.0.0.0", "")  # noqa: S104  inside a container
    assert list(given.trusted_proxies) == [proxy["networks"]["inside"]["ipv4_address"]]
    assert f"127.0.0.1:{given.port}" in web_settings(given, port=given.port or 0).hosts
    assert service["expose"] == [str(given.port)]
    build = service["build"]
    assert (DEPLOY / build["context"] / build["dockerfile"]).resolve() == DEPLOY / "Containerfile"
    extras = re.sub(r"\$\{EXTRAS:-([^}]*)\}", r"\1", build["args"]["EXTRAS"]).split(",")
    assert set(extras) <= PROJECT["optional-dependencies"].keys()
    mounted = dict(one.split(":")[:2] for one in service["volumes"])
    assert mounted.pop("./settings.toml") == SETTINGS_AT
    assert set(mounted.values()) == places(given)
    of_all = [one.split(":")[0] for each in parsed["services"].values() for one in each["volumes"]]
    assert {one for one in of_all if not one.startswith(".")} == parsed["volumes"].keys()
    assert all((DEPLOY / one).exists() for one in of_all if one.startswith("."))


def test_the_database_of_the_compose_file_is_one_that_the_program_takes() -> None:
    parsed = compose()
    text = (DEPLOY / "compose.yaml").read_text("utf-8")
    shown = re.search(r"CHENGNUO_DATABASE=(postgresql://\S+)", text)
    assert shown is not None
    given = variables(parsed["services"]["database"])
    address = shown[1].replace("$DATABASE_PASSWORD", "p")
    assert (
        address == f"postgresql://{given['POSTGRES_USER']}:p@database:5432/{given['POSTGRES_DB']}"
    )
    assert settings({"CHENGNUO_DATABASE": address}).database == address
    assert parsed["services"]["database"]["profiles"] == ["postgresql"]


def test_the_proxy_leads_to_the_service_under_the_address_of_the_settings() -> None:
    text = (DEPLOY / "Caddyfile").read_text("utf-8")
    given = settings()
    assert f"{given.public_url.removeprefix('https://')} {{" in text
    assert f"reverse_proxy chengnuo:{given.port}\n" in text
    inside = text.partition("@inside path ")[2].partition("\n")[0].split()
    assert len(inside) == 2
    assert all(map(fnmatch, (METRICS_PATH, RECORDS_PATH), inside))


@pytest.mark.parametrize(
    "name",
    ["chengnuo.service", "chengnuo.socket", "Containerfile", "compose.yaml", "Caddyfile"],
)
def test_what_was_not_run_says_so(name: str) -> None:
    assert NOT_RUN.search((DEPLOY / name).read_text("utf-8"))


def test_every_file_is_in_the_list_of_the_folder() -> None:
    text = (DEPLOY / "README.md").read_text("utf-8")
    names = {path.name for path in DEPLOY.iterdir()} - {"README.md"}
    assert {name for name in names if f"`{name}`" not in text} == set()


def test_doctor_looks_over_the_settings_of_the_examples() -> None:
    checks = Program().checkup(None, DEPLOY / "settings.toml")
    assert checks.installation().planes().off is False
