"""The command line as a user meets it: exit code, standard output, standard error; with the bundled models."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Sequence
from pathlib import Path

import pytest
import translate_packages as packages
from engines import heed_ctrl_c

from normalize.memory import Memory, Remembered

ROOT = Path(__file__).resolve().parent.parent

BRIEF = (
    "Jembatan Desa Sukamaju Dibuka Kembali\n\n"
    "Pemerintah kabupaten membuka kembali jembatan di desa Sukamaju pada hari Senin setelah diperbaiki tiga bulan.\n\n"
    "Perusahaan kecerdasan buatan OpenAI tidak terlibat dalam pembangunan jembatan itu, kata kepala desa.\n"
)

KEYS = ["id", "article", "paragraph", "source", "target", "source_language", "target_language", "state", "score",
        "origin", "findings", "terms"]  # fmt: skip

LONG = "pemerintah desa membuka jembatan itu untuk warga yang pergi ke pasar "


def normalize(
    *arguments: str, cwd: Path | None = None, stdin: bytes = b"", check: bool = False
) -> subprocess.CompletedProcess[bytes]:
    command = [sys.executable, "-m", "normalize", *arguments]
    return subprocess.run(command, input=stdin, capture_output=True, check=check, cwd=cwd, timeout=300)


@pytest.fixture
def raw(tmp_path: Path) -> Path:
    folder = tmp_path / "raw"
    folder.mkdir()
    (folder / "jembatan.txt").write_text(BRIEF, encoding="utf-8")
    return folder


def one_line(stream: bytes) -> str:
    text = stream.decode()
    assert text.count("\n") == 1, text
    assert "Traceback" not in text
    return text


@pytest.mark.model
@pytest.mark.usefixtures("raw")
def test_run_makes_everything_the_readme_lists(tmp_path: Path) -> None:
    glossary = tmp_path / "glossary.csv"
    glossary.write_text("source,target\nkecerdasan buatan,artificial intelligence\nOpenAI,OpenAI\n", encoding="utf-8")

    answer = normalize("run", "raw", "out", "--glossary", "glossary.csv", cwd=tmp_path)

    out = tmp_path / "out"
    assert answer.returncode == 0, answer.stderr
    assert set(contents(out)) == {
        "articles/jembatan.en.txt", "articles/jembatan.id.txt", "articles.jsonl", "corpus.jsonl", "corpus.tsv",
        "dropped.jsonl", "manifest.json", "report.json", "review.html", "CORPUS.md", "plots/scores.svg",
        "plots/length_ratios.svg",
    }  # fmt: skip
    source = (out / "articles" / "jembatan.id.txt").read_text(encoding="utf-8").splitlines()
    english = (out / "articles" / "jembatan.en.txt").read_text(encoding="utf-8").splitlines()
    assert source == [line for line in BRIEF.splitlines() if line]
    assert len(english) == len(source)
    assert "artificial intelligence" in english[2]
    assert "OpenAI" in english[2]
    rows = [json.loads(line) for line in (out / "corpus.jsonl").read_text(encoding="utf-8").splitlines()]
    assert all(list(row) == KEYS for row in rows)
    first, second, last = answer.stdout.decode().splitlines()
    package = f"translate-id_en {packages.VERSION} (bundled)"
    assert first == f"raw/ → out/ · 1 article · id → en · glossary.csv (2 terms) · {package}"
    assert second.startswith("1 converted · ")
    assert last == "out/review.html"


@pytest.mark.model
def test_the_same_input_gives_the_same_bytes_whatever_the_jobs(raw: Path, tmp_path: Path) -> None:
    for number in range(3):
        text = BRIEF.replace("Sukamaju", f"Desa Nomor {number}").replace("Senin", "Selasa")
        (raw / f"{number}.txt").write_text(text, encoding="utf-8")
    for name, jobs in (("one", "1"), ("two", "2")):
        assert normalize("run", "raw", name, "--jobs", jobs, cwd=tmp_path).returncode == 0
    before = contents(tmp_path / "one")
    assert normalize("run", "raw", "one", cwd=tmp_path).returncode == 0

    assert contents(tmp_path / "one") == before == contents(tmp_path / "two")


def contents(out: Path) -> dict[str, bytes]:
    return {
        path.relative_to(out).as_posix(): path.read_bytes()
        for path in sorted(out.rglob("*"))
        if path.is_file() and ".normalize" not in path.parts
    }


@pytest.mark.model
def test_only_converts_some_and_leaves_the_others_in_the_corpus(raw: Path, tmp_path: Path) -> None:
    (raw / "pasar.txt").write_text(BRIEF.replace("Jembatan", "Pasar").replace("jembatan", "pasar"), encoding="utf-8")
    normalize("run", "raw", "out", cwd=tmp_path, check=True)

    answer = normalize("run", "raw", "out", "--only", "pas*", "--force", "--json", cwd=tmp_path, check=True)

    summary = json.loads(answer.stdout)
    assert (summary["converted"], summary["reused"], summary["articles"]) == (1, 0, 2)


@pytest.mark.model
@pytest.mark.usefixtures("raw")
def test_a_language_may_be_named_in_any_case(tmp_path: Path) -> None:
    normalize("run", "raw", "out", "--source", "ID", "--beam", "1", cwd=tmp_path, check=True)

    assert (tmp_path / "out" / "articles" / "jembatan.id.txt").is_file()


@pytest.mark.model
@pytest.mark.usefixtures("raw")
def test_the_log_file_has_a_line_of_json_for_each_thing_that_happens(tmp_path: Path) -> None:
    for _ in range(2):
        normalize("run", "raw", "out", "--fast", "--log-file", "run.log", cwd=tmp_path, check=True)

    events = [json.loads(line) for line in (tmp_path / "run.log").read_text("utf-8").splitlines()]
    assert [event["event"] for event in events] == ["started", "converted", "finished", "finished"]
    assert events[1]["article"] == "jembatan"
    assert events[2]["beam"] == 1
    assert all(event["time"].endswith("+00:00") for event in events)


@pytest.mark.model
@pytest.mark.usefixtures("raw")
def test_a_memory_can_be_shared_between_folders(tmp_path: Path) -> None:
    normalize("run", "raw", "one", "--memory", "memory.sqlite", cwd=tmp_path, check=True)

    answer = normalize("run", "raw", "two", "--memory", "memory.sqlite", "--json", cwd=tmp_path, check=True)

    summary = json.loads(answer.stdout)
    assert summary["reused"] == 0
    assert summary["answers_from_model"] == 0
    assert summary["answers_from_memory"] > 0
    assert not (tmp_path / "two" / ".normalize" / "memory.sqlite").exists()
    assert contents(tmp_path / "one") == contents(tmp_path / "two")


@pytest.mark.model
@pytest.mark.usefixtures("raw")
def test_strict_fails_when_a_term_is_missing_and_everything_is_written(tmp_path: Path) -> None:
    (tmp_path / "glossary.csv").write_text("source,target\nOpenAI,OpenAI\n", encoding="utf-8")
    normalize("run", "raw", "out", "--strict", cwd=tmp_path, check=True)
    said = Remembered(
        source=BRIEF.splitlines()[-1], target="A company had no part in it.", source_language="id", target_language="en"
    )
    with Memory(tmp_path / "out" / ".normalize" / "memory.sqlite") as memory:
        memory.correct([said])

    answer = normalize("run", "raw", "out", "--strict", cwd=tmp_path)

    assert answer.returncode == 1
    assert "1 glossary term is missing" in one_line(answer.stderr)
    assert said.target in (tmp_path / "out" / "articles" / "jembatan.en.txt").read_text("utf-8")


@pytest.mark.model
@pytest.mark.usefixtures("raw")
def test_users_rules_hold_in_a_run(tmp_path: Path) -> None:
    (tmp_path / "rules.toml").write_text(
        '[[rule]]\nsite = "*"\nmatch = "prefix"\ndrop = "Perusahaan kecerdasan"\n', encoding="utf-8"
    )

    normalize("run", "raw", "out", "--rules", "rules.toml", "--fast", cwd=tmp_path, check=True)

    assert "OpenAI" not in (tmp_path / "out" / "articles" / "jembatan.id.txt").read_text("utf-8")


@pytest.mark.model
@pytest.mark.usefixtures("raw")
def test_a_budget_that_is_enough_does_all(tmp_path: Path) -> None:
    answer = normalize("run", "raw", "out", "--budget", "1h", "--json", cwd=tmp_path, check=True)

    summary = json.loads(answer.stdout)
    assert (summary["converted"], summary["left"], summary["beam"]) == (1, 0, 4)


@pytest.mark.usefixtures("raw")
def test_a_dry_run_writes_nothing_and_says_what_it_would_do(tmp_path: Path) -> None:
    answer = normalize("run", "raw", "out", "--dry-run", cwd=tmp_path)

    assert answer.returncode == 0
    assert b"jembatan" in answer.stdout
    assert b"translate-id_en" in answer.stdout
    assert not (tmp_path / "out").exists()


@pytest.mark.model
def test_bad_files_get_one_line_each_and_the_rest_is_converted(raw: Path, tmp_path: Path) -> None:
    (raw / "nul.txt").write_bytes(b"\x00\x01\x02" * 100)
    (raw / "empty.txt").write_bytes(b"")
    (raw / "broken.jsonl").write_text('{"text": "half\n{"title": "no text"}\n', encoding="utf-8")
    (raw / "nocolumn.csv").write_text("headline,author\nA,B\n", encoding="utf-8")
    (raw / "korean.txt").write_text(
        "서울시는 월요일 새로운 도서관을 열었다고 밝혔다. 시민들은 오전 아홉 시부터 이용할 수 있다.\n", encoding="utf-8"
    )
    (raw / "long.txt").write_text(f"Judul Panjang\n\n{LONG * 300}\n", encoding="utf-8")

    answer = normalize("run", "raw", "out", "--beam", "1", cwd=tmp_path)

    assert answer.returncode == 1
    lines = answer.stderr.decode().splitlines()
    for name in ("nul.txt", "empty.txt", "broken.jsonl:1", "broken.jsonl:2", "nocolumn.csv", "korean.txt"):
        assert sum(line.startswith(f"normalize: {name}:") for line in lines) == 1, (name, lines)
    assert any("normalize models install ko" in line for line in lines)
    assert (tmp_path / "out" / "articles" / "jembatan.en.txt").exists()
    assert (tmp_path / "out" / "articles" / "long.en.txt").exists()
    report = json.loads((tmp_path / "out" / "report.json").read_bytes())
    assert len(report["failed"]) == len(lines)


@pytest.mark.model
@pytest.mark.usefixtures("raw")
def test_a_bad_glossary_row_is_named_and_the_others_work(tmp_path: Path) -> None:
    glossary = tmp_path / "bad.csv"
    glossary.write_text("source,target\nOpenAI,OpenAI\n,nothing\n", encoding="utf-8")

    answer = normalize("run", "raw", "out", "--glossary", "bad.csv", cwd=tmp_path)

    assert "bad.csv:3:" in one_line(answer.stderr)
    assert b"1/1 glossary terms kept" in answer.stdout


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (["run", "nowhere"], "nowhere: no such file or folder"),
        (["run", "empty"], "empty: holds no article"),
        (["run", "raw", "--glossary", "none.csv"], "none.csv:"),
        (["run", "raw", "--only", "nothing*"], "no article's id matches 'nothing*'"),
        (["run", "raw", "--source", "klingonese"], "klingonese"),
        (["run", "raw", "--target", "klingonese"], "klingonese"),
        (["run", "raw", "--budget", "soon"], "--budget soon: is no length of time; write 90s, 30m or 2h30m"),
        (["run", "raw", "--fast", "--beam", "4"], "--beam 4: --fast is a beam of 1"),
        (["run", "raw", "--rules", "none.toml"], "none.toml: no such file"),
        (["translate", "none.txt", "--source", "id"], "none.txt: is not there"),
        (["translate", "-", "--source", "klingonese"], "klingonese"),
        (["clean", "raw"], "--out"),
    ],
)
@pytest.mark.usefixtures("raw")
def test_wrong_usage_is_one_line_and_exit_code_2(tmp_path: Path, arguments: Sequence[str], says: str) -> None:
    (tmp_path / "empty").mkdir()

    answer = normalize(*arguments, cwd=tmp_path)

    assert answer.returncode == 2, answer.stderr
    assert says in one_line(answer.stderr)
    assert answer.stdout == b""


@pytest.mark.parametrize("arguments", [["--no-such-option"], ["run", "--beam", "0"], ["walk"]])
def test_options_that_do_not_exist_are_wrong_usage(arguments: Sequence[str]) -> None:
    assert normalize(*arguments).returncode == 2


@pytest.mark.usefixtures("raw")
def test_an_out_that_cannot_be_written_is_one_line(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way", encoding="utf-8")

    answer = normalize("run", "raw", "file/out", cwd=tmp_path)

    assert answer.returncode == 1
    assert "file/out" in one_line(answer.stderr)


@pytest.mark.model
def test_translate_gives_one_line_for_each_line() -> None:
    lines = ["Pemerintah membuka jembatan itu.", "", "kata " * 2000, "OpenAI", "Satu. Dua. Tiga.", "  "]

    answer = normalize("translate", "--source", "id", "--lines", "--beam", "1", stdin="\n".join(lines).encode())

    assert answer.returncode == 0, answer.stderr
    answers = answer.stdout.decode().split("\n")
    assert len(answers) == len(lines) + 1
    assert answers[-1] == ""
    assert (answers[1], answers[5]) == ("", "")
    assert all(answers[number] for number in (0, 2, 3, 4))


def test_translate_without_a_package_names_the_command() -> None:
    answer = normalize("translate", "--source", "ko", stdin="안녕하세요\n".encode())

    assert answer.returncode == 1
    assert "normalize models install ko" in one_line(answer.stderr)


def test_clean_prints_the_article_and_explains_what_it_removed(tmp_path: Path) -> None:
    page = tmp_path / "page.txt"
    menu = "Beranda Nasional Ekonomi Olahraga Teknologi Video Foto Indeks"
    page.write_text(f"{menu}\n\n{BRIEF}\nShare This Article\n", encoding="utf-8")

    answer = normalize("clean", str(page))
    explained = normalize("clean", str(page), "--explain")

    assert answer.stdout.decode().splitlines() == [line for line in BRIEF.splitlines() if line]
    [first, second] = explained.stdout.decode().splitlines()
    assert first.startswith("page:1\t")
    assert first.endswith(f"\t{menu}")
    assert second.endswith("\tShare This Article")


def test_a_removed_line_can_be_put_back_and_counted(tmp_path: Path) -> None:
    page = tmp_path / "page.txt"
    page.write_text(f"{BRIEF}\nShare This Article\n", encoding="utf-8")
    [explained] = normalize("clean", str(page), "--explain").stdout.decode().splitlines()

    restored = normalize("clean", str(page), "--restore", explained.split("\t")[0])
    counted = normalize("clean", str(page), "--stats").stdout.decode().splitlines()

    assert restored.stdout.decode().splitlines()[-1] == "Share This Article"
    assert [line.split()[:3] for line in counted] == [["rule", "articles", "lines"], ["share", "1", "1"]]


def test_a_site_rule_of_the_user_is_obeyed(tmp_path: Path) -> None:
    page = tmp_path / "page.txt"
    page.write_text(BRIEF, encoding="utf-8")
    rules = tmp_path / "rules.toml"
    rules.write_text('[[rule]]\nsite = "*"\ndrop = "Perusahaan kecerdasan"\nmatch = "prefix"\n', encoding="utf-8")

    answer = normalize("clean", str(page), "--rules", str(rules))

    assert answer.returncode == 0, answer.stderr
    assert answer.stdout.decode().splitlines() == [line for line in BRIEF.splitlines() if line][:-1]


def test_clean_of_a_folder_writes_a_file_for_each_article(raw: Path, tmp_path: Path) -> None:
    (raw / "sub").mkdir()
    (raw / "sub" / "page.html").write_text(
        "<html><body><nav><a href=/>Home</a></nav><article><h1>Jembatan Dibuka</h1><p>"
        + "</p><p>".join(BRIEF.split("\n\n")[1:])
        + "</p></article></body></html>",
        encoding="utf-8",
    )

    answer = normalize("clean", "raw", "--out", "clean", cwd=tmp_path)

    assert answer.returncode == 0, answer.stderr
    assert (tmp_path / "clean" / "jembatan.txt").read_text(encoding="utf-8").splitlines()[0] == BRIEF.splitlines()[0]
    assert "Home" not in (tmp_path / "clean" / "sub" / "page.txt").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    "arguments",
    [("run", "raw", "raw"), ("run", "raw/../raw", "./raw"), ("run", "out/articles", "out"),
     ("clean", "raw", "--out", "raw"), ("clean", "raw/jembatan.txt", "--out", "raw")],
)  # fmt: skip
def test_nothing_is_written_where_the_articles_are_read(raw: Path, arguments: Sequence[str]) -> None:
    (raw.parent / "out" / "articles").mkdir(parents=True)
    (raw.parent / "out" / "articles" / "a.txt").write_text(BRIEF, encoding="utf-8")
    before = contents(raw.parent)

    answer = normalize(*arguments, cwd=raw.parent)

    assert answer.returncode == 2
    assert "name another folder" in one_line(answer.stderr)
    assert contents(raw.parent) == before


@pytest.mark.model
def test_what_a_run_or_a_cleaning_wrote_is_not_read_as_articles(raw: Path) -> None:
    for _ in range(2):
        (raw.parent / "x.txt").write_text(BRIEF.replace("Sukamaju", f"Mekar {_}"), encoding="utf-8")
        assert normalize("run", ".", "made/out", cwd=raw.parent).returncode == 0
    rows = (raw.parent / "made" / "out" / "articles.jsonl").read_text(encoding="utf-8").splitlines()
    assert [json.loads(row)["id"] for row in rows] == ["raw/jembatan", "x"]

    for _ in range(2):
        assert normalize("clean", "raw", "--out", "raw/clean", cwd=raw.parent).returncode == 0
    assert [path.name for path in sorted((raw / "clean").rglob("*.txt"))] == ["jembatan.txt"]


@pytest.mark.parametrize("command", [[], ["run"], ["translate"], ["clean"], ["doctor"], ["models"], ["models", "list"],
                                     ["models", "install"], ["models", "remove"], ["models", "verify"]])  # fmt: skip
def test_every_command_has_help_with_an_example(command: Sequence[str]) -> None:
    answer = normalize(*command, "--help")

    assert answer.returncode == 0
    assert "normalize " in answer.stdout.decode()
    assert command == [] or "Example" in answer.stdout.decode(), answer.stdout.decode()


@pytest.mark.model
@pytest.mark.parametrize("moment", [0.4, 1.2, 2.0, 2.8])
def test_a_killed_run_leaves_no_half_file_and_the_next_run_ends_the_same(tmp_path: Path, moment: float) -> None:
    folder = tmp_path / "raw"
    folder.mkdir()
    for number in range(40):
        text = BRIEF.replace("Sukamaju", f"Nomor {number}").replace("tiga bulan", f"{number + 2} bulan")
        (folder / f"{number:02}.txt").write_text(text, encoding="utf-8")
    command = [sys.executable, "-m", "normalize", "run", "raw", "out", "--beam", "1"]
    running = subprocess.Popen(command, cwd=tmp_path, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    time.sleep(moment)
    running.send_signal(signal.SIGKILL)
    running.wait()
    for path in (tmp_path / "out").rglob("*.jsonl"):
        for line in path.read_text(encoding="utf-8").splitlines():
            json.loads(line)

    normalize("run", "raw", "out", "--beam", "1", cwd=tmp_path, check=True)
    normalize("run", "raw", "whole", "--beam", "1", cwd=tmp_path, check=True)

    assert contents(tmp_path / "out") == contents(tmp_path / "whole")


@pytest.mark.model
def test_ctrl_c_is_one_line_and_exit_code_130(tmp_path: Path) -> None:
    folder = tmp_path / "raw"
    folder.mkdir()
    for number in range(300):
        (folder / f"{number:03}.txt").write_text(BRIEF.replace("Sukamaju", f"Nomor {number}"), encoding="utf-8")
    command = [sys.executable, "-m", "normalize", "run", "raw", "out"]
    running = subprocess.Popen(
        command,
        cwd=tmp_path,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        preexec_fn=heed_ctrl_c,  # noqa: PLW1509 - one call of signal; no thread holds a lock it needs
    )
    assert running.stdout is not None
    running.stdout.readline()  # the header: converting begins now
    time.sleep(0.5)
    running.send_signal(signal.SIGINT)

    _, errors = running.communicate(timeout=120)

    assert running.returncode == 130, errors
    assert "run again to go on" in one_line(errors)


def test_importing_normalize_creates_nothing_and_loads_nothing_heavy(tmp_path: Path) -> None:
    code = (
        "import sys, normalize, normalize.cli\n"
        "heavy = {'ctranslate2', 'sentencepiece', 'argostranslate', 'numpy', 'lxml', 'trafilatura', 'torch', 'ftfy',\n"
        "         'py3langid', 'sentencex', 'charset_normalizer', 'msgspec', 'sqlite3'}\n"
        "print(sorted(heavy & set(sys.modules)))\n"
    )
    environment = {**os.environ, "HOME": str(tmp_path), "XDG_DATA_HOME": str(tmp_path), "PYTHONDONTWRITEBYTECODE": "1"}

    command = [sys.executable, "-c", code]
    answer = subprocess.run(command, capture_output=True, check=True, env=environment, cwd=tmp_path)

    assert answer.stdout.decode().strip() == "[]"
    assert list(tmp_path.iterdir()) == []


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no device that takes nothing")
@pytest.mark.parametrize("arguments", [("--version",), ("models", "list"), ("clean", "raw/jembatan.txt")])
def test_an_output_that_takes_no_more_is_one_line(raw: Path, arguments: Sequence[str]) -> None:
    with Path("/dev/full").open("wb") as full:
        command = [sys.executable, "-m", "normalize", *arguments]
        answer = subprocess.run(command, stdout=full, stderr=subprocess.PIPE, check=False, cwd=raw.parent)

    assert answer.returncode == 1
    assert "cannot write" in one_line(answer.stderr)


def test_a_closed_pipe_is_no_failure() -> None:
    # More than a pipe holds, whatever the cleaner makes of lines that are alike.
    lines = [f"Pemerintah membuka jembatan nomor {number} di desa itu pada hari Senin.\n" for number in range(4_000)]
    text = "\n".join(["Judul\n", *lines]).encode()
    shell = ["/bin/bash", "-o", "pipefail", "-c", f"{sys.executable} -m normalize clean - | head -n 1"]

    answer = subprocess.run(shell, input=text, capture_output=True, check=False)

    assert answer.returncode == 0, answer.stderr
    assert answer.stderr == b""
