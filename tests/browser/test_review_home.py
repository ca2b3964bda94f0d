"""The way home of a correction: page → file or server → memory → every file of `out/`, and no model is asked again."""

from __future__ import annotations

import json
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from engines import EnglishEngine

from browser.review_pages import article, write
from normalize.pipeline import Options, plan_run, run
from normalize.review.serve import Server
from normalize.translate import Store
from normalize.write import replace

if TYPE_CHECKING:
    from playwright.sync_api import BrowserContext, Page

    Opened = Callable[..., Page]

TEXT = (
    "Jembatan desa {name} dibuka kembali pekan ini\n\n"
    "Pemerintah kabupaten membuka kembali jembatan di desa {name} pada hari Senin setelah diperbaiki.\n\n"
    "Warga desa itu mengaku senang karena tidak perlu lagi memutar jauh untuk pergi ke pasar.\n"
)
SHARED = "Warga desa itu mengaku senang karena tidak perlu lagi memutar jauh untuk pergi ke pasar."
CORRECTED = "The villagers are glad: the long way round to the market is over."


@pytest.fixture
def engine(monkeypatch: pytest.MonkeyPatch) -> EnglishEngine:
    made = EnglishEngine()

    def give(_store: Store, _source: str, _target: str, *, beam: int = 4, jobs: int | None = None) -> EnglishEngine:
        del jobs
        made.signature = f"english 1 beam {beam}"
        return made

    monkeypatch.setattr(Store, "engine", give)
    return made


@pytest.fixture
def options(tmp_path: Path) -> Options:
    raw = tmp_path / "raw"
    raw.mkdir()
    for name in ("Sukamaju", "Karangsari"):
        (raw / f"{name.lower()}.txt").write_text(TEXT.format(name=name), encoding="utf-8")
    return Options(raw=raw, out=tmp_path / "out", source_language="id")


def normalize(*arguments: str, cwd: Path) -> subprocess.CompletedProcess[bytes]:
    return subprocess.run(
        [sys.executable, "-m", "normalize", *arguments], capture_output=True, check=False, cwd=cwd, timeout=120
    )


def test_a_sentence_corrected_by_keyboard_is_in_every_output_and_no_model_is_asked_for_it(
    opened: Opened, options: Options, engine: EnglishEngine, tmp_path: Path
) -> None:
    run(plan_run(options))
    page = opened((options.out / "review.html").as_uri())
    page.keyboard.press("/")
    page.keyboard.type("memutar jauh")
    page.wait_for_selector("#shown:text-is('2 shown')")
    for key in ("Escape", "e", "Control+a"):
        page.keyboard.press(key)
    page.keyboard.type(CORRECTED)
    page.keyboard.press("Control+Enter")
    page.keyboard.press("k")
    page.keyboard.press("f")
    with page.expect_download() as download:
        page.keyboard.press("Control+s")
    download.value.save_as(tmp_path / "corrections.json")

    answer = normalize("review", "apply", "corrections.json", cwd=tmp_path)

    assert answer.returncode == 0, answer.stderr
    assert answer.stdout.decode() == "1 corrected · 0 accepted as they are · 2 units changed\n"
    files = ["corpus.jsonl", "corpus.tsv", "review.html", "articles/sukamaju.en.txt", "articles/karangsari.en.txt"]
    assert [name for name in files if CORRECTED not in (options.out / name).read_text("utf-8")] == []
    engine.asked.clear()
    run(plan_run(Options(raw=options.raw, out=options.out, source_language="id", force=True)))
    assert SHARED not in engine.asked
    rows = [json.loads(line) for line in (options.out / "corpus.jsonl").read_text("utf-8").splitlines()]
    corrected = [(row["target"], row["state"]) for row in rows if row["source"] == SHARED]
    assert corrected == [(CORRECTED, "final")] * 2
    page.reload()
    page.wait_for_selector("article")
    assert "2 of" in page.locator("#count").inner_text()
    assert page.locator("#notice").is_hidden()


