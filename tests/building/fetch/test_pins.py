"""The pin file, and what is refused."""

import hashlib
from dataclasses import replace
from pathlib import Path

import pytest

from building.errors import BuildError
from building.fetch.pins import Pin, check_bytes, read_pins

CONTENT = b"the right bytes"
PIN = Pin(
    "part.bin", len(CONTENT), hashlib.sha256(CONTENT).hexdigest(), ("https://a.test/part.bin",)
)

HEAD = '[versions]\nx = "1"\n[node]\nminimum = 18\npackage = "n==1"\n[[file]]\n'
GOOD = {
    "name": '"a.bin"',
    "size": "3",
    "sha256": f'"{"0" * 64}"',
    "sources": '["https://a.test/a.bin"]',
}


def pin_file(folder: Path, **changes: str) -> Path:
    path = folder / "pins.toml"
    lines = (f"{key} = {value}\n" for key, value in (GOOD | changes).items())
    path.write_text(HEAD + "".join(lines), encoding="utf-8")
    return path


def test_the_project_s_own_pin_file_is_read() -> None:
    pins = read_pins()
    assert pins["pyodide.asm.wasm"].size > 5_000_000
    assert pins.wheel("numpy").name.startswith(f"numpy-{pins.versions['numpy']}-")
    assert all(pin.sources for pin in pins.files.values())


def test_every_file_can_be_had_from_two_kinds_of_source() -> None:
    for pin in read_pins().files.values():
        assert len({source.split(":")[0] for source in pin.sources}) >= 2, pin.name


def test_what_only_the_build_runs_is_pinned_too_and_named_by_its_wheel() -> None:
    compiler = read_pins().compiler
    assert any(name.startswith("pyodide_build-") for name in compiler)
    for pin in compiler.values():
        name, version, *_ = pin.name.split("-")
        assert pin.sources == (f"pip:{name.replace('_', '-')}=={version}",)


def test_the_right_bytes_pass() -> None:
    check_bytes(PIN, CONTENT)


def test_a_wrong_byte_is_refused_by_name_with_what_was_expected_and_found() -> None:
    wrong = CONTENT.replace(b"right", b"wrong")
    with pytest.raises(BuildError) as refusal:
        check_bytes(PIN, wrong)
    said = str(refusal.value)
    assert "part.bin" in said
    assert PIN.sha256 in said
    assert hashlib.sha256(wrong).hexdigest() in said


def test_a_wrong_length_is_told_in_bytes() -> None:
    with pytest.raises(BuildError, match=r"part\.bin: expected 16 bytes, got 15"):
        check_bytes(replace(PIN, size=16), CONTENT)


@pytest.mark.parametrize(
    ("changes", "complaint"),
    [
        ({"name": '"../a.bin"'}, "relative file name"),
        ({"size": "-1"}, "size in bytes"),
        ({"sha256": '"abc"'}, "64 hexadecimal digits"),
        ({"sources": "[]"}, "list of sources"),
        ({"sources": '["http://a.test/a.bin"]'}, "expected https"),
        ({"sources": '["npm:package"]'}, "expected https"),
    ],
)
def test_a_malformed_entry_is_named(
    tmp_path: Path, changes: dict[str, str], complaint: str
) -> None:
    with pytest.raises(BuildError, match=complaint):
        read_pins(pin_file(tmp_path, **changes))


def test_a_file_listed_twice_is_refused(tmp_path: Path) -> None:
    path = pin_file(tmp_path)
    entry = path.read_text(encoding="utf-8").split("[[file]]")[1]
    path.write_text(path.read_text(encoding="utf-8") + f"[[file]]{entry}", encoding="utf-8")
    with pytest.raises(BuildError, match=r"a\.bin is listed twice"):
        read_pins(path)
