"""Panels: parts of the page beside a view that have actions of their own."""
