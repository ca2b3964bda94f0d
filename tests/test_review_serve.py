"""The server of the review page: reached from this machine with the token alone, and by no other page."""

from __future__ import annotations

import contextlib
import gc
import http.client
import json
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from engines import heed_ctrl_c

from normalize.corpus import State
from normalize.errors import InputError, OutputError
from normalize.review import Selection, connections, read_corrections, render, serve
from normalize.review.connections import AT_ONCE
from normalize.review.serve import Server
from normalize.write import replace

ONE = {"unit": "a:0", "source_hash": "0", "machine_target": "t", "target": "u", "state": "reviewed", "comment": "",
       "label": ""}  # fmt: skip


@pytest.fixture
def out(tmp_path: Path) -> Path:
    (tmp_path / "review.html").write_bytes(b"".join(render(Selection(lambda _: []), signature="s")))
    return tmp_path


@pytest.fixture
def server(out: Path) -> Iterator[Server]:
    with Server(out, replace) as server:
        thread = threading.Thread(target=server.serve)
        thread.start()
        yield server
        server.stop()
        thread.join(10)
        assert not thread.is_alive()


def change(*rows: object, **rest: object) -> bytes:
    file = {"format": "normalize corrections", "version": 2, "signature": "s", "corrections": rows, "glossary": None}
    return json.dumps(file | rest).encode()


def ask(
    server: Server, method: str = "GET", route: str = "", body: bytes | None = None, *, token: str | None = None,
    **headers: str,
) -> tuple[int, bytes, dict[str, str]]:  # fmt: skip
    connection = http.client.HTTPConnection("127.0.0.1", server.port, timeout=10)
    sent = {"Host": f"127.0.0.1:{server.port}"} | {name.replace("_", "-"): value for name, value in headers.items()}
    path = f"/{server.token if token is None else token}/{route}"
    connection.request(method, path, body=body, headers=sent)
    answer = connection.getresponse()
    found = answer.status, answer.read(), {name.lower(): value for name, value in answer.getheaders()}
    connection.close()
    return found


def post(server: Server, body: bytes, **headers: str) -> int:
    own = {"Origin": f"http://127.0.0.1:{server.port}", "Content_Type": "application/json"}
    return ask(server, "POST", "corrections", body, **(own | headers))[0]


def test_the_page_comes_with_the_right_headers_and_leave_to_talk_home(server: Server) -> None:
    status, body, headers = ask(server)
    assert status == 200
    assert b'content="served"' in body
    assert b"connect-src 'self'" in body
    assert headers["content-type"] == "text/html; charset=utf-8"
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["referrer-policy"] == "no-referrer"
    assert headers["cache-control"] == "no-store"
    assert "frame-ancestors 'none'" in headers["content-security-policy"]
    assert "python" not in headers["server"].lower()


def test_a_change_is_in_the_file_when_the_answer_comes_and_can_be_withdrawn(server: Server) -> None:
    assert post(server, change(ONE)) == 204
    (one,) = read_corrections(server.path.read_bytes()).corrections
    assert (one.unit, one.target, one.state) == ("a:0", "u", State.REVIEWED)
    assert json.loads(ask(server, route="corrections")[1])["corrections"] == [ONE]
    assert post(server, change(withdrawn=["a:0"])) == 204
    assert read_corrections(server.path.read_bytes()).corrections == ()


def test_glossary_rows_are_replaced_only_when_they_are_sent(server: Server) -> None:
    row = {"source": "a", "target": "b"}
    post(server, change(glossary=[row]))
    post(server, change(ONE))
    assert [one.source for one in read_corrections(server.path.read_bytes()).glossary] == ["a"]
    post(server, change(glossary=[]))
    assert read_corrections(server.path.read_bytes()).glossary == ()


def test_a_second_server_goes_on_where_the_first_stopped(server: Server, out: Path) -> None:
    post(server, change(ONE))
    with Server(out, replace) as second:
        assert [one.unit for one in second.corrections.corrections] == ["a:0"]


@pytest.mark.parametrize("token", ["", "x", "corrections", "..", "%2e%2e", "a" * 5000])
def test_without_the_token_there_is_nothing(server: Server, token: str) -> None:
    assert ask(server, token=token)[0] == 404
    assert ask(server, token=token, route="corrections")[0] == 404


