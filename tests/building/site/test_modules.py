import subprocess
from pathlib import Path

import pytest

from building.context import BuildContext
from building.errors import BuildError
from building.site.addresses import Contents
from building.site.modules import whole_modules

WORDS = "export const said = [];\nexport function say(word) {\n  said.push(word);\n}\n"
TWICE = 'import { say } from "./words.mjs";\n\nexport const twice = (word) => say(word + word);\n'
PAGE = """import { twice } from "./parts/twice.mjs";
import {
  said, say,
} from "./parts/words.mjs";

twice("a");
say("b");
export const all = said.join();
"""
MODULES = {"page.mjs": PAGE, "parts/twice.mjs": TWICE, "parts/words.mjs": WORDS}


def test_a_module_is_one_file_that_does_the_same(
    build_context: BuildContext, tmp_path: Path
) -> None:
    (tmp_path / "whole").mkdir()
    for name, text in MODULES.items():
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(text)
    whole = whole_modules(MODULES)
    assert list(whole) == ["page.mjs"]
    (tmp_path / "whole" / "page.mjs").write_text(whole["page.mjs"])
    script = "import(process.argv[1]).then(({ all }) => console.log(all))"
    node = build_context.tools.node()
    for folder in (tmp_path, tmp_path / "whole"):
        command = [str(node), "-e", script, (folder / "page.mjs").as_uri()]
        done = subprocess.run(command, capture_output=True, text=True, check=True)
        assert done.stdout == "aa,b\n"


def test_what_several_modules_import_is_in_each() -> None:
    other = 'import { say } from "./parts/words.mjs";\nsay("c");\n'
    whole = whole_modules({**MODULES, "other.mjs": other})
    assert sorted(whole) == ["other.mjs", "page.mjs"]
    assert all(text.count("const said") == 1 for text in whole.values())


def test_no_file_of_the_start_waits_for_another(contents: Contents) -> None:
    """What the page does not name, and a module imports, is asked for a round trip later."""
    names = [name for name in contents if name.endswith(".js") and "/" not in name]
    assert names
    for name in names:
        assert "\nimport {" not in contents[name].decode(), name
    assert not [name for name in contents if name.startswith("boot/")]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ('import { a } from "./b.mjs";\n', "b.mjs, which is not there"),
        ('import { say as tell } from "./parts/words.mjs";\n', "an import of another kind"),
        ('import * as a from "./words.mjs";\n', "an import of another kind"),
        ('import { twice } from "./parts/twice.mjs";\nexport { twice };\n', ""),
    ],
)
def test_what_cannot_be_put_together_is_named(text: str, said: str) -> None:
    modules = {**MODULES, "page.mjs": text}
    if not said:
        assert "export { twice }" in whole_modules(modules)["page.mjs"]  # the page's own
        return
    with pytest.raises(BuildError, match=said):
        whole_modules(modules)


def test_an_export_that_would_be_lost_and_a_circle_are_named() -> None:
    page = 'import { a } from "./a.mjs";\n'
    with pytest.raises(BuildError, match="cannot be put into another module"):
        whole_modules({"page.mjs": page, "a.mjs": "const a = 1;\nexport { a };\n"})
    with pytest.raises(BuildError, match="import each other"):
        whole_modules({"page.mjs": page, "a.mjs": 'import { b } from "./page.mjs";\n'})


def test_a_name_that_two_modules_declare_is_told() -> None:
    page = 'import { a } from "./a.mjs";\nfunction b() {}\n'
    with pytest.raises(BuildError, match=r"declared twice.*'b'"):
        whole_modules({"page.mjs": page, "a.mjs": "let b = 1;\nexport const a = 2;\n"})
