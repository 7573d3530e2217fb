"""The views that a page can show alone, told to the script that hides the rest."""

import json
import re

from building.site.addresses import Contents
from cnnscope.views.registry import VIEWS


def test_the_page_knows_the_views_that_python_knows(contents: Contents) -> None:
    found = re.search(r"const VIEWS = (\[.*?\]);", contents["early.js"].decode())
    assert found
    told = json.loads(found[1])
    assert set(told) == {"overview", "playground", "tour", *(view.name for view in VIEWS)}
    assert {"convolution", "relu", "pooling", "flatten", "softmax"} <= set(told)