@pytest.mark.parametrize("route", ["x", "../review.html", "..%2freview.html", "corrections/x", "corrections?x"])
def test_there_are_no_other_files(server: Server, route: str) -> None:
    assert ask(server, route=route)[0] == 404


@pytest.mark.parametrize("host", ["kabar.example", "kabar.example:80", "127.0.0.1", "[::1]", ""])
def test_another_host_name_is_refused(server: Server, host: str) -> None:
    assert ask(server, Host=host)[0] == 403


@pytest.mark.parametrize("origin", ["http://kabar.example", "null", "", "https://127.0.0.1", "http://127.0.0.1:1"])
def test_another_origin_is_refused_and_writes_nothing(server: Server, origin: str) -> None:
    assert ask(server, Origin=origin)[0] == 403
    assert post(server, change(ONE), Origin=origin) == 403
    assert not server.path.exists()


@pytest.mark.parametrize("first", [True, False])
def test_an_origin_beside_ours_is_refused(server: Server, first: bool) -> None:  # noqa: FBT001 - a parameter
    own, body = f"Origin: http://127.0.0.1:{server.port}\r\n", change(ONE)
    origins = "".join(sorted(["Origin: http://kabar.example\r\n", own], key=own.__eq__, reverse=first))
    head = (f"POST /{server.token}/corrections HTTP/1.1\r\nHost: 127.0.0.1:{server.port}\r\n{origins}"
            f"Content-Type: application/json\r\nContent-Length: {len(body)}\r\n\r\n")  # fmt: skip
    with socket.create_connection(("127.0.0.1", server.port), timeout=10) as connection:
        connection.sendall(head.encode() + body)
        assert connection.recv(12) == b"HTTP/1.1 403"
    assert not server.path.exists()


def test_a_post_without_origin_or_as_a_form_sends_it_is_refused(server: Server) -> None:
    assert ask(server, "POST", "corrections", change(ONE), Content_Type="application/json")[0] == 403
    assert post(server, change(ONE), Content_Type="text/plain") == 415
    assert not server.path.exists()


@pytest.mark.parametrize(
    "body",
    [b"", b"{", b"[]", b"\xff", b"[" * 100_000, change({"unit": 1}), change(format="x"), change(ONE | {"state": "x"})],
)
def test_a_broken_change_is_refused_and_nothing_is_written(server: Server, body: bytes) -> None:
    assert post(server, body) == 400
    assert not server.path.exists()


def test_a_body_too_large_is_not_read(server: Server) -> None:
    assert post(server, b"{}", Content_Length=str(1 << 40)) == 413
    assert post(server, b"{}", Content_Length=str(serve._LARGEST + 1)) == 413
    assert ask(server)[0] == 200


def test_a_client_that_still_sends_what_is_refused_sees_the_answer(server: Server) -> None:
    for _ in range(20):
        with socket.create_connection(("127.0.0.1", server.port), timeout=10) as connection:
            head = f"POST /{server.token}/x HTTP/1.1\r\nHost: 127.0.0.1:{server.port}\r\nContent-Length: 400000\r\n\r\n"
            connection.sendall(head.encode())
            time.sleep(0.01)
            for _ in range(4):
                connection.sendall(b"x" * 100_000)
            assert connection.recv(12) == b"HTTP/1.1 404"


def test_a_length_that_is_none_is_refused(server: Server) -> None:
    with socket.create_connection(("127.0.0.1", server.port), timeout=10) as connection:
        head = f"POST /{server.token}/corrections HTTP/1.1\r\nHost: 127.0.0.1:{server.port}\r\n"
        connection.sendall(f"{head}Content-Length: -1\r\n\r\n".encode())
        assert connection.recv(12) == b"HTTP/1.1 400"


@pytest.mark.parametrize("method", ["PUT", "DELETE", "OPTIONS", "HEAD"])
def test_other_methods_are_not_answered(server: Server, method: str) -> None:
    status, body, headers = ask(server, method, "corrections")
    assert (status, body, headers["allow"]) == (405, b"", "GET, POST")
    assert ask(server, "POST", "")[0] == 405


