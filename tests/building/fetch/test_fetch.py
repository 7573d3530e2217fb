"""Fetching: sources in order, breaks taken up again, wrong bytes refused, no network when warm."""

import errno
import hashlib
import http.server
import io
import os
import socket
import threading
import zipfile
from collections.abc import Iterator
from dataclasses import replace
from http import HTTPStatus
from pathlib import Path
from typing import Any

import pytest

from building.errors import BuildError
from building.fetch import fetch
from building.fetch.cache import RESULTS_KEPT, Cache
from building.fetch.fetch import Fetcher
from building.fetch.pins import Pin
from building.report import Report

CONTENT = bytes(range(256)) * 2000
SUM = hashlib.sha256(CONTENT).hexdigest()


class Origin(http.server.ThreadingHTTPServer):
    """A server that breaks off its first answers after half a body."""

    def __init__(self) -> None:
        self.breaks = 0  # answers to break off
        self.can_resume = True
        self.asked: list[str] = []  # "PATH RANGE" of every request
        super().__init__(("127.0.0.1", 0), OriginHandler)

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server_address[1]}"


class OriginHandler(http.server.BaseHTTPRequestHandler):
    server: Origin

    def do_GET(self) -> None:
        wanted = self.headers.get("Range")
        self.server.asked.append(f"{self.path} {wanted or 'all'}")
        if self.path != "/part.bin":
            self.send_error(HTTPStatus.NOT_FOUND)
            return
        start = int(wanted.split("=")[1].rstrip("-")) if wanted and self.server.can_resume else 0
        self.send_response(HTTPStatus.PARTIAL_CONTENT if start else HTTPStatus.OK)
        self.send_header("Content-Length", str(len(CONTENT) - start))
        self.end_headers()
        body = CONTENT[start:]
        if self.server.breaks:
            self.server.breaks -= 1
            body = body[: len(body) // 2]
        self.wfile.write(body)
        self.close_connection = True

    def log_message(self, format: str, *arguments: Any) -> None:
        pass


class NoClients:
    """Package clients that always fail, and count how often they were asked."""

    def __init__(self) -> None:
        self.asked = 0

    def download(self, client: str, package: str, folder: Path) -> None:
        self.asked += 1
        raise BuildError(f"{client} knows no {package}")


class WheelClient:
    """A package client that brings one wheel."""

    def download(self, client: str, package: str, folder: Path) -> None:
        with zipfile.ZipFile(folder / "package.whl", "w") as wheel:
            wheel.writestr("inner/part.bin", CONTENT)


@pytest.fixture
def origin() -> Iterator[Origin]:
    with Origin() as server:
        thread = threading.Thread(target=server.serve_forever, args=(0.05,))
        thread.start()
        yield server
        server.shutdown()
        thread.join()


@pytest.fixture
def cache(tmp_path: Path) -> Cache:
    return Cache(tmp_path / "cache", Report(io.StringIO()))


def pin(*sources: str) -> Pin:
    return Pin("part.bin", len(CONTENT), SUM, sources)


def fetcher(cache: Cache, tools: Any = None) -> Fetcher:
    return Fetcher(cache, tools or NoClients(), Report(io.StringIO()))


def test_a_file_is_fetched_and_kept(cache: Cache, origin: Origin) -> None:
    wanted = pin(f"{origin.url}/part.bin")
    found = fetcher(cache).fetch_all([wanted])["part.bin"]
    assert found.read_bytes() == CONTENT
    assert cache.find(wanted) == found


def test_the_next_source_is_tried(cache: Cache, origin: Origin) -> None:
    wanted = pin(f"{origin.url}/moved.bin", f"{origin.url}/part.bin")
    assert fetcher(cache).fetch_all([wanted])["part.bin"].read_bytes() == CONTENT
    assert [line.split()[0] for line in origin.asked] == ["/moved.bin", "/part.bin"]


def test_a_package_client_s_wheel_will_do(cache: Cache) -> None:
    wanted = pin("pip:some==1!inner/part.bin")
    assert fetcher(cache, WheelClient()).fetch_all([wanted])["part.bin"].read_bytes() == CONTENT


def test_a_wheel_can_be_what_is_wanted(cache: Cache) -> None:
    class Client:
        def download(self, client: str, package: str, folder: Path) -> None:
            assert (client, package) == ("pip", "some==1")
            (folder / "some-1-py3-none-any.whl").write_bytes(CONTENT)

    wanted = pin("pip:some==1")
    assert fetcher(cache, Client()).fetch_all([wanted])["part.bin"].read_bytes() == CONTENT


def test_a_broken_transfer_is_taken_up_where_it_broke(cache: Cache, origin: Origin) -> None:
    origin.breaks = 2
    wanted = pin(f"{origin.url}/part.bin")
    assert fetcher(cache).fetch_all([wanted])["part.bin"].read_bytes() == CONTENT
    half = len(CONTENT) // 2
    assert origin.asked == [
        "/part.bin all",
        f"/part.bin bytes={half}-",
        f"/part.bin bytes={half + half // 2}-",
    ]


def test_a_server_that_cannot_resume_sends_all_again(cache: Cache, origin: Origin) -> None:
    origin.breaks = 1
    origin.can_resume = False
    wanted = pin(f"{origin.url}/part.bin")
    assert fetcher(cache).fetch_all([wanted])["part.bin"].read_bytes() == CONTENT


def test_a_later_run_takes_up_what_an_earlier_one_left(cache: Cache, origin: Origin) -> None:
    wanted = pin(f"{origin.url}/part.bin")
    origin.breaks = fetch.ATTEMPTS
    with pytest.raises(BuildError, match="broke off"):
        fetcher(cache).fetch_all([wanted])
    assert fetcher(cache).fetch_all([wanted])["part.bin"].read_bytes() == CONTENT
    assert origin.asked[-1].startswith("/part.bin bytes=")


def test_wrong_bytes_that_an_earlier_run_left_cost_one_more_transfer_at_most(
    cache: Cache, origin: Origin
) -> None:
    wanted = pin(f"{origin.url}/part.bin")
    left = cache.place(wanted).with_suffix(".partial")
    left.parent.mkdir(parents=True)
    left.write_bytes(b"?" * 1000)
    assert fetcher(cache).fetch_all([wanted])["part.bin"].read_bytes() == CONTENT
    assert origin.asked == ["/part.bin bytes=1000-", "/part.bin all"]


def test_a_wrong_byte_is_refused_and_not_kept(cache: Cache, origin: Origin) -> None:
    wanted = replace(pin(f"{origin.url}/part.bin"), sha256="0" * 64)
    with pytest.raises(BuildError, match=r"part\.bin: expected sha256 0000"):
        fetcher(cache).fetch_all([wanted])
    assert cache.find(wanted) is None


def test_when_all_sources_fail_each_is_told_with_its_reason(cache: Cache, origin: Origin) -> None:
    with socket.create_server(("127.0.0.1", 0)) as closed:
        nobody = f"http://127.0.0.1:{closed.getsockname()[1]}/part.bin"
    sources = (f"{origin.url}/moved.bin", nobody, "npm:some@1!part.bin")
    with pytest.raises(BuildError) as failure:
        fetcher(cache).fetch_all([pin(*sources)])
    said = str(failure.value)
    assert said.startswith("part.bin could not be fetched from any of its sources")
    for source, reason in zip(
        sources, ("404", "cannot be reached", "knows no some@1"), strict=True
    ):
        assert source in said
        assert reason in said


def test_a_dead_host_and_a_failed_client_are_asked_once(
    cache: Cache, monkeypatch: pytest.MonkeyPatch
) -> None:
    probes = []

    def unreachable(url: str) -> None:
        probes.append(url)
        raise OSError("no route")

    monkeypatch.setattr(fetch, "_probe", unreachable)
    clients = NoClients()
    fetching = fetcher(cache, clients)
    for name in ("a.bin", "b.bin"):
        sources = (f"https://dead.test/{name}", f"npm:some@1!{name}")
        with pytest.raises(BuildError, match="no route"):
            fetching.fetch_all([replace(pin(*sources), name=name)])
    assert len(probes) == 1
    assert clients.asked == 1


def test_a_full_disk_is_not_blamed_on_the_host(
    cache: Cache, origin: Origin, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr(Fetcher, "_download", full)
    with pytest.raises(OSError, match=os.strerror(errno.ENOSPC)):
        fetcher(cache).fetch_all([pin(f"{origin.url}/part.bin")])


def test_a_warm_cache_needs_no_network(cache: Cache, monkeypatch: pytest.MonkeyPatch) -> None:
    wanted = pin("https://nowhere.test/part.bin")
    cache.keep(wanted, CONTENT)

    def no_network(*_: object, **__: object) -> None:
        raise AssertionError("the network was asked")

    monkeypatch.setattr(socket, "socket", no_network)
    monkeypatch.setattr(socket, "getaddrinfo", no_network)
    assert fetcher(cache).fetch_all([wanted])["part.bin"].read_bytes() == CONTENT


def test_a_damaged_copy_in_the_cache_is_fetched_again(cache: Cache, origin: Origin) -> None:
    wanted = pin(f"{origin.url}/part.bin")
    cache.keep(wanted, CONTENT).write_bytes(CONTENT[:-1] + b"?")
    assert fetcher(cache).fetch_all([wanted])["part.bin"].read_bytes() == CONTENT


def test_two_builds_keep_out_of_each_other_s_way(cache: Cache) -> None:
    order: list[str] = []
    waiting = threading.Event()

    class Told(io.StringIO):
        def write(self, text: str) -> int:
            waiting.set()
            return len(text)

    def second() -> None:
        with Cache(cache.folder, Report(Told())).lock():
            order.append("second")

    with cache.lock():
        thread = threading.Thread(target=second)
        thread.start()
        assert waiting.wait(30)
        order.append("first")
    thread.join()
    assert order == ["first", "second"]


def test_old_results_are_thrown_away(cache: Cache) -> None:
    for number in range(RESULTS_KEPT + 2):
        result = cache.result("thing", str(number))
        with cache.making(result) as draft:
            (draft / "content").write_bytes(b"content")
        os.utime(result, (number, number))
    kept = sorted(int(path.name) for path in cache.result("thing", "").iterdir())
    assert kept == list(range(2, RESULTS_KEPT + 2))


def test_a_result_appears_whole_or_not_at_all(cache: Cache) -> None:
    result = cache.result("thing", "key")

    def fail_half_way() -> None:
        with cache.making(result) as draft:
            (draft / "half").write_bytes(b"half")
            raise KeyError

    with pytest.raises(KeyError):
        fail_half_way()
    assert not result.exists()
    assert list(result.parent.iterdir()) == []
    with cache.making(result) as draft:
        (draft / "whole").write_bytes(b"whole")
    assert (result / "whole").read_bytes() == b"whole"
