"""Files appear whole or not at all."""

from __future__ import annotations

import errno
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from normalize.errors import OutputError
from normalize.write import replace, sweep
from normalize.write.atomic import Draft, failing


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def test_a_file_gets_its_content_and_folders_are_made(tmp_path: Path) -> None:
    assert replace(tmp_path / "a/b/c.txt", ["é", b"\n"])
    assert (tmp_path / "a/b/c.txt").read_bytes() == "é\n".encode()
    assert names(tmp_path / "a/b") == ["c.txt"]


@pytest.mark.parametrize("as_whole", [True, False])
def test_the_same_content_is_not_written_again(tmp_path: Path, *, as_whole: bool) -> None:
    path = tmp_path / "a.txt"
    replace(path, b"same")
    os.utime(path, ns=(1, 1))
    assert not replace(path, b"same" if as_whole else [b"sa", b"me"])
    assert path.stat().st_mtime_ns == 1
    assert replace(path, b"else" if as_whole else [b"el", b"se"])
    assert path.read_bytes() == b"else"
    assert names(tmp_path) == ["a.txt"]


def test_only_what_is_to_be_forced_waits_for_the_disk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    forced: list[int] = []
    monkeypatch.setattr(os, "fsync", forced.append)
    assert replace(tmp_path / "a.txt", b"old", forced=False)
    assert not forced
    assert replace(tmp_path / "a.txt", [b"n", "ew"], forced=False)
    assert (tmp_path / "a.txt").read_bytes() == b"new"
    assert not forced
    assert replace(tmp_path / "a.txt", b"newer")
    assert len(forced) == 1
    assert names(tmp_path) == ["a.txt"]


def test_a_failure_half_way_leaves_the_old_file_and_nothing_else(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    replace(path, b"old")

    def failing_chunks() -> Iterator[bytes]:
        yield b"new"
        raise RuntimeError

    with pytest.raises(RuntimeError):
        replace(path, failing_chunks())
    assert path.read_bytes() == b"old"
    assert names(tmp_path) == ["a.txt"]


def test_what_a_killed_run_left_is_swept_and_foreign_files_are_not(tmp_path: Path) -> None:
    script = (
        "import os, pathlib, sys\n"
        "from normalize.write.atomic import Draft\n"
        "draft = Draft(pathlib.Path(sys.argv[1]) / 'articles' / 'a.txt')\n"
        "draft.write(b'half')\n"
        "os._exit(9)\n"
    )
    subprocess.run([sys.executable, "-c", script, str(tmp_path)], check=False)
    foreign = {".mine.tmp", "notes.normalize.tmp", ".a.normalize.tmp"}
    for name in foreign:
        (tmp_path / name).write_text("mine")
    assert len(names(tmp_path / "articles")) == 1
    assert sweep(tmp_path) == 1
    assert names(tmp_path / "articles") == []
    assert set(names(tmp_path)) == foreign | {"articles"}


def test_sweeping_does_not_follow_links(tmp_path: Path) -> None:
    (tmp_path / "out").mkdir()
    (tmp_path / "other").mkdir()
    left = tmp_path / "other/.a.txt.abcd1234.normalize.tmp"
    left.write_text("half")
    (tmp_path / "out/link").symlink_to(tmp_path / "other", target_is_directory=True)
    assert sweep(tmp_path / "out") == 0
    assert left.exists()


def test_a_name_at_the_limit_of_the_file_system_can_be_written(tmp_path: Path) -> None:
    path = tmp_path / ("é" * 125 + ".txt")
    assert replace(path, b"x")
    assert names(tmp_path) == [path.name]


def test_a_name_too_long_is_one_clear_error(tmp_path: Path) -> None:
    with pytest.raises(OutputError, match=r"cannot be written: file name too long; choose an output folder"):
        replace(tmp_path / ("x" * 300), b"x")
    assert names(tmp_path) == []


@pytest.mark.parametrize(
    ("number", "advice"), [(errno.ENOSPC, "make room"), (errno.EROFS, "read-only"), (errno.EACCES, "right to write")]
)
def test_each_common_failure_says_what_to_do(number: int, advice: str) -> None:
    with pytest.raises(OutputError, match=f"a.txt: cannot be written: .*{advice}"), failing(Path("a.txt")):
        raise OSError(number, os.strerror(number))


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="this system has no always-full device")
def test_a_full_disk_is_reported_and_nothing_half_written_stays(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    with Draft(path) as draft:
        # Put the draft's file on a device that is always full, and give it more than it can hold back.
        full = os.open("/dev/full", os.O_WRONLY)
        os.dup2(full, draft._file.fileno())
        os.close(full)
        with pytest.raises(OutputError, match="make room"):
            draft.write(b"x" * (4 << 20))
    assert names(tmp_path) == []


def test_a_file_where_a_folder_is_needed_is_one_clear_error(tmp_path: Path) -> None:
    (tmp_path / "a").write_text("mine")
    with pytest.raises(OutputError, match="move it away"):
        replace(tmp_path / "a/b.txt", b"x")


def test_a_link_in_the_place_of_a_file_is_replaced_not_followed(tmp_path: Path) -> None:
    (tmp_path / "theirs").write_bytes(b"same")
    (tmp_path / "a.txt").symlink_to(tmp_path / "theirs")
    replace(tmp_path / "a.txt", b"same")
    assert not (tmp_path / "a.txt").is_symlink()
    assert (tmp_path / "theirs").read_bytes() == b"same"


def test_others_may_read_the_file_as_the_user_s_mask_allows(tmp_path: Path) -> None:
    replace(tmp_path / "a.txt", b"x")
    plain = tmp_path / "plain.txt"
    plain.write_bytes(b"x")
    assert (tmp_path / "a.txt").stat().st_mode == plain.stat().st_mode
