"""Samples, thumbnails, icons, skeleton, figures: what the build draws inside Pyodide.

There, so that build and page share one decoder, and the application one interpreter::

    draw_icons("/images/icon.svg", "/made/icons")
"""

from __future__ import annotations

import io
import json
from xml.etree import ElementTree

from building.compile.files import read, stored_zip, write

THUMBNAIL = 96  # px: twice as fine as they are shown, for screens of twice the pixels
THUMBNAIL_QUALITY = 80
ICON_DETAIL = 4  # times as large as it is shown, along each side, to be smooth
WITHIN = 0.8  # of the side: launchers may cut a maskable icon down to its middle
# name -> side in px, and whether it fills the square, as where a launcher cuts it into shape
ICONS = {
    "icon-192": (192, False),
    "icon-512": (512, False),
    "icon-maskable": (512, True),
    "icon-180": (180, True),  # on iOS
}


def decode_samples(folder: str, target: str) -> None:
    """Decode the sample pictures listed in ``samples.json`` to the network's input size.

    The result is an ``.npz`` of key -> uint8 (3, rows, columns), see ``cnnscope.pictures.samples``.
    The samples are WebP, whose decoder gives the same pixels everywhere.
    """
    import numpy as np
    from PIL import Image

    from cnnscope.pictures.resize import prepare
    from cnnscope.pictures.samples import differences

    members = {}
    for sample in json.loads(read(f"{folder}/samples.json")):
        with Image.open(f"{folder}/{sample['key']}.webp", formats=["WEBP"]) as picture:
            pixels = prepare(np.asarray(picture.convert("RGB")))
        array_file = io.BytesIO()
        np.lib.format.write_array(array_file, differences(pixels), allow_pickle=False)
        members[sample["key"] + ".npy"] = array_file.getvalue()
    write(target, stored_zip(members))


def draw_thumbnails(folder: str, target: str) -> None:
    """Draw the sample pictures small and side by side, in the order of ``samples.json``.

    One small file instead of a dozen large ones: the pictures themselves come when asked for.
    """
    from PIL import Image

    listed = json.loads(read(f"{folder}/samples.json"))
    strip = Image.new("RGB", (THUMBNAIL * len(listed), THUMBNAIL))
    for place, sample in enumerate(listed):
        with Image.open(f"{folder}/{sample['key']}.webp", formats=["WEBP"]) as picture:
            small = picture.convert("RGB").resize((THUMBNAIL, THUMBNAIL), Image.Resampling.LANCZOS)
        strip.paste(small, (place * THUMBNAIL, 0))
    file = io.BytesIO()
    strip.save(file, "WEBP", quality=THUMBNAIL_QUALITY, method=6)
    write(target, file.getvalue())


def draw_icons(svg: str, target: str) -> None:
    """Draw the page's icon as the PNGs that browsers want for an installed page.

    The SVG is of nothing but squares with round corners, the first of them the ground. Where a
    launcher cuts the icon into shape, the ground goes to the edges, and the rest is kept within.
    """
    from PIL import Image, ImageDraw

    root = ElementTree.parse(svg).getroot()
    side = float(root.attrib["viewBox"].split()[2])
    groups = (root, *root.iterfind("{*}g"))
    squares = [
        (group.attrib | rect.attrib) for group in groups for rect in group.iterfind("{*}rect")
    ]
    for name, (pixels, is_full) in ICONS.items():
        picture = Image.new("RGBA", (ICON_DETAIL * pixels,) * 2)
        draw = ImageDraw.Draw(picture)
        for place, square in enumerate(squares):
            x, y, width, radius = (float(square.get(key, 0)) for key in ("x", "y", "width", "rx"))
            if is_full:
                x, y = (side / 2 + (at - side / 2) * WITHIN for at in (x, y))
                width, radius = width * WITHIN, radius * WITHIN
                if place == 0:
                    x, y, width, radius = 0, 0, side, 0
            x, y, width, radius = (at * picture.width / side for at in (x, y, width, radius))
            corners = (x, y, x + width - 1, y + width - 1)  # the last pixel is meant
            draw.rounded_rectangle(corners, radius, fill=square["fill"])
        file = io.BytesIO()
        picture.reduce(ICON_DETAIL).save(file, "PNG", optimize=True)
        write(f"{target}/{name}.png", file.getvalue())


