"""What a memory does with a file that was damaged, cut off, killed while writing, full, or never one at all."""

from __future__ import annotations

import os
import random
import shutil
import signal
import sqlite3
import subprocess
import sys
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from normalize.engine import Hypothesis
from normalize.errors import InputError, OutputError, UsageError
from normalize.memory import Memory, Remembered
from normalize.memory.answers import SCORE, TRANSLATE, Answer, Request

SIGNATURE = "toy@1|beam 4"
REQUESTS = [Request(TRANSLATE, f"Kalimat nomor {number} yang agak panjang.") for number in range(80)]
REQUESTS += [Request(SCORE, f"Satu {number}", f"One {number}") for number in range(20)]


def answer(request: Request) -> Answer:
    length = len(request.source)
    return Hypothesis(target=request.source[::-1], score=-0.01 * length), Hypothesis(target="", score=-9.5)


def correction(number: int, target: str = "") -> Remembered:
    return Remembered(
        source=f"Warga desa ke sungai {number} kali.", target=target or f"Villagers went to the river {number} times.",
        source_language="id", target_language="en", article=f"a-{number % 5}",
    )  # fmt: skip


NEWEST = {correction(number).source: correction(number) for number in range(40)}
OLDER = [correction(number, f"Older {number}.") for number in range(0, 40, 2)]


def filled(path: Path) -> Path:
    with Memory(path) as memory:
        memory.keep(SIGNATURE, {request: answer(request) for request in REQUESTS})
        memory.correct(OLDER)
        memory.correct(NEWEST.values())
    return path


