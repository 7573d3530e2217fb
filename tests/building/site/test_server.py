"""The server: types, compression, caching, and nothing outside its folder."""

import gzip
import http.client
from collections.abc import Iterator
from pathlib import Path

import pytest

from building.command import listen
from building.errors import BuildError
from building.site.server import TYPES, Server
from support.sites import serving

PAGE = b"<!DOCTYPE html><title>page</title>" + b"<p>words</p>" * 200


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    site = tmp_path / "site"
    (site / "inner").mkdir(parents=True)
    (site / "empty").mkdir()
    (site / "index.html").write_bytes(PAGE)
    (site / "inner" / "index.html").write_bytes(PAGE)
    (site / "a b.json").write_bytes(b"{}")
    (site / ".list").write_bytes(b"secret")
    (site / ".hidden").mkdir()
    (site / ".hidden" / "file.txt").write_bytes(b"secret")
    for suffix in TYPES:
        (site / f"file{suffix}").write_bytes(b"content")
    (tmp_path / "secret.txt").write_bytes(b"secret")
    return site


@pytest.fixture
def server(folder: Path) -> Iterator[Server]:
    with serving(folder) as server:
        yield server


def ask(
    server: Server, path: str, method: str = "GET", **headers: str
) -> tuple[http.client.HTTPResponse, bytes]:
    connection = http.client.HTTPConnection("127.0.0.1", server.server_address[1], timeout=30)
    names = {name.replace("_", "-"): value for name, value in headers.items()}
    connection.request(method, path, headers=names)
    answer = connection.getresponse()
    body = answer.read()
    connection.close()
    return answer, body


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("file.html", "text/html; charset=utf-8"),
        ("file.mjs", "text/javascript; charset=utf-8"),
        ("file.js", "text/javascript; charset=utf-8"),
        ("file.css", "text/css; charset=utf-8"),
        ("file.wasm", "application/wasm"),
        ("file.json", "application/json"),
        ("file.webp", "image/webp"),
        ("file.svg", "image/svg+xml"),
        ("file.gz", "application/gzip"),
    ],
)
def test_files_have_their_types(server: Server, name: str, kind: str) -> None:
    answer, _ = ask(server, f"/{name}")
    assert answer.status == 200
    assert answer.getheader("Content-Type") == kind


def test_a_page_is_gzipped_for_those_who_take_it(server: Server) -> None:
    answer, body = ask(server, "/", Accept_Encoding="gzip, br")
    assert answer.getheader("Content-Encoding") == "gzip"
    assert len(body) < len(PAGE)
    assert gzip.decompress(body) == PAGE
    assert answer.getheader("Vary") == "Accept-Encoding"


def test_a_page_is_plain_for_those_who_do_not(server: Server) -> None:
    answer, body = ask(server, "/")
    assert answer.getheader("Content-Encoding") is None
    assert body == PAGE


def test_an_archive_is_sent_as_it_lies(server: Server) -> None:
    answer, body = ask(server, "/file.gz", Accept_Encoding="gzip")
    assert answer.getheader("Content-Encoding") is None
    assert body == b"content"


def test_a_browser_that_has_the_file_is_told_so(server: Server) -> None:
    first, _ = ask(server, "/file.css")
    tag = first.getheader("ETag")
    assert tag
    assert first.getheader("Cache-Control") == "no-cache"
    assert first.getheader("Last-Modified")
    again, body = ask(server, "/file.css", If_None_Match=tag)
    assert again.status == 304
    assert body == b""


def test_a_changed_file_is_sent_anew(server: Server, folder: Path) -> None:
    ask(server, "/file.css")
    (folder / "file.css").write_bytes(b"changed content")
    assert ask(server, "/file.css")[1] == b"changed content"


def test_head_tells_the_length_alone(server: Server) -> None:
    answer, body = ask(server, "/", "HEAD")
    assert answer.getheader("Content-Length") == str(len(PAGE))
    assert body == b""


def test_names_may_hold_spaces(server: Server) -> None:
    assert ask(server, "/a%20b.json?v=1")[1] == b"{}"


def test_a_folder_s_address_ends_with_a_slash(server: Server) -> None:
    answer, _ = ask(server, "/inner?probe")
    assert answer.status == 301
    assert answer.getheader("Location") == "/inner/?probe"
    assert ask(server, "/inner/")[1] == PAGE


@pytest.mark.parametrize(
    "path",
    [
        "/none",
        "/empty/",
        "/../secret.txt",
        "/%2e%2e/secret.txt",
        "//etc/passwd",
        "/%00",
        "/file.txt/",
        "/.list",
        "/.hidden/file.txt",
        pytest.param(f"/{'a' * 5000}", id="a name too long for any file"),
    ],
)
def test_what_is_not_in_the_folder_is_not_found(server: Server, path: str) -> None:
    answer, body = ask(server, path)
    assert answer.status == 404
    assert b"secret" not in body


def test_it_listens_to_this_machine_alone(server: Server) -> None:
    assert server.server_address[0] == "127.0.0.1"


def test_a_page_may_be_rebuilt_before_it_is_sent(server: Server, folder: Path) -> None:
    server.before_page = lambda: (folder / "index.html").write_bytes(b"rebuilt") and None
    assert ask(server, "/")[1] == b"rebuilt"
    assert ask(server, "/file.css")[1] == b"content"


def test_a_port_that_is_taken_is_told(server: Server, folder: Path) -> None:
    port = server.server_address[1]
    with pytest.raises(BuildError, match=f"port {port} of 127"):
        listen(folder, port)
