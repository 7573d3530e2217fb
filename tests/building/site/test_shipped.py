"""What the site ships: what is published and compiled, and nothing beside it."""

from building.fetch.cache import files_under
from building.site.addresses import Contents
from support.sites import ROOT, own_archive


def test_github_pages_is_told_to_serve_the_folder_as_it_is(contents: Contents) -> None:
    assert contents[".nojekyll"] == b""


def test_no_program_or_unused_part_is_shipped(contents: Contents) -> None:
    assert not [name for name in contents if name.endswith((".py", ".map", ".whl", ".md"))]


def test_nothing_lies_in_public_that_is_not_published(contents: Contents) -> None:
    """As it is, or as a part of a page, a script or the style sheet."""
    folder = ROOT / "public"
    for path in files_under(folder):
        is_part = path.suffix in (".css", ".html", ".js")
        assert is_part or path.relative_to(folder).as_posix() in contents, path
        is_licence = path.name.endswith("-licence.txt")
        assert is_licence or path.suffix not in (".md", ".py", ".txt"), path


def test_our_own_code_is_one_archive_of_compiled_modules(contents: Contents) -> None:
    names = own_archive(contents).namelist()
    assert "cnnscope/main.pyc" in names
    assert not [name for name in names if name.endswith(".py")]
    assert {"cnnscope/assets/tiny_vgg.npz", "cnnscope/assets/classes.json"} <= set(names)