def test_a_body_of_unknown_length_is_taken_up_to_the_limit(server: Server, monkeypatch: pytest.MonkeyPatch) -> None:
    def send(body: bytes) -> int:
        connection = http.client.HTTPConnection("127.0.0.1", server.port, timeout=10)
        own = {"Origin": f"http://127.0.0.1:{server.port}", "Content-Type": "application/json"}
        parts = (body[start : start + 100] for start in range(0, len(body), 100))
        connection.request("POST", f"/{server.token}/corrections", body=parts, headers=own, encode_chunked=True)
        status = connection.getresponse().status
        connection.close()
        return status

    assert send(change(ONE)) == 204
    before = server.path.read_bytes()
    monkeypatch.setattr(serve, "_LARGEST", 1_000)
    assert send(change(ONE | {"target": "x" * 1_000})) == 413
    assert server.path.read_bytes() == before


def test_a_body_that_never_ends_or_breaks_off_keeps_nothing(server: Server, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(serve, "_PATIENCE", 0.05)
    head = (f"POST /{server.token}/corrections HTTP/1.1\r\nHost: 127.0.0.1:{server.port}\r\n"
            f"Origin: http://127.0.0.1:{server.port}\r\nContent-Type: application/json\r\n"
            "Content-Length: 1000\r\n\r\n{")  # fmt: skip
    with socket.create_connection(("127.0.0.1", server.port), timeout=10) as connection:
        connection.sendall(head.encode())
        assert connection.recv(100).startswith(b"HTTP/1.1 408 ")
    with socket.create_connection(("127.0.0.1", server.port), timeout=10) as connection:
        connection.sendall(head.encode())
    assert ask(server)[0] == 200
    assert not server.path.exists()


def test_help_and_the_page_itself_load_no_server() -> None:
    code = ("import sys, normalize.review, normalize.cli; from typer.testing import CliRunner\n"
            "from normalize.cli.app import app\n"
            "assert CliRunner().invoke(app, ['review', 'serve', '--help']).exit_code == 0\n"
            "print({'uvicorn', 'h11', 'asyncio'} & set(sys.modules))")  # fmt: skip
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, encoding="utf-8", check=False)
    assert (done.stdout, done.stderr) == ("set()\n", "")


def test_what_is_no_request_harms_nothing(server: Server) -> None:
    for data in (b"\x00" * 100, b"GET\r\n\r\n", b"GET / HTTP/9\r\n\r\n", b"A" * 70_000 + b"\r\n"):
        with socket.create_connection(("127.0.0.1", server.port), timeout=10) as connection:
            connection.sendall(data)
    assert ask(server)[0] == 200


def test_a_full_disk_is_told_and_the_change_is_not_forgotten_by_the_page(out: Path) -> None:
    def full(path: Path, _data: bytes) -> None:
        raise OutputError("cannot be written: no space left", path=path)

    with Server(out, full) as server:
        thread = threading.Thread(target=server.serve)
        thread.start()
        assert post(server, change(ONE)) == 507
        assert server.corrections.corrections == ()
        server.stop()
        thread.join(10)


def test_a_page_of_another_version_or_none_is_told_before_serving(out: Path) -> None:
    (out / "review.html").write_text("<p>old", "utf-8")
    with pytest.raises(InputError, match="no review page of this version"):
        Server(out, replace)
    (out / "review.html").unlink()
    with pytest.raises(InputError, match="cannot be read"):
        Server(out, replace)


