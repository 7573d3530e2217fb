import re
from base64 import b64encode
from hashlib import sha256

import pytest

from building.errors import BuildError
from building.site.policy import POLICY_MARKER, policy, with_policy
from building.site.site import INLINED, Contents

CODE = re.compile(r"<script(?P<attributes>[^>]*)>(?P<text>.*?)</script>", re.DOTALL)
ELEMENT = re.compile(r'<meta http-equiv="Content-Security-Policy" content="([^"]+)">')


def pages(contents: Contents) -> list[str]:
    return [content.decode() for name, content in contents.items() if name.endswith(".html")]


def hashed(text: str) -> str:
    return f"'sha256-{b64encode(sha256(text.encode()).digest()).decode()}'"


def test_every_page_has_the_policy_before_anything_it_governs(contents: Contents) -> None:
    for page in pages(contents):
        start = page[: page.index("</head>")]
        assert len(ELEMENT.findall(page)) == 1
        before = start[: start.index("<meta http-equiv")]
        assert re.findall(r"<(\w+)", before) == ["html", "head", "meta"]  # the charset
        assert page.index("charset") < 1024


def test_what_is_shipped_is_as_tight_as_it_can_be(contents: Contents) -> None:
    for page in pages(contents):
        found = ELEMENT.search(page)
        assert found
        allowed = dict(each.split(" ", 1) for each in found[1].split("; "))
        hashes = {"script-src": len(INLINED) + 1, "style-src-elem": 1}  # and the import map
        plain = {
            name: " ".join(source for source in sources.split() if "sha256" not in source)
            for name, sources in allowed.items()
        }
        assert plain == {
            "default-src": "'none'",
            "script-src": "'self' 'wasm-unsafe-eval'",
            "style-src": "'self' 'unsafe-inline'",
            "style-src-elem": "'self'",
            "img-src": "'self'",
            "connect-src": "'self'",
            "worker-src": "'self'",
            "manifest-src": "'self'",
            "base-uri": "'none'",
            "form-action": "'none'",
        }
        for name, sources in allowed.items():
            assert sources.count("'sha256-") == hashes.get(name, 0)


def test_each_script_within_a_page_is_named_by_its_hash(contents: Contents) -> None:
    for page in pages(contents):
        found = ELEMENT.search(page)
        assert found
        for script in CODE.finditer(page):
            if script["attributes"] in ("", ' type="importmap"'):
                assert hashed(script["text"]) in found[1]
            elif "src=" not in script["attributes"]:  # for PyScript, or for the page's own scripts
                assert re.search(r'type="(py|application/json)"', script["attributes"])


def test_a_page_names_what_it_holds_and_nothing_else() -> None:
    page = f"<head>{POLICY_MARKER}<script>\n1</script><style>a {{}}</style></head>"
    assert policy(page)["script-src"][2:] == [hashed("\n1")]
    assert policy(page)["style-src-elem"][1:] == [hashed("a {}")]
    assert POLICY_MARKER not in with_policy(page)


@pytest.mark.parametrize(
    "page",
    ["<head></head>", POLICY_MARKER * 2, f'{POLICY_MARKER}<p class="a" onclick="go()">'],
)
def test_a_page_that_no_policy_fits_is_refused(page: str) -> None:
    with pytest.raises(BuildError, match="index"):
        with_policy(page)
