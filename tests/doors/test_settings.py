"""What `serve` can be told, and what it refuses."""

import platform

import pytest

from chengnuo.doors.settings import (
    ServeSettings,
    WrongSettingError,
    parse_settings,
    web_settings,
)

EVERYWHERE = "0.0.0.0"  # noqa: S104  what is refused or needs more said
OIDC = {"issuer": "https://id.example.com", "client_id": "c", "roles": {"g": "admin"}}


def test_without_a_word_the_defaults_hold() -> None:
    assert parse_settings({}, {}) == ServeSettings()


def test_the_environment_goes_over_the_file() -> None:
    settings = parse_settings({"port": 9000, "data": "a"}, {"CHENGNUO_PORT": "9001"})
    assert (settings.port, settings.data) == (9001, "a")


def test_a_table_is_set_by_two_underscores() -> None:
    settings = parse_settings({"oidc": OIDC}, {"CHENGNUO_OIDC__CLIENT_SECRET": "s3"})
    assert settings.oidc is not None
    assert (settings.oidc.client_id, settings.oidc.client_secret) == ("c", "s3")


def test_a_list_is_written_with_commas() -> None:
    settings = parse_settings({}, {"CHENGNUO_TRUSTED_HOSTS": "a.example.com, b.example.com"})
    assert settings.trusted_hosts == ("a.example.com", "b.example.com")


@pytest.mark.parametrize("name", ["CHENGNUO_LANG", "CHENGNUO_CACHE", "PATH", "XCHENGNUO_PORT"])
def test_variables_of_others_are_left_alone(name: str) -> None:
    assert parse_settings({}, {name: "x"}) == ServeSettings()


@pytest.mark.parametrize(
    ("document", "environ", "named"),
    [
        ({"prot": 1}, {}, "prot"),
        ({"port": "many"}, {}, "port"),
        ({"port": 70000}, {}, "port"),
        ({"requests_per_minute": 0}, {}, "requests_per_minute"),
        ({"oidc": {**OIDC, "secret": "x"}}, {}, "secret"),
        ({"oidc": {**OIDC, "roles": {"g": "boss"}}}, {}, "boss"),
        ({"individuals": {"issuer": "x"}}, {}, "jwks"),
        ({}, {"CHENGNUO_PROT": "1"}, "CHENGNUO_PROT"),
        ({}, {"CHENGNUO_OIDC": "x"}, "CHENGNUO_OIDC"),
        ({}, {"CHENGNUO_OIDC__SECRET": "x"}, "CHENGNUO_OIDC__SECRET"),
        ({}, {"CHENGNUO_NOWHERE__X": "x"}, "CHENGNUO_NOWHERE__X"),
    ],
)
def test_what_is_unknown_or_wrong_is_named(
    document: dict[str, object], environ: dict[str, str], named: str
) -> None:
    with pytest.raises(WrongSettingError, match=named):
        parse_settings(document, environ)


def test_no_message_repeats_a_secret() -> None:
    for environ in ({"CHENGNUO_OIDC__CLIENT_SECRET": "s3cret"}, {"CHENGNUO_X": "s3cret"}):
        with pytest.raises(WrongSettingError) as refused:
            parse_settings({}, environ)
        assert "s3cret" not in str(refused.value)


@pytest.mark.parametrize(
    ("said", "url"),
    [
        ({}, "http://127.0.0.1:8701"),
        ({"host": "::1"}, "http://[::1]:8701"),
        ({"public_url": "https://p.example.com/"}, "https://p.example.com"),
        ({"host": EVERYWHERE, "public_url": "http://localhost:8700"}, "http://localhost:8700"),
    ],
)
def test_the_public_address_is_what_browsers_see(said: dict[str, object], url: str) -> None:
    web = web_settings(parse_settings(said, {}), port=8701)
    assert web.public_url == url
    assert web.secure == url.startswith("https")


@pytest.mark.parametrize(
    ("said", "named"),
    [
        ({"host": EVERYWHERE}, "public_url"),
        ({"public_url": "http://p.example.com"}, "public_url"),
        ({"public_url": "https://p.example.com/centre"}, "public_url"),
        ({"public_url": "p.example.com"}, "public_url"),
        ({"public_url": "ftp://p.example.com"}, "public_url"),
        ({"demo": True, "public_url": "https://p.example.com"}, "demo"),
        ({"demo": True, "host": EVERYWHERE, "public_url": "http://127.0.0.1:1"}, "demo"),
    ],
)
def test_what_would_be_unsafe_is_refused(said: dict[str, object], named: str) -> None:
    with pytest.raises(WrongSettingError) as refused:
        web_settings(parse_settings(said, {}), port=8700)
    assert refused.value.name == named


@pytest.mark.parametrize(
    ("said", "demanded"),
    [({}, True), ({"demo": True}, False), ({"demo": True, "require_totp": True}, True)],
)
def test_only_a_demo_does_without_a_second_factor(
    said: dict[str, object], *, demanded: bool
) -> None:
    assert parse_settings(said, {}).demands_totp is demanded


@pytest.mark.parametrize(
    ("said", "found"),
    [
        ({}, "http://127.0.0.1:8701"),
        ({"host": "::1"}, "http://[::1]:8701"),
        ({"host": "0.0.0.0"}, f"http://{platform.node()}:8701"),  # noqa: S104  listened on by nobody
        ({"peer_url": "https://one.internal:8443/"}, "https://one.internal:8443"),
    ],
)
def test_where_other_processes_reach_this_one(said: dict[str, object], found: str) -> None:
    public = {"public_url": "https://shop.example"}
    assert web_settings(parse_settings(public | said, {}), port=8701).peer_url == found


@pytest.mark.parametrize("wrong", ["one.internal:8443", "ftp://one.internal", "http://one/path"])
def test_a_peer_is_reached_by_http_without_a_path(wrong: str) -> None:
    with pytest.raises(WrongSettingError, match="peer_url"):
        web_settings(parse_settings({"peer_url": wrong}, {}), port=8701)
