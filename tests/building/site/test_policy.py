import re
from base64 import b64encode
from hashlib import sha256

from building.site.addresses import Contents
from building.site.policy import policy, policy_alone

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
        hashes = {"script-src": 2}  # the first script, and the import map
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
            "font-src": "'self'",
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


def test_a_policy_names_what_is_written_into_a_page_and_nothing_else() -> None:
    allowed = policy(["\n1"])
    assert allowed["script-src"][2:] == [hashed("\n1")]
    alone = policy_alone(["\n1"], ["a {}"])
    assert alone["script-src"][2:] == [hashed("\n1")]
    assert alone["style-src-elem"] == [hashed("a {}")]
