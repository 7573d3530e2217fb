"""Writing the site into a folder: only what a build wrote is ever removed."""

import threading
from collections.abc import Callable
from pathlib import Path

import pytest

from building.context import BuildContext
from building.errors import BuildError
from building.site import site
from building.site.addresses import Contents
from building.site.site import WRITTEN, build_site, write_site
from support.sites import make_context

Writer = Callable[[Path, bytes], None]

SITE: Contents = {
    "index.html": b"page",
    "boot.mjs": b"boot",
    "runtime/pyodide.mjs": b"runtime",
    ".nojekyll": b"",
}


def names(folder: Path) -> set[str]:
    found = (path for path in folder.rglob("*") if path.is_file())
    return {path.relative_to(folder).as_posix() for path in found}


def test_writing_again_writes_nothing(tmp_path: Path) -> None:
    assert write_site(SITE, tmp_path) == len(SITE)
    before = (tmp_path / WRITTEN).read_bytes()
    assert write_site(dict(reversed(SITE.items())), tmp_path) == 0
    assert (tmp_path / WRITTEN).read_bytes() == before


def test_what_an_earlier_build_wrote_is_removed_and_nothing_else(tmp_path: Path) -> None:
    write_site({**SITE, "images/old.png": b"old"}, tmp_path)
    (tmp_path / "images" / "mine.png").write_bytes(b"mine")
    (tmp_path / "notes.txt").write_bytes(b"mine")
    write_site(SITE, tmp_path)
    assert names(tmp_path) == {*SITE, WRITTEN, "images/mine.png", "notes.txt"}


def test_a_build_that_was_cut_short_is_cleaned_up_by_the_next(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write_site(SITE, tmp_path)
    with monkeypatch.context() as patch:
        patch.setattr(site, "write_whole", cut_short_after(3, site.write_whole))
        with pytest.raises(KeyboardInterrupt):
            write_site({**SITE, "a.txt": b"a", "b.txt": b"b", "c.txt": b"c"}, tmp_path)
    assert (tmp_path / "a.txt").exists()
    write_site(SITE, tmp_path)
    assert names(tmp_path) == {*SITE, WRITTEN}


def test_a_folder_in_use_for_something_else_is_refused(tmp_path: Path) -> None:
    (tmp_path / "thesis.txt").write_bytes(b"years")
    with pytest.raises(BuildError, match="no build wrote"):
        write_site(SITE, tmp_path)
    assert names(tmp_path) == {"thesis.txt"}


def test_a_list_cannot_reach_outside_its_folder(tmp_path: Path) -> None:
    (tmp_path / "thesis.txt").write_bytes(b"years")
    (tmp_path / "site").mkdir()
    (tmp_path / "site" / WRITTEN).write_text(f"../thesis.txt\n{tmp_path}/thesis.txt\n")
    write_site(SITE, tmp_path / "site")
    assert (tmp_path / "thesis.txt").exists()


def test_a_checkout_s_own_folder_may_stay_beside_the_site(tmp_path: Path) -> None:
    (tmp_path / ".git").mkdir()
    (tmp_path / ".git" / "HEAD").write_bytes(b"ref")
    write_site(SITE, tmp_path)
    assert names(tmp_path) == {*SITE, WRITTEN, ".git/HEAD"}


def test_a_site_from_before_lists_were_kept_is_taken_over(tmp_path: Path) -> None:
    write_site(SITE, tmp_path)
    (tmp_path / WRITTEN).unlink()
    assert write_site({**SITE, "index.html": b"new"}, tmp_path) == 1
    assert (tmp_path / "index.html").read_bytes() == b"new"


def test_a_folder_that_cannot_be_written_is_named(tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"no folder")
    for place in (tmp_path / "file", tmp_path / "file" / "dist"):
        with pytest.raises(BuildError, match="file"):
            write_site(SITE, place)


def test_of_two_builds_one_writes_after_the_other(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The first stops between two files until the second has asked for the cache."""
    first_writes, second_waits = threading.Event(), threading.Event()
    events: list[str] = []
    plain_write = site.write_whole

    def write(path: Path, content: bytes) -> None:
        name = threading.current_thread().name
        if path.name != WRITTEN:
            events.append(name)
        if name == "first" and not first_writes.is_set():
            first_writes.set()
            assert second_waits.wait(30)
        plain_write(path, content)

    def assemble(root: Path, build_context: BuildContext) -> Contents:
        return {name: f"{root.name} {name}".encode() for name in SITE}

    monkeypatch.setattr(site, "write_whole", write)
    monkeypatch.setattr(site, "assemble", assemble)

    def build(name: str) -> None:
        build_context = make_context(tmp_path / "cache")
        monkeypatch.setattr(build_context.report, "line", lambda text: second_waits.set())
        build_site(Path(name), build_context, tmp_path / "dist")

    threads = [
        threading.Thread(target=build, args=(name,), name=name) for name in ("first", "second")
    ]
    threads[0].start()
    assert first_writes.wait(30)
    threads[1].start()
    for thread in threads:
        thread.join()
    assert events == ["first"] * len(SITE) + ["second"] * len(SITE)
    assert names(tmp_path / "dist") == {*SITE, WRITTEN}
    assert (tmp_path / "dist" / "index.html").read_bytes() == b"second index.html"


def cut_short_after(count: int, write: Writer) -> Writer:
    left = count

    def writing(path: Path, content: bytes) -> None:
        nonlocal left
        left -= 1
        if left < 0:
            raise KeyboardInterrupt
        write(path, content)

    return writing
