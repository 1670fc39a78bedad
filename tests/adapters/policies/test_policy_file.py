"""The text of a policy from a web page, Markdown or plain text, in the encodings in use."""

import time
from pathlib import Path

import pytest

from chengnuo.adapters.policies.page import page_blocks
from chengnuo.adapters.policies.policy_file import MAX_FILE_BYTES, PolicyFile
from chengnuo.ports.policies import UnreadablePolicyError

PAGE = """<!DOCTYPE html><html><head><title>隐藏</title><style>.a{}</style></head><body>
<h1>隐私政策</h1><p>我们收集您的<b>手机号</b>，
用于登录&nbsp;。</p><ul><li>相机</li><li>位置</li></ul>
<p><a href="https://a.example/p">友盟</a>、<a href="#top">回到顶部</a></p>
<script>var x = "通讯录"</script><noscript>短信</noscript></body></html>
"""
READ = "隐私政策\n我们收集您的手机号， 用于登录\xa0。\n相机\n位置\n友盟 (https://a.example/p)、回到顶部"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
def test_a_page_gives_what_people_read(tmp_path: Path, encoding: str) -> None:
    path = tmp_path / "policy.html"
    path.write_bytes(PAGE.encode(encoding))
    assert PolicyFile().read(path).text == READ


def test_a_page_is_known_by_its_content_too(tmp_path: Path) -> None:
    path = tmp_path / "policy.txt"
    path.write_text(PAGE, encoding="utf-8")
    assert PolicyFile().read(path).text == READ


def test_markdown_gives_what_people_read(tmp_path: Path) -> None:
    path = tmp_path / "policy.md"
    path.write_text("# 隐私政策\n\n- 相机 <camera>\n", encoding="utf-8")
    found = PolicyFile().read(path)
    assert (found.file, found.text) == ("policy.md", "隐私政策\n相机 <camera>")


def test_a_page_that_closes_nothing_is_read_to_its_end(tmp_path: Path) -> None:
    path = tmp_path / "policy.html"
    path.write_text(
        "<head><title>x<body><p>手机号<p>位置<a href='http://b.example'>见", encoding="utf-8"
    )
    assert PolicyFile().read(path).text == "x\n手机号\n位置见"


@pytest.mark.parametrize(
    "piece",
    [
        "<",
        "<!--",
        '<a href="',
        "<![CDATA[",
        "</",
        "<script>",
        "<title>",
        "<head><body>",
        "&#",
        "<p ",
    ],
)
def test_the_time_for_a_page_is_in_proportion_to_it(piece: str) -> None:
    times = []
    for count in (20_000, 80_000):
        begun = time.process_time()
        page_blocks(piece * count)
        times.append(time.process_time() - begun)
    assert times[1] < 0.2 + 10 * times[0]


@pytest.mark.parametrize(
    ("data", "why"),
    [
        (b"%PDF-1.7\n", "PDF"),
        (b"PK\x03\x04rest", "damaged Word"),
        (b"\xd0\xcf\x11\xe0rest", "old office"),
        (b"\x00\x01\x02\x03", "no text in"),
        (b"<html><script>x</script></html>", "holds no text"),
        (b"", "holds no text"),
        (b" " * (MAX_FILE_BYTES + 1), "larger"),
    ],
)
def test_what_is_no_text_is_refused(tmp_path: Path, data: bytes, why: str) -> None:
    path = tmp_path / "policy.html"
    path.write_bytes(data)
    with pytest.raises(UnreadablePolicyError, match=why):
        PolicyFile().read(path)


def test_a_folder_is_refused(tmp_path: Path) -> None:
    with pytest.raises(UnreadablePolicyError):
        PolicyFile().read(tmp_path)
