"""Text is read whatever it is encoded in, and what is no text is refused where it is met."""

import io
from pathlib import Path

import pytest

from chengnuo.adapters.text_files import TextFiles
from chengnuo.ports.texts import NotTextError, TextUnreadableError

TEXT = "第一行，手机号\r\nsecond line\n最后一行𠮷"


def read(file: Path) -> str:
    return "".join(TextFiles().pieces(file))


@pytest.mark.parametrize("encoding", ["gb18030", "utf-16", "utf-8", "utf-8-sig"])
def test_an_encoding_is_read(encoding: str, tmp_path: Path) -> None:
    file = tmp_path / "text"
    file.write_bytes(TEXT.encode(encoding))
    assert read(file) == TEXT


def test_lines_of_two_encodings_in_one_file(tmp_path: Path) -> None:
    file = tmp_path / "text"
    file.write_bytes("一\n".encode() + "二\n".encode("gb18030") + "三".encode())
    assert read(file) == "一\n二\n三"


@pytest.mark.parametrize("encoding", ["gb18030", "utf-16", "utf-8"])
def test_a_large_text_is_read_in_pieces(encoding: str, tmp_path: Path) -> None:
    file = tmp_path / "text"
    whole = "".join(f"第{number}行的内容，abc\n" for number in range(20_000))
    file.write_bytes(whole.encode(encoding))
    pieces = list(TextFiles().pieces(file))
    assert "".join(pieces) == whole
    assert max(map(len, pieces)) < 200_000


def test_a_line_of_megabytes_comes_in_parts(tmp_path: Path) -> None:
    file = tmp_path / "text"
    whole = '{"值": "一二三", ' * 200_000
    file.write_bytes(whole.encode())
    pieces = list(TextFiles().pieces(file))
    assert "".join(pieces) == whole
    assert len(pieces) > 1


def test_what_is_no_text_is_refused_at_its_line(tmp_path: Path) -> None:
    file = tmp_path / "archive.zip"
    file.write_bytes(b"PK\x03\x04\n\xff\xff\xff\n")
    with pytest.raises(NotTextError, match=r"archive\.zip.*line 2"):
        read(file)
    file.write_bytes(b"one\ntwo\0\n")
    with pytest.raises(NotTextError, match="line 2"):
        read(file)
    file.write_bytes(b"\xff\xfea\x00\n\x00\x00\xd8")
    with pytest.raises(NotTextError):
        read(file)


def test_a_file_that_is_not_there_is_told(tmp_path: Path) -> None:
    with pytest.raises(TextUnreadableError, match="nowhere"):
        read(tmp_path / "nowhere")


class _Stdin:
    buffer = io.BytesIO(TEXT.encode())


def test_standard_input_is_read(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.stdin", _Stdin())
    assert "".join(TextFiles().pieces(None)) == TEXT
