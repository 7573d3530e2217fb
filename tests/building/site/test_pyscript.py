import pytest

from building.context import BuildContext
from building.errors import BuildError
from building.site.addresses import Contents
from building.site.pyscript import CORE, ENTRY, FILES, PATCHES, shipped
from support.sites import own_archive


def published(build_context: BuildContext) -> dict[str, bytes]:
    files = build_context.fetcher.fetch_all([build_context.pins[name] for name in FILES])
    return {name: path.read_bytes() for name, path in files.items()}


def test_only_what_is_told_is_changed(build_context: BuildContext) -> None:
    plain = published(build_context)
    core = shipped(plain)[CORE]
    expected = plain[CORE].partition(b"//# sourceMappingURL")[0]
    for patch in PATCHES.values():
        before, after = expected.split(patch.old)
        kept = after[after.find(patch.upto) :] if patch.upto else after
        expected = before + patch.new + kept
    assert core == expected


def test_the_entry_names_the_core_by_its_content(contents: Contents) -> None:
    assert contents[ENTRY].count(b"?v=") == 1
    assert b'"./core-C9KDLldu.js"' not in contents[ENTRY]


@pytest.mark.parametrize("name", PATCHES)
def test_another_pyscript_is_refused(build_context: BuildContext, name: str) -> None:
    plain = published(build_context)
    plain[CORE] = plain[CORE].replace(PATCHES[name].old, b"other()")
    with pytest.raises(BuildError, match="expected"):
        shipped(plain)


def test_pyscript_finds_its_own_modules_compiled(
    build_context: BuildContext, contents: Contents
) -> None:
    script = published(build_context)[CORE].decode()
    names = own_archive(contents).namelist()
    for module in ("__init__", "context", "web"):
        assert f'"{module}.py"' in script
        assert f'"{module}.py"' not in contents[CORE].decode()
        assert f"pyscript/{module}.pyc" in names