@pytest.fixture
def server(tmp_path: Path) -> Iterator[Server]:
    write(tmp_path / "review.html", [article(0), article(1)])
    with Server(tmp_path, replace) as server:
        thread = threading.Thread(target=server.serve)
        thread.start()
        yield server
        server.stop()
        thread.join(10)
        assert not thread.is_alive()


def kept(server: Server) -> list[tuple[str, str]]:
    file = json.loads(server.path.read_bytes()) if server.path.exists() else {"corrections": []}
    return [(one["unit"], one["state"]) for one in file["corrections"]]


def soon(what: Callable[[], object], expected: object) -> None:
    end = time.monotonic() + 10
    while what() != expected and time.monotonic() < end:
        time.sleep(0.02)
    assert what() == expected


def test_a_served_page_saves_every_edit_at_once_and_takes_it_back_on_undo(opened: Opened, server: Server) -> None:
    page = opened(server.url)
    page.wait_for_selector("#saved:text-is('All saved')")
    for key in ("j", "a", "f"):
        page.keyboard.press(key)
    soon(lambda: kept(server), [("2024-05-00000:0.0", "reviewed"), ("2024-05-00000:1.0", "final")])
    page.keyboard.press("u")
    soon(lambda: kept(server), [("2024-05-00000:0.0", "reviewed")])
    page.wait_for_selector("#saved:text-is('All saved')")


def test_a_served_page_opened_again_shows_what_the_server_has(opened: Opened, server: Server) -> None:
    first = opened(server.url)
    first.wait_for_selector("#saved:text-is('All saved')")
    first.keyboard.press("j")
    first.keyboard.press("g")
    first.fill("#glossary-source", "jembatan gantung")
    first.fill("#glossary-target", "suspension bridge")
    first.keyboard.press("Enter")
    first.keyboard.press("a")
    soon(lambda: len(kept(server)), 1)
    first.wait_for_selector("#saved:text-is('All saved')")
    first.evaluate("() => localStorage.clear()")

    second = opened(server.url)

    second.wait_for_selector("#count:text-is('1 of 12 reviewed')")
    second.keyboard.press("j")
    second.keyboard.press("g")
    assert "jembatan gantung" in second.locator("#glossary-list").inner_text()


def test_a_page_whose_server_is_gone_says_so_and_keeps_the_edit(context: BrowserContext, server: Server) -> None:
    page = context.new_page()  # it is meant to complain
    page.goto(server.url)
    page.wait_for_selector("#saved:text-is('All saved')")
    page.route("**/corrections", lambda route: route.abort())
    page.keyboard.press("j")
    page.keyboard.press("a")
    page.wait_for_selector("#saved:text-is('Not saved')")
    assert kept(server) == []
    page.unroute("**/corrections")
    soon(lambda: kept(server), [("2024-05-00000:0.0", "reviewed")])
    page.wait_for_selector("#saved:text-is('All saved')")


def test_a_page_that_did_not_hear_at_first_what_the_server_has_takes_nothing_from_it(
    context: BrowserContext, server: Server
) -> None:
    had = {"source": "desa", "target": "village", "source_language": "id", "target_language": "en", "kind": "term",
           "unit": "2024-05-00000:0.0"}  # fmt: skip
    page = context.new_page()  # it is meant to complain
    page.route("**/corrections", lambda route: route.abort())
    page.goto(server.url)
    page.wait_for_selector("#saved:text-is('Not saved')")
    server._inbox.take(json.dumps({  # from another page
        "format": "normalize corrections", "version": 2, "signature": "s", "corrections": [], "glossary": [had],
    }).encode())  # fmt: skip
    for key in ("j", "a", "g"):
        page.keyboard.press(key)
    page.fill("#glossary-source", "jembatan gantung")
    page.fill("#glossary-target", "suspension bridge")
    page.keyboard.press("Enter")
    page.unroute("**/corrections")
    soon(lambda: kept(server), [("2024-05-00000:0.0", "reviewed")])
    soon(lambda: sorted(row.source for row in server.corrections.glossary), ["desa", "jembatan gantung"])
    page.wait_for_selector("#saved:text-is('All saved')")
    assert page.locator("#count").inner_text().startswith("1 of")
