"""The page's Content-Security-Policy, as a meta element, so that it holds on any host.

Nothing comes from another origin; no script but the site's own and those written into the page,
which are named by their hashes; no text becomes code, but for WebAssembly. A page that is one file
asks for nothing at all: its modules and pictures are its own blobs.

Example::

    page = with_policy(page)   # in place of POLICY_MARKER
"""

from __future__ import annotations

import base64
import hashlib
import re

from building.errors import BuildError

POLICY_MARKER = "<!-- policy -->"
POLICY_ELEMENT = re.compile(r'<meta http-equiv="Content-Security-Policy"[^>]*>')
INLINE_SCRIPT = re.compile(r'<script(?: type="importmap")?>(.*?)</script>', re.DOTALL)
INLINE_STYLE = re.compile(r"<style>(.*?)</style>", re.DOTALL)
# Attributes by which a page runs a text as a script; no policy could name them.
HANDLER = re.compile(r"<[a-z][^<>]*\son[a-z]+\s*=", re.IGNORECASE)


def with_policy(page: str, *, is_alone: bool = False) -> str:
    """Return a page with the policy for what is written into it; ``is_alone`` for one file.

    Raises BuildError where the page has no place for it, or what no hash can name.
    """
    if page.count(POLICY_MARKER) != 1:
        raise BuildError(f"public/index.html: expected {POLICY_MARKER} once")
    if found := HANDLER.search(page):
        raise BuildError(f"public/index.html: {found[0]!r} is a script within an attribute")
    allowed = policy_alone(page) if is_alone else policy(page)
    content = "; ".join(" ".join((name, *sources)) for name, sources in allowed.items())
    element = f'<meta http-equiv="Content-Security-Policy" content="{content}">'
    return page.replace(POLICY_MARKER, element)


def policy(page: str) -> dict[str, list[str]]:
    """Return the sources that each directive allows."""
    scripts, styles = _written(page)
    return {
        "default-src": ["'none'"],
        "script-src": ["'self'", "'wasm-unsafe-eval'", *scripts],
        # Attributes alone may hold styles of their own: places and sizes that Python computes.
        "style-src": ["'self'", "'unsafe-inline'"],
        "style-src-elem": ["'self'", *styles],
        "img-src": ["'self'"],
        "connect-src": ["'self'"],
        "worker-src": ["'self'"],
        "manifest-src": ["'self'"],
        "base-uri": ["'none'"],
        "form-action": ["'none'"],
    }


def policy_alone(page: str) -> dict[str, list[str]]:
    """Return what a page that is one file allows: no address but those it makes itself."""
    scripts, styles = _written(page)
    return {
        "default-src": ["'none'"],
        "script-src": ["blob:", "'wasm-unsafe-eval'", *scripts],
        "style-src": ["'unsafe-inline'"],
        "style-src-elem": styles,
        "img-src": ["blob:", "data:"],
        "worker-src": ["'none'"],
        "base-uri": ["'none'"],
        "form-action": ["'none'"],
    }


def _written(page: str) -> tuple[list[str], list[str]]:
    """Return the hashes of the scripts and of the styles that are written into a page."""
    scripts = [_hash(script) for script in INLINE_SCRIPT.findall(page)]
    return scripts, [_hash(style) for style in INLINE_STYLE.findall(page)]


def _hash(text: str) -> str:
    return f"'sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}'"
