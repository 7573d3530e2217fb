"""All that a browser can keep for a page, and the ways in which it can be kept from it.

page.add_init_script(without("caches", "throws"))
"""

OWNERS = {
    "localStorage": "globalThis",
    "sessionStorage": "globalThis",
    "indexedDB": "globalThis",
    "caches": "globalThis",
    "BroadcastChannel": "globalThis",
    "cookieStore": "globalThis",
    "serviceWorker": "Navigator.prototype",
    "storage": "Navigator.prototype",
    "locks": "Navigator.prototype",
    "cookie": "Document.prototype",
}
NEEDED = ("caches", "serviceWorker")
"""What use without a network needs."""

ABSENT = {
    "throws": "get() { throw new DOMException('forbidden', 'SecurityError'); }",
    "null": "value: null",
    "absent": "value: undefined",
}


def without(name: str, way: str) -> str:
    """A script that takes a storage away before the page runs."""
    return f"Object.defineProperty({OWNERS[name]}, '{name}', {{{ABSENT[way]}}});\n"
