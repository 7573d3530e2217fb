import base64
import hashlib
import re

import pytest

from cnnscope_notebook import page as pages
from cnnscope_notebook.errors import ModelError
from cnnscope_notebook.page import embedded, galleries, page_text
from support.one_file_page import SAMPLES, manifest_in, network_in, one_file_page

FILE = b"PK a network's file, </script> and all"


def test_a_network_is_put_before_the_end_and_named_with_its_hash():
    page = embedded(one_file_page(), FILE)
    assert network_in(page) == FILE
    digest = base64.b64encode(hashlib.sha256(FILE).digest()).decode()
    expected = {"url": "./networks/own1.zip", "integrity": f"sha256-{digest}"}
    assert manifest_in(page)["networks"]["own1"] == expected
    assert page.index("own1.zip") < page.index('data-file="end"')
    assert '<html data-waiting="" lang="en"' in page


def test_all_else_of_the_page_stays():
    before, after = one_file_page(), embedded(one_file_page(), FILE)
    after = re.sub(r'<script [^>]*own1\.zip"[^<]*</script>\n', "", after)
    after = after.replace(' data-waiting=""', "", 1)
    said = r'(id="boot-manifest">).*?(</script>)'
    assert re.sub(said, r"\1\2", after) == re.sub(said, r"\1\2", before)


def test_another_page_is_refused():
    with pytest.raises(ValueError, match="expected a page in one file"):
        embedded("<html></html>", FILE)


def test_the_pages_own_pictures_are_taken_from_it():
    found = galleries(one_file_page())
    assert found["photos"].samples == SAMPLES
    assert found["photos"].pictures["koala"].shape[2] == 3
    assert len(found["digits"].samples) == 10


def test_a_copy_without_a_page_says_how_to_get_one(tmp_path, monkeypatch):
    monkeypatch.setattr(pages, "PAGE", tmp_path / "none.gz")
    page_text.cache_clear()
    with pytest.raises(ModelError, match=r"build\.py wheel"):
        page_text()
