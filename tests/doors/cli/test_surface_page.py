"""Splash screens and pop-ups as recorded: judged from a file, and recorded in a real browser."""

import json
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser

from chengnuo.doors.cli.root import EXIT_FINDINGS, EXIT_WRONG_INPUT, run
from chengnuo.wiring.program import Program


def box(x: float, y: float, width: float, height: float) -> dict[str, float]:
    return {"x": x, "y": y, "width": width, "height": height}


SKIP = {"text": "跳过", "box": box(320, 20, 60, 32), "shownMs": 100}
GO = {"text": "查看活动", "box": box(100, 700, 190, 48), "shownMs": 100}
SPLASH: dict[str, Any] = {
    "name": "#splash",
    "box": box(0, 0, 390, 844),
    "appearedMs": 100,
    "closes": [SKIP],
    "leads": [GO],
}
JUMP: dict[str, Any] = {"atMs": 3000, "by": "tap", "host": "ads.example", "x": 200, "y": 720}


def recording(*layers: dict[str, Any], jumps: tuple[dict[str, Any], ...] = ()) -> str:
    made = {"format": "chengnuo-surface", "version": 1, "width": 390, "height": 844}
    return json.dumps({**made, "watchedMs": 6000, "layers": layers, "jumps": jumps})


def judged(path: Path, content: str, capsys: pytest.CaptureFixture[str]) -> list[str]:
    path.write_text(content, encoding="utf-8")
    status = run(Program(), ["surface", "page", str(path), "--json"])
    found = json.loads(capsys.readouterr().out)["findings"]
    assert status == (EXIT_FINDINGS if found else 0)
    return [one["rule"] for one in found]


MOVED = {"by": "motion", "acceleration": 15, "rotation": 35, "seconds": 3}


@pytest.mark.parametrize(
    ("layer", "jumps", "rules"),
    [
        pytest.param({}, (), [], id="as it should be"),
        pytest.param({}, (JUMP,), [], id="a tap on what says so"),
        pytest.param({"closes": []}, (), ["page-close-missing"], id="nothing closes it"),
        pytest.param(
            {"closes": [{**SKIP, "reachable": False}]}, (), ["page-close-missing"], id="covered"
        ),
        pytest.param(
            {"closes": [{**SKIP, "box": box(370, 4, 23.9, 40)}]},
            (),
            ["page-close-small"],
            id="too small by a tenth",
        ),
        pytest.param({"closes": [{**SKIP, "box": box(366, 4, 24, 24)}]}, (), [], id="24 by 24"),
        pytest.param(
            {"closes": [{**SKIP, "shownMs": 5100}]}, (), ["page-close-waits"], id="five seconds"
        ),
        pytest.param({}, ({**JUMP, "by": "itself"},), ["page-jumps-by-itself"], id="by a timer"),
        pytest.param({}, ({**JUMP, "x": 20, "y": 400},), ["page-jumps-beyond"], id="anywhere"),
        pytest.param(
            {"leads": [{**GO, "box": box(0, 0, 390, 844)}]},
            (JUMP,),
            ["page-jumps-beyond"],
            id="the whole screen is a link",
        ),
        pytest.param({}, ({**JUMP, "x": 340, "y": 30},), ["page-close-jumps"], id="by closing"),
        pytest.param({}, ({**JUMP, **MOVED},), [], id="a strong motion"),
        pytest.param(
            {}, ({**JUMP, **MOVED, "rotation": 34},), ["page-motion-jumps"], id="a light motion"
        ),
        pytest.param(
            {}, ({**JUMP, "by": "motion"},), ["page-motion-jumps"], id="a motion not measured"
        ),
    ],
)
def test_a_layer_closes_at_once_and_leads_only_where_it_says(
    layer: dict[str, Any],
    jumps: tuple[dict[str, Any], ...],
    rules: list[str],
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert judged(tmp_path / "page.json", recording({**SPLASH, **layer}, jumps=jumps), capsys) == (
        rules
    )


@pytest.mark.parametrize(
    "content",
    ["", "[]", "{", recording({**SPLASH, "more": 1}), recording().replace('"version": 1', "")],
)
def test_what_is_no_recording_is_refused(
    content: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "page.json"
    path.write_text(content, encoding="utf-8")
    assert run(Program(), ["surface", "page", str(path)]) == EXIT_WRONG_INPUT
    assert "not-a-surface-recording" in capsys.readouterr().err


def test_it_says_so_in_both_languages(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "page.json"
    path.write_text(recording(SPLASH), encoding="utf-8")
    assert run(Program(), ["--lang", "zh", "surface", "page", str(path)]) == 0
    assert "1 个弹窗或开屏都能一次点击关闭" in capsys.readouterr().out
    path.write_text(recording({**SPLASH, "closes": []}), encoding="utf-8")
    assert run(Program(), ["--lang", "en", "surface", "page", str(path)]) == EXIT_FINDINGS
    assert "Nothing that can be tapped closes #splash." in capsys.readouterr().out


FAIR = """<!doctype html><meta charset=utf-8><meta name=viewport content="width=device-width"><body>
<p>首页</p><div id=splash style="position:fixed;inset:0;background:#fff">
<button style="position:absolute;right:16px;top:16px;width:64px;height:44px"
 onclick="this.parentNode.remove()">跳过</button>
<a href="https://ads.example/" style="position:absolute;bottom:40px;left:60px">查看活动</a>
</div>"""
UNFAIR = """<!doctype html><meta charset=utf-8><meta name=viewport content="width=device-width">
<div id=splash onclick="away('any')" style="position:fixed;inset:0;background:#fff">
<img alt="" width=100 height=100></div>
<script>
const away = (where) => { location.href = `https://ads.example/${where}`; };
setTimeout(() => {
  const one = document.createElement("button");
  one.textContent = "×";
  one.style = "position:absolute;right:4px;top:4px;width:16px;height:16px;padding:0";
  one.onclick = (event) => { event.stopPropagation(); away("x"); };
  document.getElementById("splash").append(one);
}, 1500);
setTimeout(() => away("timer"), 1200);
</script>"""


def recorded(
    browser: Browser, html: str, script: str, taps: tuple[tuple[int, int], ...], wait_ms: int
) -> str:
    """Open a page with the recorder, wait, tap, and return the recording."""
    page = browser.new_page(viewport={"width": 390, "height": 844})
    try:
        page.add_init_script(script)
        page.route("https://shop.example/", lambda route: route.fulfill(body=html))
        page.goto("https://shop.example/")
        page.wait_for_timeout(wait_ms)
        for x, y in taps:
            page.mouse.click(x, y)
            page.wait_for_timeout(1100)
        return json.dumps(page.evaluate("chengnuoSurface()"), ensure_ascii=False)
    finally:
        page.close()


@pytest.mark.real
def test_a_real_browser_records_what_is_judged(
    browser: Browser, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(Program(), ["surface", "recorder"]) == 0
    script = capsys.readouterr().out
    fair = recorded(browser, FAIR, script, (), 600)
    assert judged(tmp_path / "fair.json", fair, capsys) == []
    unfair = recorded(browser, UNFAIR, script, ((200, 500), (378, 12)), 2200)
    assert set(judged(tmp_path / "unfair.json", unfair, capsys)) == {
        "page-close-small",
        "page-close-waits",
        "page-jumps-by-itself",
        "page-jumps-beyond",
        "page-close-jumps",
    }
    (layer,) = json.loads(fair)["layers"]
    (close,) = layer["closes"]
    assert (close["box"]["width"], close["box"]["height"]) == (64, 44)