@pytest.fixture(scope="module")
def sound(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return filled(tmp_path_factory.mktemp("sound") / "memory.sqlite")


@pytest.fixture
def path(sound: Path, tmp_path: Path) -> Path:
    """A memory of its own for the test."""
    return Path(shutil.copy(sound, tmp_path / "memory.sqlite"))


def check_truth(memory: Memory) -> tuple[int, int]:
    """Whatever a memory still gives is right; give how many answers and corrections it still has."""
    known = memory.recall(SIGNATURE, REQUESTS)
    assert known == {request: answer(request) for request in known}
    kept = memory.corrections(list(NEWEST), "id", "en")
    assert kept == {source: NEWEST[source] for source in kept}
    for one in memory.remembered():
        assert one == NEWEST[one.source]
    for source in list(NEWEST)[:3]:
        assert set(memory.history(source, "id", "en")) <= set(OLDER)
        assert all(each.remembered == NEWEST[each.remembered.source] for each in memory.suggest(source, "id", "en"))
    return len(known), len(kept)


def use(memory: Memory) -> None:
    """Read and write all kinds of rows: none of it may fail because of what the file was."""
    check_truth(memory)
    memory.keep(SIGNATURE, {request: answer(request) for request in REQUESTS})
    memory.correct(NEWEST.values())
    memory.stats()
    memory.prune(unused=1)
    memory.forget(source="Tidak ada.")
    assert check_truth(memory)[1] == len(NEWEST)


PLACES = st.lists(st.tuples(st.integers(0, 1 << 20), st.integers(1, 255)), min_size=1, max_size=20)
DAMAGE = st.tuples(st.sampled_from(["flip", "flip", "cut", "blank"]), PLACES)
GARBAGE = random.Random(0).randbytes(5000)  # noqa: S311 - no secret


def damaged(data: bytes, kind: str, places: list[tuple[int, int]]) -> bytes:
    made = bytearray(data)
    for place, value in places:
        at = place % len(made)
        if kind == "flip":
            made[at] ^= value
        elif kind == "cut":
            return bytes(made[:at])
        else:
            made[at : at + 16 * value] = bytes(len(made[at : at + 16 * value]))
    return bytes(made)


@settings(max_examples=10, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(DAMAGE)
def test_bytes_damaged_anywhere_give_no_wrong_answer_and_no_crash(
    sound: Path, tmp_path: Path, damage: tuple[str, list[tuple[int, int]]]
) -> None:
    folder = tmp_path / "d"
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir()
    path = folder / "memory.sqlite"
    path.write_bytes(damaged(sound.read_bytes(), *damage))
    try:
        memory = Memory(path)
    except UsageError:
        return  # its header says now that it is something else
    with memory:
        use(memory)
        assert len(memory.notices) == sum("-wal" not in each.name and "-shm" not in each.name
                                          for each in folder.glob("memory.sqlite.*-*"))  # fmt: skip
    with Memory(path) as memory:
        assert check_truth(memory)[1] == len(NEWEST)
        assert memory.notices == []


WRONG_FILES = [b"SQLite format 3\0" + b"\x10\0\x02\x02" * 40, b"\0" * 8192, b"\xff" * 8192, GARBAGE]


@pytest.mark.parametrize("wrong", WRONG_FILES)
def test_a_file_of_garbage_is_set_aside_with_a_notice_and_not_deleted(tmp_path: Path, wrong: bytes) -> None:
    path = tmp_path / "memory.sqlite"
    for number in (1, 2):
        path.write_bytes(wrong)
        with Memory(path) as memory:
            assert check_truth(memory) == (0, 0)
            assert f"memory.sqlite.damaged-{number}" in memory.notices[0]
        assert (tmp_path / f"memory.sqlite.damaged-{number}").read_bytes() == wrong


def test_corrections_are_taken_over_from_a_damaged_file_and_old_ones_stay_old(path: Path) -> None:
    data = bytearray(path.read_bytes())
    # The text of one correction, wherever its newest row stands, is changed by a letter.
    at = data.rindex(b"Villagers went to the river 6 times.")
    data[at] ^= 1
    path.write_bytes(data)
    with Memory(path) as memory:
        kept = memory.corrections(list(NEWEST), "id", "en")
        lost = correction(6)
        assert kept == {source: one for source, one in NEWEST.items() if one != lost}
        assert "were taken over" in memory.notices[0]
        assert memory.history(lost.source, "id", "en") == (correction(6, "Older 6."),)


def test_damage_met_while_reading_loses_no_other_answer_to_a_wrong_one(path: Path) -> None:
    with Memory(path) as memory:
        memory._file._connection.execute("UPDATE answer SET value = zeroblob(40) WHERE id % 2")
        memory._file._connection.execute("UPDATE answer SET value = 'text' WHERE id % 7 = 0")
        memory._file._connection.execute("UPDATE answer SET value = 3.5 WHERE id % 8 = 0")
        known, kept = check_truth(memory)
        assert 0 < known < len(REQUESTS)
        assert kept == len(NEWEST)
        memory.keep(SIGNATURE, {request: answer(request) for request in REQUESTS})
        assert check_truth(memory) == (len(REQUESTS), len(NEWEST))  # healed


WRONG = [
    "DELETE FROM state", "UPDATE state SET run = 'x'", "UPDATE answer SET run = 'x'", "UPDATE answer SET run = x'00'",
    "UPDATE answer SET key = 'x' || id", "UPDATE answer SET engine = 'x'", "UPDATE engine SET signature = 7",
    "UPDATE word SET correction = 'x' || correction", "UPDATE word SET word = 'x' || word", "DELETE FROM word",
    "UPDATE used SET run = 'x'", "UPDATE history SET value = 9", "UPDATE history SET key = 'x'", "DELETE FROM engine",
    "UPDATE correction SET value = 'x' WHERE id = 3", "UPDATE correction SET key = 'x' WHERE id = 3",
    "UPDATE correction SET form = 'x'", "UPDATE correction SET value = (SELECT value FROM correction WHERE id = 5)",
    "DROP TABLE used", "DROP INDEX history_key", "DROP TABLE correction",
]  # fmt: skip


@pytest.mark.parametrize("statement", WRONG)
def test_rows_of_a_wrong_kind_give_no_wrong_answer_and_no_crash(path: Path, statement: str) -> None:
    with Memory(path) as memory:
        memory._file._connection.execute(statement)
        use(memory)
    with Memory(path) as memory:
        assert check_truth(memory)[1] == len(NEWEST)


def test_an_answer_moved_to_another_engine_or_request_is_none(path: Path) -> None:
    with Memory(path) as memory:
        memory._file._connection.execute(
            "UPDATE answer SET value = (SELECT value FROM answer AS other WHERE other.id = (answer.id % 50) + 1)"
        )
        assert set(memory.recall(SIGNATURE, REQUESTS).values()) <= {answer(request) for request in REQUESTS}
        check_truth(memory)
        assert memory.recall("another engine", REQUESTS) == {}


@pytest.mark.parametrize(
    "content",
    [
        b"source,target\na,b\n", "Bukan memori, melainkan cerita é.".encode(), b"x",
        "Cerita é. ".encode("latin-1") * 500, "Cerita.".encode("utf-16"), b"PK\x03\x04" + bytes(600),
        b"\xff\xd8\xff\xe0" + bytes(range(256)) * 20, b"\x1f\x8b\x08\0" + bytes(40),
    ],
)  # fmt: skip
def test_a_text_or_another_programs_file_is_refused_and_left_alone(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "glossary.csv"
    path.write_bytes(content)
    with pytest.raises(UsageError, match="something else"):
        Memory(path)
    assert path.read_bytes() == content
    assert list(tmp_path.iterdir()) == [path]


def test_another_programs_database_is_refused_and_left_alone(tmp_path: Path) -> None:
    path = tmp_path / "journal.sqlite"
    with sqlite3.connect(path) as other:
        other.execute("CREATE TABLE conversion (article TEXT)")
    other.close()
    before = path.read_bytes()
    with pytest.raises(UsageError, match="something else"):
        Memory(path)
    assert path.read_bytes() == before


def test_a_folder_is_refused(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="is a folder"):
        Memory(tmp_path)


def test_a_file_of_another_version_is_set_aside_and_its_corrections_are_spoken_of(path: Path, tmp_path: Path) -> None:
    with sqlite3.connect(path) as newer:
        newer.execute("ALTER TABLE correction ADD COLUMN mood TEXT")
        newer.execute("PRAGMA user_version = 7")
    newer.close()
    with pytest.raises(InputError, match="another version of normalize"):
        Memory(path, read_only=True)
    with Memory(path) as memory:
        assert check_truth(memory) == (0, 0)
        assert "memory.sqlite.version-7-1; it holds 40 corrections" in memory.notices[0]
    with sqlite3.connect(tmp_path / "memory.sqlite.version-7-1") as kept:
        assert kept.execute("SELECT count(*) FROM correction").fetchone() == (40,)
    kept.close()


def test_a_missing_file_is_only_made_for_writing(tmp_path: Path) -> None:
    path = tmp_path / "deep" / "er" / "memory.sqlite"
    with pytest.raises(UsageError, match="is not there"):
        Memory(path, read_only=True)
    Memory(path).close()
    with Memory(path, read_only=True) as memory:
        assert check_truth(memory) == (0, 0)


def test_a_folder_that_cannot_be_made_is_an_output_error(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x")
    with pytest.raises(OutputError, match="cannot be made"):
        Memory(tmp_path / "file" / "memory.sqlite")


def test_a_full_disk_is_an_output_error_with_advice_and_what_was_kept_stays(path: Path) -> None:
    with Memory(path) as memory:
        connection = memory._file._connection
        pages = connection.execute("PRAGMA page_count").fetchone()[0]
        connection.execute(f"PRAGMA max_page_count = {pages + 1}")
        requests = [Request(TRANSLATE, f"Baru {number}") for number in range(2000)]
        many = {request: answer(request) for request in requests}
        with pytest.raises(OutputError, match=r"full; make room on the disk"):
            memory.keep(SIGNATURE, many)
        with pytest.raises(OutputError, match=r"full; make room on the disk"):
            memory.correct([correction(number, "x" * 2000) for number in range(50)])
        assert memory.recall(SIGNATURE, list(many)) == {}
        assert check_truth(memory) == (len(REQUESTS), len(NEWEST))
        connection.execute("PRAGMA max_page_count = 100000")
        memory.keep(SIGNATURE, many)
        assert memory.recall(SIGNATURE, list(many)) == many


def test_a_read_only_memory_answers_and_keeps_nothing(sound: Path) -> None:
    before = sound.read_bytes()
    with Memory(sound, read_only=True) as memory:
        memory.keep(SIGNATURE, {Request(TRANSLATE, "Baru."): (Hypothesis(target="New.", score=-1.0),)})
        with pytest.raises(OutputError, match="is write-protected"):
            memory.correct([correction(99)])
        assert check_truth(memory) == (len(REQUESTS), len(NEWEST))
    assert sound.read_bytes() == before
    assert list(sound.parent.iterdir()) == [sound]


PROTECTED = """
import os
import sys
from pathlib import Path
from normalize.memory import Memory, Remembered
from normalize.memory.answers import TRANSLATE, Request
from normalize.engine import Hypothesis
from normalize.errors import OutputError
if os.geteuid() == 0:  # rights do not bind the superuser, whom tests may run as
    os.setgid(65534)
    os.setuid(65534)
with Memory(Path(sys.argv[1])) as memory:
    assert len(memory.corrections([sys.argv[2]], "id", "en")) == 1
    memory.keep("toy", {Request(TRANSLATE, "Baru."): (Hypothesis(target="New.", score=-1.0),)})
    memory.keep("toy", {Request(TRANSLATE, "Lagi."): (Hypothesis(target="More.", score=-1.0),)})
    try:
        memory.correct([Remembered(source="a", target="b", source_language="id", target_language="en")])
    except OutputError as error:
        print("refused", error.advice)
    print("\\n".join(memory.notices))
"""


@pytest.mark.skipif(not hasattr(os, "geteuid"), reason="needs the rights of files as POSIX has them")
@pytest.mark.parametrize("folder_too", [False, True])
def test_a_write_protected_file_is_read_on_with_one_notice(sound: Path, tmp_path: Path, *, folder_too: bool) -> None:
    shared = tmp_path / "shared"
    shared.mkdir()
    path = Path(shutil.copy(sound, shared / "memory.sqlite"))
    path.chmod(0o444)
    shared.chmod(0o555 if folder_too else 0o777)
    for above in (tmp_path, *list(tmp_path.parents)[:2]):
        above.chmod(above.stat().st_mode | 0o055)
    done = subprocess.run(
        [sys.executable, "-c", PROTECTED, str(path), correction(1).source], capture_output=True, text=True, check=False,
        cwd=Path(__file__).parent.parent,
    )  # fmt: skip
    shared.chmod(0o755)
    assert done.returncode == 0, done.stderr
    lines = done.stdout.splitlines()
    assert lines[0].startswith("refused give yourself the right to write it")
    assert lines[1:] == [f"{path}: is write-protected; what is new is not kept in it"]


def test_a_file_set_aside_by_another_process_is_not_written_any_more(tmp_path: Path) -> None:
    path = tmp_path / "memory.sqlite"
    with Memory(path) as memory:
        path.rename(tmp_path / "memory.sqlite.damaged-1")
        for suffix in ("-wal", "-shm"):
            path.with_name(path.name + suffix).rename(tmp_path / f"memory.sqlite.damaged-1{suffix}")
        memory.correct([correction(1)])
    with Memory(path, read_only=True) as again:
        assert list(again.remembered()) == [correction(1)]


def test_a_damaged_file_is_set_aside_once_by_all_who_have_it_open(path: Path, tmp_path: Path) -> None:
    with Memory(path) as one, Memory(path) as other:
        one._file._connection.execute("UPDATE correction SET value = x'00' WHERE id = 1")
        assert len(one.corrections(list(NEWEST), "id", "en")) == len(NEWEST) - 1
        assert len(other.corrections(list(NEWEST), "id", "en")) == len(NEWEST) - 1
        assert (len(one.notices), other.notices) == (1, [])
        other.correct([correction(0)])
        one.correct([correction(100)])
        assert set(tmp_path.glob("*.damaged-*")) >= {tmp_path / "memory.sqlite.damaged-1"}
        assert not list(tmp_path.glob("*.damaged-2*"))
    with Memory(path) as memory:
        assert list(memory.remembered()) == sorted([*NEWEST.values(), correction(100)], key=lambda each: each.source)
        assert memory.notices == []


WRITER = """
import sys
from pathlib import Path
from normalize.memory import Memory, Remembered
from normalize.memory.answers import TRANSLATE, Request
from normalize.engine import Hypothesis
path, name, batches, size = Path(sys.argv[1]), sys.argv[2], int(sys.argv[3]), int(sys.argv[4])
with Memory(path) as memory:
    print("open", flush=True)
    for batch in range(batches):
        memory.keep("toy", {
            Request(TRANSLATE, f"{name} {batch} {number}"): (Hypothesis(target=f"{batch}/{number}", score=-1.0),)
            for number in range(size)
        })
        memory.correct([Remembered(source=f"{name} {batch} {number}", target=f"{batch}", source_language="id",
                                   target_language="en") for number in range(5)])
        memory.recall("toy", [Request(TRANSLATE, f"{name} {batch} 0")])
    assert memory.notices == [], memory.notices
"""


def writer(path: Path, name: str, batches: int, size: int) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-c", WRITER, str(path), name, str(batches), str(size)], stdout=subprocess.PIPE,
        stderr=subprocess.PIPE, text=True, cwd=Path(__file__).parent.parent,
    )  # fmt: skip


def whole_batches(memory: Memory, name: str, most: int, size: int) -> int:
    """Count the batches there; each is there with all its answers, or with none, and so with its corrections."""
    found = 0
    for batch in range(most):
        requests = [Request(TRANSLATE, f"{name} {batch} {number}") for number in range(size)]
        known = memory.recall("toy", requests)
        assert len(known) in {0, size}
        assert all(known[request][0].target == f"{batch}/{number}" for number, request in enumerate(requests) if known)
        assert len(memory.corrections([request.source for request in requests], "id", "en")) in {0, 5}
        found += bool(known)
        if not known:
            break
    return found


def test_a_memory_that_several_open_at_once_for_the_first_time_is_not_taken_for_a_damaged_one(tmp_path: Path) -> None:
    # each connection is apart, as in processes; one finds what another is just making
    together, notices = threading.Barrier(4), list[str]()

    def opened(path: Path) -> None:
        together.wait()
        with Memory(path) as memory:
            notices.extend(memory.notices)

    for number in range(40):
        with ThreadPoolExecutor(4) as pool:
            list(pool.map(opened, [tmp_path / f"{number}.sqlite"] * 4))
    assert notices == []


def test_two_processes_write_at_once_and_nothing_is_lost(tmp_path: Path) -> None:
    path = tmp_path / "memory.sqlite"
    processes = {name: writer(path, name, 12, 40) for name in ("one", "two")}
    for process in processes.values():
        _, errors = process.communicate(timeout=60)
        assert (process.returncode, errors) == (0, "")
    with Memory(path) as memory:
        assert {name: whole_batches(memory, name, 12, 40) for name in processes} == {"one": 12, "two": 12}
        assert memory.stats().answers == 2 * 12 * 40
        assert memory.stats().runs == 2
        assert memory.notices == []


@pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="needs SIGKILL")
def test_a_process_killed_at_any_instant_leaves_whole_batches(tmp_path: Path) -> None:
    path = tmp_path / "memory.sqlite"
    chance = random.Random(20)  # noqa: S311 - when to kill is no secret
    for number in range(4):
        process = writer(path, f"writer {number}", 100_000, 30)
        assert process.stdout is not None
        assert process.stdout.readline() == "open\n"
        time.sleep(chance.uniform(0.0, 0.12))
        process.send_signal(signal.SIGKILL)
        process.communicate(timeout=60)
        with Memory(path) as memory:
            whole_batches(memory, f"writer {number}", 100_000, 30)
            assert memory.notices == []
            assert memory._file._connection.execute("PRAGMA integrity_check").fetchone() == (b"ok",)