def test_a_body_still_on_its_way_at_the_end_is_not_waited_for_and_no_fault(
    out: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr(connections, "_CLOSING", 0.1)
    with Server(out, replace) as server:
        thread = threading.Thread(target=server.serve)
        thread.start()
        head = (f"POST /{server.token}/corrections HTTP/1.1\r\nHost: 127.0.0.1:{server.port}\r\n"
                f"Origin: http://127.0.0.1:{server.port}\r\nContent-Type: application/json\r\n"
                "Content-Length: 1000\r\n\r\n{")  # fmt: skip
        with socket.create_connection(("127.0.0.1", server.port), timeout=10) as connection:
            connection.sendall(head.encode())
            assert ask(server)[0] == 200  # so the body is waited for
            server.stop()
            assert connection.recv(12) == b"HTTP/1.1 503"
        thread.join(10)
    assert not thread.is_alive()
    assert [record.getMessage() for record in caplog.records] == []  # the terminal would show each
    assert not server.path.exists()


def test_a_client_that_does_not_hear_the_end_is_not_waited_for_and_not_told_of(
    out: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr(connections, "_CLOSING", 0.1)
    monkeypatch.setattr(connections, "_LAST_WORDS", 0.1)
    (out / "review.html").write_bytes((out / "review.html").read_bytes() + b" " * 32_000_000)  # more than is buffered
    with Server(out, replace) as server:
        thread = threading.Thread(target=server.serve)
        thread.start()
        with socket.create_connection(("127.0.0.1", server.port), timeout=10) as connection:
            connection.sendall(f"GET /{server.token}/ HTTP/1.1\r\nHost: 127.0.0.1:{server.port}\r\n\r\n".encode())
            assert connection.recv(12) == b"HTTP/1.1 200"
            server.stop()
            thread.join(10)
    assert not thread.is_alive()
    assert [record.getMessage() for record in caplog.records] == []


def test_connections_that_say_nothing_or_half_a_word_do_not_keep_the_reviewer_out(server: Server) -> None:
    with contextlib.ExitStack() as stack:
        for number in range(3 * AT_ONCE):
            silent = stack.enter_context(socket.create_connection(("127.0.0.1", server.port), timeout=10))
            silent.sendall(b"GET / HT" if number % 2 else b"")
        assert [ask(server)[0] for _ in range(3)] == [200] * 3
        assert post(server, change(ONE)) == 204


def test_who_has_asked_before_stays_while_silent_connections_give_way(server: Server) -> None:
    first = http.client.HTTPConnection("127.0.0.1", server.port, timeout=10)
    with contextlib.ExitStack() as stack:
        for step in range(2):
            first.request("GET", f"/{server.token}/corrections")
            assert first.getresponse().read().startswith(b"{")
            if step == 0:
                own = first.sock
                for _ in range(2 * AT_ONCE):
                    stack.enter_context(socket.create_connection(("127.0.0.1", server.port), timeout=10))
                assert ask(server)[0] == 200
        assert first.sock is own
    first.close()


@pytest.mark.parametrize("said", [b"", b"GET / HT", b"GET /x HTTP/1.1\r\nHost: x\r\n"])
def test_a_connection_silent_too_long_is_closed(server: Server, monkeypatch: pytest.MonkeyPatch, said: bytes) -> None:
    monkeypatch.setattr(connections, "_SILENCE", 0.2)
    with socket.create_connection(("127.0.0.1", server.port), timeout=10) as connection:
        connection.sendall(said)
        assert connection.recv(1) == b""


def test_nothing_is_held_of_connections_that_came_and_went(server: Server) -> None:
    for _ in range(30):
        assert ask(server, "GET", "corrections")[0] == 200
    end, held = time.monotonic() + 5, 30
    while held > 5 and time.monotonic() < end:  # silence is looked for after ten seconds
        gc.collect()
        held = sum(isinstance(one, connections.Connection) for one in gc.get_objects())
        time.sleep(0.05)
    assert held <= 5  # the loop may still have the last in hand


def test_a_port_that_is_taken_is_told(server: Server, out: Path) -> None:
    with pytest.raises(OutputError, match="cannot be used"):
        Server(out, replace, port=server.port)


@pytest.mark.parametrize("signal_", [signal.SIGINT, signal.SIGTERM])
def test_ctrl_c_ends_it_cleanly(out: Path, signal_: signal.Signals) -> None:
    command = [sys.executable, "-m", "normalize", "review", "serve", str(out)]
    with subprocess.Popen(
        command,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        encoding="utf-8",
        preexec_fn=heed_ctrl_c,  # noqa: PLW1509 - one call of signal; no thread holds a lock it needs
    ) as process:
        try:
            assert process.stdout is not None
            address = process.stdout.readline()
            assert address.startswith("http://127.0.0.1:")
            process.stdout.readline()
            process.send_signal(signal_)
            said, complaints = process.communicate(timeout=30)
        finally:
            process.kill()  # or leaving the block would wait for ever
    assert (process.returncode, complaints) == (0, "")
    assert said.startswith("0 corrections in ")