def list_embeds(target: str) -> None:
    """Write the names of the views that ``?embed=`` can show alone, as a list in JSON."""
    from cnnscope.state.embed import TOUR, WHOLE
    from cnnscope.views.registry import embeddable

    write(target, json.dumps([*WHOLE, *embeddable(), TOUR]).encode())


def write_lengths(target: str) -> None:
    """Write the lengths that layout and style sheets share, as a rule of CSS."""
    from prerender.lengths import shared_lengths

    write(target, shared_lengths().encode())


def draw_skeleton(weights: str, index: str, samples: str, target: str) -> None:
    """Have the application draw the page that is shown before Python has started.

    Writes ``skeleton.<language>.html`` and ``tour.<language>.html``, ``skeleton.css`` and
    ``skeleton.webp`` into the target folder.
    """
    from cnnscope.nn.weights import load_network
    from cnnscope.pictures.samples import load_samples
    from prerender import skeleton

    pictures = load_samples(samples)
    listed = json.loads(read(index))
    parts = skeleton.render(
        load_network(f"{weights}/tiny_vgg.npz"),
        json.loads(read(f"{weights}/classes.json")),
        {sample["key"]: pictures[sample["key"]] for sample in listed},
        {sample["key"] for sample in listed if sample["class"] is None},
    )
    for name in ("skeleton", "tour"):
        for language, markup in parts[name].items():
            write(f"{target}/{name}.{language}.html", markup.encode())
    write(f"{target}/skeleton.css", parts["css"].encode())
    write(f"{target}/skeleton.webp", parts["sheet"])


def draw_preview(weights: str, picture: str, target: str) -> None:
    """Draw the picture by which a shared link is shown, of a sample, as a PNG."""
    import numpy as np
    from PIL import Image

    from cnnscope.nn.weights import load_network
    from cnnscope.pictures.resize import prepare
    from prerender.preview import preview

    network = load_network(f"{weights}/tiny_vgg.npz")
    classes = [entry["name"] for entry in json.loads(read(f"{weights}/classes.json"))]
    with Image.open(picture, formats=["WEBP"]) as opened:
        photo = opened.convert("RGB")
    file = io.BytesIO()
    drawn = preview(network, classes, prepare(np.asarray(photo)), photo)
    drawn.save(file, "PNG", optimize=True)
    write(target, file.getvalue())


def draw_figures(weights: str, index: str, samples: str, languages: list[str], target: str) -> None:
    """Have the application draw the article's figures, from what it computes for the samples.

    Writes ``LANGUAGE/NAME.svg`` into the target folder, in each of the languages; those that live
    have their buttons around them.
    """
    from cnnscope.nn.weights import load_network
    from cnnscope.pictures.resize import to_input
    from cnnscope.pictures.samples import load_samples
    from cnnscope.text import load_text
    from prerender.figures.registry import figures
    from prerender.figures.subject import Subject
    from prerender.live_figures import live_figures

    network = load_network(f"{weights}/tiny_vgg.npz")
    classes = [entry["name"] for entry in json.loads(read(f"{weights}/classes.json"))]
    evaluation = json.loads(read(f"{weights}/evaluation.json"))
    named = {sample["key"]: sample["class"] for sample in json.loads(read(index))}
    labels = {key: classes.index(name) if name else None for key, name in named.items()}
    pictures = load_samples(samples)
    traces = {key: network(to_input(pictures[key])) for key in named}
    for language in languages:
        subject = Subject(load_text(language), network, classes, traces, labels, evaluation)
        for name, markup in (figures(subject) | live_figures(language)).items():
            write(f"{target}/{language}/{name}.svg", markup.encode())
