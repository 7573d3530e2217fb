"""The page's Content-Security-Policy, as a meta element, so that it holds on any host.

Nothing comes from another origin; no script but the site's own and those written into the page,
which are named by their hashes; no text becomes code, but for WebAssembly. A page that is one file
asks for nothing at all: its modules and pictures are its own blobs.

Example::

    element = policy_element(policy(["\\nrun();\\n"]))
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from building.site.addresses import integrity

Policy = Mapping[str, list[str]]  # directive -> sources


def policy_element(allowed: Policy) -> str:
    """Return the element that a policy stands in."""
    content = "; ".join(" ".join((name, *sources)) for name, sources in allowed.items())
    return f'<meta http-equiv="Content-Security-Policy" content="{content}">'


def policy(scripts: Iterable[str]) -> Policy:
    """Return the sources that each directive allows, given the scripts within the page."""
    return {
        "default-src": ["'none'"],
        "script-src": ["'self'", "'wasm-unsafe-eval'", *_hashes(scripts)],
        # Attributes alone may hold styles of their own: places and sizes that Python computes.
        "style-src": ["'self'", "'unsafe-inline'"],
        "style-src-elem": ["'self'"],
        "img-src": ["'self'"],
        "font-src": ["'self'"],
        "connect-src": ["'self'"],
        "worker-src": ["'self'"],
        "manifest-src": ["'self'"],
        "base-uri": ["'none'"],
        "form-action": ["'none'"],
    }


def policy_alone(scripts: Iterable[str], styles: Iterable[str]) -> Policy:
    """Return what a page that is one file allows: no address but those it makes itself."""
    nothing = {directive: ["'none'"] for directive in policy([])}
    return nothing | {
        "script-src": ["blob:", "'wasm-unsafe-eval'", *_hashes(scripts)],
        "style-src": ["'unsafe-inline'"],
        "style-src-elem": _hashes(styles),
        "img-src": ["blob:", "data:"],
        "font-src": ["data:"],
    }


def _hashes(texts: Iterable[str]) -> list[str]:
    return [f"'{integrity(text.encode())}'" for text in texts]
