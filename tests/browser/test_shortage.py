"""Memory that cannot be had: the page says what it needs and what helps, and blames nobody else."""

import re

import pytest
from playwright.sync_api import Page

from cnnscope.text import load_text
from support.browser.console_watch import go, wait_until_given_up
from support.sampling import sampled
from support.sites import ROOT

pytestmark = pytest.mark.browser

EN = load_text("en")
NO_MEMORY = EN("boot.no_memory")

MEMORY = "WebAssembly.Memory = class {{ constructor() {{ throw new {}; }} }};"
STREAM = "WebAssembly.instantiateStreaming = async () => {{ throw new {}; }};"
READ = "{}.prototype.arrayBuffer = async () => {{ throw new {}; }};"
LACKING = {
    "a memory": MEMORY.format("RangeError('WebAssembly.Memory(): could not allocate memory')"),
    "a memory, in Firefox": MEMORY.format("Error('out of memory')"),
    "a program": STREAM.format(
        "RangeError('WebAssembly.instantiate(): Out of memory: Cannot allocate Wasm memory')"
    ),
    "a program, while compiling": STREAM.format("WebAssembly.CompileError('out of memory')"),
    "what was fetched": READ.format("Blob", "RangeError('Array buffer allocation failed')"),
    "what was unpacked": READ.format("Response", "RangeError('Array buffer allocation failed')"),
    "more of it": "WebAssembly.Memory.prototype.grow = () => {"
    " throw new RangeError('WebAssembly.Memory.grow(): Unable to grow instance memory'); };",
}
NOT_LACKING = {
    "a program that fails": (
        STREAM.format("WebAssembly.RuntimeError('memory access out of bounds')"), "boot.file"
    ),
    "a memory that is refused": (
        MEMORY.format("TypeError('maximum is out of range')"), "boot.crashed"
    ),
}  # fmt: skip

TABLE = """words => {
    const found = [];
    for (const [name, message] of words) {
        const error = Object.assign(new Error(message), {name});
        found.push(isShortage(error));
    }
    return found;
}"""
SHORTAGES = [
    ("RangeError", "WebAssembly.Memory(): could not allocate memory"),
    ("RangeError", "Array buffer allocation failed"),
    ("RangeError", "Out of memory"),
    ("InternalError", "out of memory"),
    ("InternalError", "allocation size overflow"),
    ("RuntimeError", "Aborted(OOM)"),
    ("RuntimeError", "abort(Cannot enlarge memory arrays to size 2147487744 bytes (OOM))"),
    ("PythonError", "Traceback (most recent call last):\n  File ...\nMemoryError\n"),
    (
        "PythonError",
        "numpy._core._exceptions._ArrayMemoryError: Unable to allocate 2.00 GiB for an array",
    ),
    ("RangeError", "WebAssembly.instantiate(): Out of memory: Cannot allocate Wasm memory"),
    ("Error", "there is too little memory"),
]
OTHERS = [
    ("RuntimeError", "memory access out of bounds"),
    ("RangeError", "Maximum call stack size exceeded"),
    ("RangeError", "Invalid array length"),
    ("PythonError", "ModuleNotFoundError: No module named 'cnnscope'"),
    ("SecurityError", "The operation is insecure."),
    ("TypeError", "Failed to fetch"),
]


@pytest.mark.parametrize("name", sampled(LACKING, every=2))
def test_a_start_without_memory_says_what_helps(
    faulty_page: Page, site_url: str, name: str
) -> None:
    faulty_page.add_init_script(LACKING[name])
    go(faulty_page, site_url)
    assert wait_until_given_up(faulty_page) == NO_MEMORY


@pytest.mark.parametrize("name", sampled(NOT_LACKING, every=2))
def test_what_fails_otherwise_is_not_called_a_lack_of_memory(
    faulty_page: Page, site_url: str, name: str
) -> None:
    script, key = NOT_LACKING[name]
    faulty_page.add_init_script(script)
    go(faulty_page, site_url)
    said = wait_until_given_up(faulty_page)
    assert said != NO_MEMORY
    known = re.escape(EN.strings[key]).replace(r"\{", "{")
    assert re.fullmatch(re.sub(r"\{\w+\\?\}", ".*", known), said)


def test_the_words_of_engines_and_libraries_are_known(page: Page, site_url: str) -> None:
    source = next((ROOT / "public" / "boot").glob("shortage.*")).read_text("utf-8")
    page.goto("about:blank")
    words = TABLE.replace("words => {", "words => {" + source.replace("export ", ""))
    assert page.evaluate(words, SHORTAGES) == [True] * len(SHORTAGES)
    assert page.evaluate(words, OTHERS) == [False] * len(OTHERS)
