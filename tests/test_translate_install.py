from __future__ import annotations

import http.server
import json
import random
import stat
import threading
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest
import translate_packages as packages

from normalize.errors import LanguageError, OutputError, PackageError, UsageError
from normalize.translate import Store, index, installing
from normalize.translate.archive import Limits, inspect
from normalize.translate.package import Metadata

INCOMPRESSIBLE = random.Random(1).randbytes(1_100_000)  # noqa: S311 - no secret

NAMES = [
    "../escape", "a/../../escape", "/absolute", "C:/drive", "a\\..\\b", "model/./x", "model//x", "a\x1b[31m",
    "stream:name", ".",
]  # fmt: skip


def refused(path: Path, tmp_path: Path, message: str) -> None:
    """Installing raises a PackageError that names the file, and leaves nothing behind."""
    store = Store([tmp_path / "store"], bundled=None)
    with pytest.raises(PackageError, match=message) as caught:
        store.install(path)
    assert str(path) in str(caught.value)
    assert store.packages() == []
    assert not (tmp_path / "escape").exists()
    assert [one.name for one in tmp_path.iterdir() if one.name.startswith(".")] == []


@pytest.mark.parametrize("name", NAMES)
def test_unsafe_names_are_refused_before_anything_is_written(tmp_path: Path, name: str) -> None:
    path = packages.archive(tmp_path / "p.argosmodel", {**packages.hollow(), name: b"x"})
    refused(path, tmp_path, "unsafe name")


def test_a_name_that_climbs_out_of_the_top_folder_is_refused(tmp_path: Path) -> None:
    files = {"translate-id_en/metadata.json": b"{}", "../escape": b""}
    path = packages.archive(tmp_path / "p.argosmodel", files, top="")
    refused(path, tmp_path, "unsafe name")


def test_links_are_refused(tmp_path: Path) -> None:
    path = packages.archive(tmp_path / "p.argosmodel", packages.hollow())
    with zipfile.ZipFile(path, "a") as archive:
        link = zipfile.ZipInfo("translate-id_en/link")
        link.external_attr = (stat.S_IFLNK | 0o777) << 16
        archive.writestr(link, "/etc/passwd")
    refused(path, tmp_path, "neither a file nor a folder")


