"""Settings and secrets in files: read as they are, or refused without their contents."""

from pathlib import Path

import pytest

from chengnuo.adapters.settings_file import SettingsFileError, read_secret, read_toml


def test_a_settings_file_is_toml(tmp_path: Path) -> None:
    file = tmp_path / "settings.toml"
    file.write_text('port = 9000\n[oidc]\nissuer = "https://id.example"\n', "utf-8")
    assert read_toml(file) == {"port": 9000, "oidc": {"issuer": "https://id.example"}}


@pytest.mark.parametrize("content", [b"port = \n", b"\xff\xfe"], ids=["not TOML", "not UTF-8"])
def test_what_is_not_toml_is_refused(tmp_path: Path, content: bytes) -> None:
    file = tmp_path / "settings.toml"
    file.write_bytes(content)
    with pytest.raises(SettingsFileError) as refused:
        read_toml(file)
    assert refused.value.code == "settings-file"


def test_a_secret_is_read_without_the_line_end(tmp_path: Path) -> None:
    file = tmp_path / "secret"
    file.write_text("s3cret\n", "utf-8")
    assert read_secret(file) == "s3cret"


def test_a_secret_file_that_is_empty_or_missing_is_refused(tmp_path: Path) -> None:
    (tmp_path / "empty").write_text("\n", "utf-8")
    for name in ("empty", "missing"):
        with pytest.raises(SettingsFileError, match=name):
            read_secret(tmp_path / name)
