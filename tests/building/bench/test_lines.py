"""The line that first visits are measured over."""

import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from urllib.request import urlopen

from building.bench.lines import LATENCY, PacedServer
from building.bench.serving import serving

SPEED = 8  # Mbit a second: 1,000 bytes a millisecond


def test_all_answers_share_one_line(tmp_path: Path) -> None:
    content = bytes(range(256)) * 400
    for name in ("a.bin", "b.bin"):
        (tmp_path / name).write_bytes(content)
    with serving(PacedServer(tmp_path, SPEED)) as url, ThreadPoolExecutor(2) as pool:
        started = time.monotonic()
        found = list(pool.map(lambda name: urlopen(url + name).read(), ("a.bin", "b.bin")))
        took = time.monotonic() - started
    assert found == [content, content]
    assert took >= LATENCY + 2 * len(content) / (SPEED * 1e6 / 8)
