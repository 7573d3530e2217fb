"""The views that a page can show alone, told to the script that hides the rest."""

import json
import re

from building.site.addresses import Contents


def test_the_page_knows_the_views_that_python_knows(contents: Contents) -> None:
    found = re.search(r"const VIEWS = (\[.*?\]);", contents["index.html"].decode())
    assert found
    assert json.loads(found[1]) == [
        *("overview", "playground", "convolution", "relu", "pooling", "flatten", "softmax"),
        "tour",
    ]
