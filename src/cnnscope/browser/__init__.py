"""The only package that touches the page; everything else runs under CPython too."""
