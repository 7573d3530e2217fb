"""The folder that keeps what was fetched and compiled, shared by every checkout of a user.

Example::

    cache = Cache(cache_folder())
    with cache.lock():
        cache.keep(pin, content)
    path = cache.find(pin)
"""

from __future__ import annotations

import errno
import hashlib
import os
import shutil
import sys
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path

from building.errors import BuildError
from building.fetch.pins import Pin, check_bytes
from building.report import Report

RESULTS_KEPT = 8  # of each kind; more than the checkouts that share a cache
ENVIRONMENT_VARIABLE = "CNNSCOPE_CACHE"
HELD = (errno.EWOULDBLOCK, errno.EAGAIN, errno.EACCES, errno.EDEADLK)  # by somebody else


def cache_folder() -> Path:
    """Return the cache folder: CNNSCOPE_CACHE, or the platform's place for a user's caches.

    Raises BuildError where nothing tells whose caches.
    """
    try:
        if chosen := os.environ.get(ENVIRONMENT_VARIABLE):
            return Path(chosen).expanduser().resolve()
        return _platform_caches() / "cnnscope"
    except (OSError, RuntimeError) as error:
        raise BuildError(
            f"No cache folder: {error}. Name one in {ENVIRONMENT_VARIABLE}."
        ) from error


def _platform_caches() -> Path:
    if sys.platform == "win32":
        return Path(os.environ.get("LOCALAPPDATA") or Path.home() / "AppData" / "Local")
    if sys.platform == "darwin":
        return Path.home() / "Library" / "Caches"
    return Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache")


class Cache:
    """Files by the sum of their content, and results by the sum of their inputs."""

    def __init__(self, folder: Path, report: Report) -> None:
        """Use that folder, which need not exist yet."""
        self.folder = folder
        self._report = report

    def place(self, pin: Pin) -> Path:
        """Return where a pinned file is kept, whether or not it is there."""
        return self.folder / "files" / f"{pin.sha256[:16]}-{Path(pin.name).name}"

    def find(self, pin: Pin) -> Path | None:
        """Return the kept file if it is there and right; throw a damaged one away."""
        path = self.place(pin)
        try:
            check_bytes(pin, path.read_bytes())
        except FileNotFoundError:
            return None
        except BuildError as error:
            self._report.line(f"The cached copy is damaged and will be fetched again: {error}")
            path.unlink()
            return None
        return path

    def keep(self, pin: Pin, content: bytes) -> Path:
        """Store a pinned file, complete or not at all.

        Raises BuildError when the content is not what the pin names.
        """
        check_bytes(pin, content)
        path = self.place(pin)
        write_whole(path, content)
        return path

    def result(self, name: str, key: str) -> Path:
        """Return the folder for a result made from inputs with that key; it may not exist.

        One that exists counts as used now, and is among the last to be thrown away.
        """
        folder = self.folder / name / key
        with suppress(OSError):
            os.utime(folder)
        return folder

    @contextmanager
    def making(self, result: Path) -> Iterator[Path]:
        """Yield an empty folder that becomes the result when the block ends without an error."""
        result.parent.mkdir(parents=True, exist_ok=True)
        draft = Path(tempfile.mkdtemp(dir=result.parent, prefix=".making-"))
        try:
            yield draft
            draft.chmod(0o755)
            if result.exists():
                shutil.rmtree(result)
            draft.rename(result)
            self._prune(result.parent)
        finally:
            shutil.rmtree(draft, ignore_errors=True)

    def _prune(self, folder: Path) -> None:
        """Throw the results longest unused away, so that a year of edits does not pile up."""
        results = [path for path in folder.iterdir() if not path.name.startswith(".")]
        by_use = sorted(results, key=lambda path: path.stat().st_mtime, reverse=True)
        for path in by_use[RESULTS_KEPT:]:
            shutil.rmtree(path, ignore_errors=True)

    @contextmanager
    def lock(self) -> Iterator[None]:
        """Keep every other build out of the cache until the block ends.

        Raises BuildError where the folder cannot be written or locked.
        """
        with ExitStack() as stack:
            try:
                self.folder.mkdir(parents=True, exist_ok=True)
                file = stack.enter_context((self.folder / "lock").open("a+b"))
                if not _try_lock(file.fileno()):
                    self._report.line("Waiting for another build to finish with the cache ...")
                    _wait_for_lock(file.fileno())
            except OSError as error:
                raise BuildError(
                    f"The cache folder {self.folder} cannot be used ({error.strerror}).\n"
                    f"Name another in the environment variable {ENVIRONMENT_VARIABLE}."
                ) from error
            yield


def key_of(*parts: bytes | str | Path) -> str:
    """Return a short key for some inputs: text, bytes, files, or folders with all their files."""
    total = hashlib.sha256()
    for part in parts:
        if isinstance(part, Path):
            for path in files_under(part):
                total.update(f"{path.relative_to(part).as_posix()}\0".encode())
                total.update(hashlib.sha256(path.read_bytes()).digest())
        else:
            content = part.encode() if isinstance(part, str) else part
            total.update(hashlib.sha256(content).digest())
    return total.hexdigest()[:24]


def files_under(path: Path) -> list[Path]:
    """Return the file itself, or every file below a folder but what tools leave there, sorted.

    Left out are Python's caches, and the hidden files and back-ups of editors and file managers.
    """
    if path.is_file():
        return [path]
    found = (file for file in path.rglob("*") if file.is_file())
    return sorted(file for file in found if not _is_litter(file.relative_to(path)))


def _is_litter(path: Path) -> bool:
    return any(
        part == "__pycache__" or part.startswith(".") or part.endswith("~") for part in path.parts
    )


def write_whole(path: Path, content: bytes) -> None:
    """Write a file so that nobody ever sees half of it."""
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, draft = tempfile.mkstemp(dir=path.parent, prefix=".writing-")
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content)
        Path(draft).chmod(0o644)
        Path(draft).replace(path)
    except BaseException:
        Path(draft).unlink(missing_ok=True)
        raise


if sys.platform == "win32":
    import msvcrt
    import time

    def _try_lock(handle: int) -> bool:
        try:
            os.lseek(handle, 0, os.SEEK_SET)
            msvcrt.locking(handle, msvcrt.LK_NBLCK, 1)
        except OSError as error:
            if error.errno not in HELD:
                raise
            return False
        return True

    def _wait_for_lock(handle: int) -> None:
        while not _try_lock(handle):
            time.sleep(0.2)
else:
    import fcntl

    def _try_lock(handle: int) -> bool:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as error:
            if error.errno not in HELD:
                raise
            return False
        return True

    def _wait_for_lock(handle: int) -> None:
        fcntl.flock(handle, fcntl.LOCK_EX)
