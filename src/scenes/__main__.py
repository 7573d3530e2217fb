"""Render scenes into the sample pictures: `python -m scenes espresso`."""

import argparse
import tempfile
from importlib import import_module
from pathlib import Path

from PIL import Image

from . import studio

SAMPLES_FOLDER = Path(__file__).resolve().parents[2] / "public" / "samples"
SIZE = 512  # px
SAMPLES = 128  # paths a pixel; the denoiser does the rest
LIMIT = 40_000  # bytes a picture may weigh


def main() -> None:
    """Read the command line and render each scene named on it."""
    parser = argparse.ArgumentParser(prog="python -m scenes", description=__doc__)
    parser.add_argument("scene", nargs="+", help="a module of this package, such as espresso")
    parser.add_argument("--preview", type=int, metavar="PX", help="a small, quick PNG instead")
    parser.add_argument("--folder", type=Path, default=SAMPLES_FOLDER, help="where the pictures go")
    wanted = parser.parse_args()
    for name in wanted.scene:
        import_module(f".{name}", __package__).build()
        if wanted.preview:
            studio.render(wanted.folder / f"{name}.preview.png", wanted.preview, SAMPLES // 4)
            continue
        with tempfile.TemporaryDirectory() as folder:
            traced = Path(folder) / "traced.png"
            studio.render(traced, SIZE, SAMPLES)
            store(Image.open(traced).convert("RGB"), wanted.folder / f"{name}.webp")


def store(picture: Image.Image, file: Path) -> None:
    """Write the picture as WebP, as good as `LIMIT` bytes allow."""
    for quality in range(94, 40, -2):
        picture.save(file, quality=quality, method=6)
        if file.stat().st_size <= LIMIT:
            return


if __name__ == "__main__":
    main()
