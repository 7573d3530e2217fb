"""The cache where the machine is unwilling, and what is thrown away."""

import errno
import io
import os
from pathlib import Path

import pytest

from building.command import main
from building.errors import BuildError
from building.fetch import cache as module
from building.fetch.cache import RESULTS_KEPT, Cache, cache_folder, files_under
from building.report import Report
from support.sites import make_context


@pytest.fixture
def cache(tmp_path: Path) -> Cache:
    return Cache(tmp_path / "cache", Report(io.StringIO()))


def test_a_folder_that_cannot_be_made_is_named_with_the_way_out(tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"no folder")
    cache = Cache(tmp_path / "file" / "cache", Report(io.StringIO()))
    with pytest.raises(BuildError, match="CNNSCOPE_CACHE") as refusal, cache.lock():
        pass
    assert str(cache.folder) in str(refusal.value)


def test_a_file_system_without_locks_is_told_and_not_waited_for(
    cache: Cache, monkeypatch: pytest.MonkeyPatch
) -> None:
    def no_locks(handle: int) -> bool:
        raise OSError(errno.ENOLCK, os.strerror(errno.ENOLCK))

    monkeypatch.setattr(module, "_try_lock", no_locks)
    with pytest.raises(BuildError, match=os.strerror(errno.ENOLCK)), cache.lock():
        pass


def test_a_descriptor_that_is_no_file_is_not_taken_for_a_held_lock() -> None:
    reading, writing = os.pipe()
    os.close(reading)
    os.close(writing)
    with pytest.raises(OSError, match=os.strerror(errno.EBADF)):
        module._try_lock(reading)


def test_an_error_inside_the_lock_stays_what_it_is(cache: Cache) -> None:
    with pytest.raises(FileNotFoundError), cache.lock():
        raise FileNotFoundError


def test_a_user_without_a_home_is_told_to_name_a_folder(monkeypatch: pytest.MonkeyPatch) -> None:
    def no_home() -> Path:
        raise RuntimeError("no home")

    for name in ("CNNSCOPE_CACHE", "XDG_CACHE_HOME", "LOCALAPPDATA"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setattr(Path, "home", no_home)
    with pytest.raises(BuildError, match="CNNSCOPE_CACHE"):
        cache_folder()


def test_the_command_ends_in_one_message(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "file").write_bytes(b"no folder")
    monkeypatch.setenv("CNNSCOPE_CACHE", str(tmp_path / "file" / "cache"))
    assert main(["dist", "--out", str(tmp_path / "dist")]) == 1
    said = capsys.readouterr().err
    assert said.startswith("error: The cache folder")
    assert "CNNSCOPE_CACHE" in said


def test_a_result_in_use_outlives_newer_ones(cache: Cache) -> None:
    for number in range(RESULTS_KEPT):
        with cache.making(cache.result("thing", str(number))) as draft:
            (draft / "content").write_bytes(b"content")
        os.utime(cache.folder / "thing" / str(number), (number, number))
    used = cache.result("thing", "0")
    with cache.making(cache.result("thing", "new")):
        pass
    assert used.exists()
    assert not (cache.folder / "thing" / "1").exists()


def test_what_editors_and_python_leave_is_no_source(tmp_path: Path) -> None:
    folder = tmp_path / ".hidden" / "project~"  # where a project lies does not matter
    for name in ("a.css", "a.css~", ".DS_Store", ".git/b", "__pycache__/c.pyc", "inner/d.txt"):
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(b"content")
    found = [path.relative_to(folder).as_posix() for path in files_under(folder)]
    assert found == ["a.css", "inner/d.txt"]


def test_the_cache_folder_can_be_chosen(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("CNNSCOPE_CACHE", str(tmp_path))
    assert cache_folder() == tmp_path
    assert Cache(cache_folder(), make_context(tmp_path).report).folder == tmp_path
