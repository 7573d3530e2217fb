"""Linting, typing and testing: the virtual environment, the browser, and what runs in them."""
