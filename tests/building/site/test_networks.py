"""The networks that the page is shipped with: each has its file, and its words."""

from pathlib import Path

from building.site.manifest import NETWORKS as FOLDER
from building.site.site import NETWORK_FILES, READERS
from cnnscope.pictures.shipped import read_shipped
from cnnscope.state.state import NETWORKS, PHOTOS
from cnnscope.text import LANGUAGES, load_text
from support.networks import ROOT


def test_each_network_but_the_first_has_a_file_that_holds_all_of_it():
    assert {f"{name}.npz" for name in NETWORKS} - {f"{PHOTOS}.npz"} == set(NETWORK_FILES)
    for name in NETWORK_FILES:
        shipped = read_shipped((ROOT / "weights" / name).read_bytes())
        last = shipped.network.layers[-1].name
        assert shipped.network.shapes[last] == (len(shipped.classes),)
        assert len(set(shipped.classes)) == len(shipped.classes)
        for picture in shipped.samples.values():
            assert picture.shape[:2] == shipped.network.input_shape[1:]


def test_each_network_has_its_words():
    for language in LANGUAGES:
        text = load_text(language)
        said = [text(f"network.{name}{end}") for name in NETWORKS for end in ("", ".hint")]
        assert len(set(said)) == 2 * len(NETWORKS)


def test_the_site_has_them_and_the_boot_manifest_names_them(sources, contents):
    names = [name for name in contents if name.startswith(FOLDER)]
    assert names == [f"{FOLDER}{Path(name).stem}.zip" for name in (*NETWORK_FILES, READERS)]
    told = sources.manifest["networks"]
    assert set(told) == set(NETWORKS) - {PHOTOS} | {Path(READERS).stem}
    assert all(entry["integrity"].startswith("sha256-") for entry in told.values())
