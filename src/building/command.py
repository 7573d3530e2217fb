"""The command line: ``serve``, ``dist``, ``single``, ``wheel``, ``test`` and ``bench``.

Example::

    sys.exit(main(["serve", "--no-open"]))
"""

from __future__ import annotations

import argparse
import sys
import threading
import time
import webbrowser
from pathlib import Path

from building.bench.baseline_published import published_contents
from building.bench.comparison import compare, compare_lines
from building.check.checks import run_checks
from building.context import make_context
from building.errors import BuildError
from building.fetch.cache import ENVIRONMENT_VARIABLE, cache_folder, write_whole
from building.report import Report
from building.site.server import HOST, Server
from building.site.sharing import whole_address
from building.site.single import single_page
from building.site.site import build_site, check_folder, gather, linked_site, write_site
from building.site.wheel import wheel

ROOT = Path(__file__).parents[2]
SINGLE = "dist-single/cnnscope.html"
WHEELS = "dist-wheel"
FIRST_PORT = 8000
PORTS_TRIED = 20
LAST_PORT = 65535
INTERRUPTED = 130  # exit status after Ctrl-C, as shells have it


def main(arguments: list[str]) -> int:
    """Run one command; return the exit status."""
    options, rest = _parser().parse_known_args(arguments)
    if rest and options.command != "test":
        _parser().error(f"unrecognized arguments: {' '.join(rest)}")
    try:
        match options.command:
            case "serve":
                return serve(options.port, open_browser=options.open)
            case "dist":
                return dist(options.out, options.address, published=options.published)
            case "single":
                return single(options.out)
            case "wheel":
                return make_wheel(options.out)
            case "test":
                return run_checks(ROOT, rest, Report(sys.stderr), is_long=options.long)
            case "bench":
                return bench(options.rounds, options.reference, is_over_lines=options.lines)
    except BuildError as error:
        print(f"error: {error}", file=sys.stderr)
        return 1
    except OSError as error:  # a full disk, a folder that may not be written
        print(f"error: {error}\n{_where_the_cache_is()}", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        print("\nStopped.", file=sys.stderr)
        return INTERRUPTED
    return 2


def bench(rounds: int, reference: Path | None, *, is_over_lines: bool) -> int:
    """Measure the page beside others, or its first visits over lines of several speeds."""
    context = make_context(cache_folder(), Report(sys.stderr))
    if is_over_lines:
        return compare_lines(ROOT, context, rounds=rounds)
    return compare(ROOT, context, rounds=rounds, reference=reference)


def dist(out: Path, address: str = "", *, published: bool = False) -> int:
    """Build the site, or the same with the runtime as it is published."""
    address = whole_address(address) if address else ""
    context = make_context(cache_folder(), Report(sys.stderr))
    started = time.monotonic()
    check_folder(out)  # before minutes of work
    with context.cache.lock():
        sources = gather(ROOT, context, address)
        contents = linked_site(sources)
        if published:
            contents = published_contents(ROOT, sources, context)
        written = write_site(contents, out)
    size = sum(map(len, contents.values())) / 1e6
    took = time.monotonic() - started
    print(f"{out}: {len(contents)} files, {size:.1f} MB, {written} written, {took:.1f} s")
    return 0


def single(out: Path) -> int:
    """Build the site into one file, which opens without a server."""
    context = make_context(cache_folder(), Report(sys.stderr))
    with context.cache.lock():
        page = single_page(gather(ROOT, context))
    write_whole(out, page)
    print(f"{out}: {len(page) / 1e6:.1f} MB; open it in a browser")
    return 0


def make_wheel(folder: Path) -> int:
    """Build the wheel, which has the page in one file in it."""
    context = make_context(cache_folder(), Report(sys.stderr))
    with context.cache.lock():
        name, content = wheel(ROOT, single_page(gather(ROOT, context)))
    write_whole(folder / name, content)
    print(f"{folder / name}: {len(content) / 1e6:.1f} MB; pip install it")
    return 0


def serve(port: int | None, *, open_browser: bool) -> int:
    """Build the site and serve it to this machine until Ctrl-C."""
    context = make_context(cache_folder(), Report(sys.stderr))
    out = ROOT / "dist"
    build_site(ROOT, context, out)
    one_at_a_time = threading.Lock()

    def refresh() -> None:
        try:
            with one_at_a_time:
                build_site(ROOT, context, out)
        except (BuildError, OSError) as error:
            print(f"error: {error}\nThe page before it is served.", file=sys.stderr)

    with listen(out, port) as server:
        server.before_page = refresh
        print(f"cnnscope is at {server.url}  (Ctrl-C stops it)", flush=True)
        if open_browser:
            threading.Thread(target=webbrowser.open, args=(server.url,), daemon=True).start()
        try:
            server.serve_forever()
        except KeyboardInterrupt:
            print("\nStopped.")
    return 0


def listen(folder: Path, port: int | None) -> Server:
    """Open a server on the port asked for, or on the first free one from 8000."""
    if port is not None:
        try:
            return Server(folder, port)
        except OSError as error:
            raise BuildError(
                f"port {port} of {HOST} cannot be used ({error.strerror}); try another --port"
            ) from error
    for candidate in range(FIRST_PORT, FIRST_PORT + PORTS_TRIED):
        try:
            return Server(folder, candidate)
        except OSError:
            continue
    return Server(folder, 0)


def _where_the_cache_is() -> str:
    return f"The cache is {cache_folder()}; {ENVIRONMENT_VARIABLE} names another place for it."


def _port(text: str) -> int:
    if not text.isdecimal() or int(text) > LAST_PORT:
        raise argparse.ArgumentTypeError(f"expected 0 to {LAST_PORT}, got {text!r}")
    return int(text)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="build.py", description="Builds, serves and tests cnnscope."
    )
    commands = parser.add_subparsers(dest="command", required=True, metavar="COMMAND")
    serving = commands.add_parser("serve", help="build what is stale and serve it to this machine")
    serving.add_argument("--port", type=_port, help="default: the first free one from 8000")
    serving.add_argument("--no-open", dest="open", action="store_false", help="open no browser")
    building = commands.add_parser("dist", help="only build, into dist/")
    building.add_argument("--out", type=Path, default=ROOT / "dist", help="default: dist/")
    building.add_argument(
        "--address", default="", help="where the page will lie, for previews of shared links"
    )
    building.add_argument(
        "--published", action="store_true", help="with the runtime as published, to compare"
    )
    alone = commands.add_parser("single", help="build one HTML file that opens from a disk")
    alone.add_argument("--out", type=Path, default=ROOT / SINGLE, help=f"default: {SINGLE}")
    packing = commands.add_parser("wheel", help="build what pip installs, for notebooks and shells")
    packing.add_argument("--out", type=Path, default=ROOT / WHEELS, help=f"default: {WHEELS}/")
    testing = commands.add_parser(
        "test", help="set up all that the tests need and run them; takes pytest's arguments"
    )
    testing.add_argument(
        "--long", action="store_true", help="every row of all tables, more at random: an hour"
    )
    measuring = commands.add_parser(
        "bench", help="measure the page in Chromium: its work, and its start against others"
    )
    measuring.add_argument("--rounds", type=int, default=7, help="loads of each page; default: 7")
    measuring.add_argument(
        "--lines", action="store_true", help="first visits alone, over lines of 5 to 100 Mbit/s"
    )
    measuring.add_argument(
        "--reference", type=Path, help="a folder with a built CNN Explainer, to compare with"
    )
    return parser
