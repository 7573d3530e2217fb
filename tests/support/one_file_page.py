"""A page of one file without the page: what a network is put into, and pictures are taken from.

page = one_file_page()
network_in(embedded(page, file))      # the file again
"""

import base64
import json
import re

from support.networks import ROOT

MANIFEST = {"files": {}, "networks": {"digits": {"url": "./networks/digits.zip"}}}
SAMPLES = ("koala", "pizza")


def one_file_page():
    """A page with two photos and the digits' network."""
    digits = (ROOT / "weights" / "digits.npz").read_bytes()
    photos = {key: (ROOT / "public" / "samples" / f"{key}.webp").read_bytes() for key in SAMPLES}
    files = {"networks/digits.zip": digits}
    files |= {f"samples/{key}.webp": photo for key, photo in photos.items()}
    kept = "".join(
        f'<script type="text/plain" data-file="{name}" data-type="x/y">'
        f"{base64.b64encode(content).decode()}</script>\n"
        for name, content in files.items()
    )
    manifest = f'<script type="application/json" id="boot-manifest">{json.dumps(MANIFEST)}</script>'
    end = '<script type="text/plain" data-file="end"></script>\n'
    return (
        f'<!doctype html>\n<html lang="en" data-state="loading"><body>{manifest}{kept}{end}</body>'
    )


def manifest_in(page):
    """What a page says of its files."""
    (said,) = re.findall(r'id="boot-manifest">(.*?)</script>', page)
    return json.loads(said)


def network_in(page):
    """The file of the network that was put into a page."""
    (kept,) = re.findall(r'data-file="networks/own1.zip"[^>]*>([^<]*)<', page)
    return base64.b64decode(kept, validate=True)