def test_what_is_no_zip_or_cut_off_or_damaged_is_refused(tmp_path: Path) -> None:
    whole = packages.BUNDLED_ID.read_bytes()
    flipped = bytearray(whole)
    flipped[len(whole) // 2] ^= 0xFF
    for number, content in enumerate((b"", b"PK\x03\x04", b"text", whole[:-10], whole[:1_000_000], bytes(flipped))):
        path = tmp_path / f"{number}.argosmodel"
        path.write_bytes(content)
        refused(path, tmp_path, "no sound|damaged")


def test_a_missing_file_and_a_folder_are_refused(tmp_path: Path) -> None:
    refused(tmp_path / "none.argosmodel", tmp_path, "no such file")
    (tmp_path / "d.argosmodel").mkdir()
    refused(tmp_path / "d.argosmodel", tmp_path, "folder")


def test_a_zip_bomb_is_refused_by_size_ratio_and_count(tmp_path: Path) -> None:
    files = packages.hollow() | {"model/model.bin": bytes(20_000_000)}
    path = packages.archive(tmp_path / "p.argosmodel", files)
    refused(path, tmp_path, "unpack from")
    for limits, message in ((Limits(bytes=10**6), "unpack to"), (Limits(files=3), "more than 3")):
        with pytest.raises(PackageError, match=message):
            inspect(path, limits)


@pytest.mark.parametrize(("changes", "message"), [
    ({"metadata.json": None}, "metadata.json is missing"),
    ({"metadata.json": b"{"}, "metadata.json cannot be used"),
    ({"metadata.json": b'{"from_code": 3}'}, "metadata.json cannot be used"),
    ({"metadata.json": b"{}"}, "names no language pair"),
    ({"metadata.json": b'{"type": "sbd"}'}, "of type 'sbd'"),
    ({"metadata.json": INCOMPRESSIBLE}, "too long"),
    ({"metadata.json": packages.metadata("nolanguage", "en")}, "not a language tag"),
    ({"metadata.json": packages.metadata("../../x", "en")}, "not a language tag"),
    ({"model/model.bin": None}, "model/model.bin is missing"),
    ({"sentencepiece.model": None}, "sentencepiece.model is missing"),
    ({"model/shared_vocabulary.json": None}, "vocabulary.json is missing"),
    ({"model/MODEL.bin": b""}, "twice"),
    ({}, "does not work"),
])  # fmt: skip
def test_a_package_that_lacks_something_is_refused(
    tmp_path: Path, changes: dict[str, bytes | None], message: str
) -> None:
    files = {name: content for name, content in (packages.hollow() | changes).items() if content is not None}
    refused(packages.archive(tmp_path / "p.argosmodel", files), tmp_path, message)


def test_two_top_folders_are_refused(tmp_path: Path) -> None:
    files = {f"{top}/{name}": content for top in ("a", "b") for name, content in packages.hollow().items()}
    refused(packages.archive(tmp_path / "p.argosmodel", files, top=""), tmp_path, "2 top folders")


@pytest.mark.model
def test_a_package_that_loads_and_cannot_translate_is_refused(tmp_path: Path) -> None:
    path = packages.variant(tmp_path / "p.argosmodel", {"model/shared_vocabulary.json": b'["<unk>", "<s>", "</s>"]'})
    refused(path, tmp_path, "does not work")
    path = packages.variant(tmp_path / "q.argosmodel", {"model/config.json": b"{"})
    refused(path, tmp_path, "does not work")


@pytest.mark.model
def test_installing_and_removing_leave_the_store_as_argos_translate_wants_it(tmp_path: Path) -> None:
    folder = tmp_path / "data" / "packages"
    store = Store([folder])
    installed = store.install(packages.BUNDLED_ID)
    assert installed.location == folder / packages.ID_FOLDER
    assert store.choose("id", "en").packages == (installed,)
    changed = {"metadata.json": packages.metadata(version=packages.VERSION)}
    newer = packages.variant(tmp_path / "new.argosmodel", changed)
    replaced = store.install(newer)
    again = store.install(newer)
    assert replaced == again
    assert [path.name for path in folder.iterdir()] == [packages.ID_FOLDER]
    assert [path.name for path in folder.parent.iterdir()] == ["packages"]
    assert [one.problem for one in store.verify(["id-en"])] == ["", ""]
    (again.location / "README.md").write_text("changed")
    assert "README.md is not as it was installed" in [one.problem for one in store.verify()]
    assert store.remove("translate-id_en") == [again]
    assert list(folder.iterdir()) == []
    assert store.choose("id", "en").packages[0].bundled


@pytest.mark.model
def test_a_failed_upgrade_leaves_the_old_package(tmp_path: Path) -> None:
    store = Store([tmp_path / "store"])
    installed = store.install(packages.BUNDLED_ID)
    broken = packages.archive(tmp_path / "b.argosmodel", packages.hollow(version="2.0"))
    with pytest.raises(PackageError):
        store.install(broken)
    assert store.choose("id", "en").packages == (installed,)


def test_verifying_reports_broken_packages(tmp_path: Path) -> None:
    packages.folder(tmp_path, "de", "en")
    (tmp_path / "foreign").mkdir()
    store = Store([tmp_path], bundled=None)
    problems = {one.package.location.name: one.problem for one in store.verify()}
    assert set(problems) == {"foreign", "translate-de_en-1_0"}
    assert all(problems.values())
    with pytest.raises(PackageError, match="not installed"):
        store.verify(["xx"])


def test_a_package_of_argos_with_a_broken_record_is_reported(tmp_path: Path) -> None:
    top = packages.folder(tmp_path, "de", "en")
    (top / installing.RECORD).write_text("{")
    [verdict] = Store([tmp_path], bundled=None).verify()
    assert installing.RECORD in verdict.problem


def test_bundled_packages_cannot_be_removed() -> None:
    with pytest.raises(PackageError, match="bundled"):
        Store([]).remove("id-en")
    with pytest.raises(PackageError, match="not installed"):
        Store([]).remove("../../etc")


def test_a_linked_package_is_unlinked_and_its_files_stay(tmp_path: Path) -> None:
    real = packages.folder(tmp_path / "elsewhere", "de", "en")
    store = tmp_path / "store"
    store.mkdir()
    (store / "linked").symlink_to(real)
    Store([store]).remove("de-en")
    assert list(store.iterdir()) == []
    assert (real / "metadata.json").exists()


def test_a_store_that_cannot_be_written_is_an_output_error(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x")
    with pytest.raises(OutputError, match="ARGOS_PACKAGES_DIR"):
        Store([tmp_path / "file" / "store"]).install(packages.BUNDLED_ID)
    with pytest.raises(PackageError, match="ARGOS_PACKAGES_DIR"):
        Store([]).install(packages.BUNDLED_ID)


class Server:
    """A package index on loopback: what each path answers."""

    def __init__(self) -> None:
        self.answers: dict[str, bytes | str | int] = {}
        outer = self

        class Handler(http.server.BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                answer = outer.answers.get(self.path, 404)
                if isinstance(answer, str):
                    self.send_response(302)
                    self.send_header("Location", answer)
                    self.end_headers()
                elif isinstance(answer, int):
                    self.send_error(answer)
                else:
                    self.send_response(200)
                    self.send_header("Content-Length", str(len(answer)))
                    self.end_headers()
                    self.wfile.write(answer)

            def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the base's name
                pass

        self._server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.address = f"http://127.0.0.1:{self._server.server_address[1]}"
        self._thread = threading.Thread(target=self._server.serve_forever, kwargs={"poll_interval": 0.01})
        self._thread.start()

    def close(self) -> None:
        self._server.shutdown()
        self._thread.join()
        self._server.server_close()

    def offer(self, *entries: dict[str, object]) -> None:
        self.answers["/i/index.json"] = json.dumps(entries).encode()


@pytest.fixture
def server() -> Iterator[Server]:
    serving = Server()
    yield serving
    serving.close()


@pytest.mark.model
@pytest.mark.parametrize("wanted", ["id", "id-en", "id_en", "translate-id_en", "ind"])
def test_a_language_is_installed_from_the_index(tmp_path: Path, server: Server, wanted: str) -> None:
    entry = {"from_code": "id", "to_code": "en", "type": "translate", "from_name": "Indonesian"}
    server.offer(
        {"type": "sbd"}, ["not", "a", "package"], {"from_code": 5},  # type: ignore[arg-type]
        entry | {"package_version": "0.0.9", "links": [server.address + "/old"]},
        entry | {"package_version": "0.1", "links": ["ipfs://x", server.address + "/gone", server.address + "/moved"]},
    )  # fmt: skip
    server.answers["/moved"] = "/p.argosmodel"
    server.answers["/p.argosmodel"] = packages.BUNDLED_ID.read_bytes()
    told: list[tuple[int, int | None]] = []
    store = Store([tmp_path / "store"], bundled=None, index_address=server.address + "/i/")
    package = store.install_language(wanted, progress=lambda come, expected: told.append((come, expected)))
    assert package.name == packages.ID
    size = packages.BUNDLED_ID.stat().st_size
    assert told[-1] == (size, size)
    assert [path.name for path in tmp_path.iterdir()] == ["store"]


def test_what_the_index_does_not_have_is_a_language_error(tmp_path: Path, server: Server) -> None:
    server.offer({"from_code": "id", "to_code": "en", "links": []})
    store = Store([tmp_path / "store"], index_address=server.address + "/i")
    with pytest.raises(LanguageError, match="none from German to English"):
        store.install_language("de")
    with pytest.raises(UsageError, match="klingon"):
        store.install_language("klingon")
    with pytest.raises(PackageError, match="no http address"):
        store.install_language("id")


@pytest.mark.parametrize("answer", [b"", b"{}", b"[", b"\xff", 500, "ftp://127.0.0.1/x", "file:///etc/passwd"])
def test_a_bad_index_is_one_clear_error(tmp_path: Path, server: Server, answer: bytes | str | int) -> None:
    server.answers["/i/index.json"] = answer
    with pytest.raises(PackageError, match=r"index\.json"):
        Store([tmp_path], index_address=server.address + "/i").install_language("id")


def test_answers_are_read_up_to_a_limit(server: Server, monkeypatch: pytest.MonkeyPatch) -> None:
    server.answers["/big.json"] = b"[" + b" " * 3_000 + b"]"
    monkeypatch.setattr(index, "LONGEST_INDEX", 1_000)
    with pytest.raises(PackageError, match="more than 1,000 bytes"):
        index.fetch(server.address + "/big.json")


def test_without_a_network_the_error_says_what_to_do(tmp_path: Path, server: Server) -> None:
    address = server.address
    server.close()
    try:
        with pytest.raises(PackageError, match="models install FILE"):
            Store([tmp_path], index_address=address).install_language("id")
    finally:
        server.__init__()  # type: ignore[misc]  # the fixture closes it again


@pytest.mark.parametrize("address", ["file:///etc/passwd", "ftp://127.0.0.1/", "", "http://[", "http://127.0.0.1:99999/"])
def test_addresses_that_are_not_http_are_refused(tmp_path: Path, address: str) -> None:
    with pytest.raises(PackageError):
        Store([tmp_path], index_address=address).install_language("id")


def test_a_download_that_is_no_package_is_refused_and_cleaned_up(tmp_path: Path, server: Server) -> None:
    server.offer({"from_code": "id", "to_code": "en", "package_version": "1", "links": [server.address + "/p"]})
    server.answers["/p"] = b"<html>not found</html>"
    store = Store([tmp_path / "store"], bundled=None, index_address=server.address + "/i")
    with pytest.raises(PackageError, match="no sound"):
        store.install_language("id-en")
    assert [path.name for path in tmp_path.iterdir()] == ["store"]
    assert list((tmp_path / "store").iterdir()) == []


def test_a_tag_with_a_region_is_read_as_a_pair_only_where_the_index_has_one() -> None:
    offered = [Metadata(from_code="pb", to_code="en"), Metadata(from_code="pt", to_code="br")]
    assert index.find(offered[:1], "pt-br").from_code == "pb"
    assert index.find(offered, "pt-br").to_code == "br"
    with pytest.raises(LanguageError):
        index.find(offered[:1], "pt_br")
