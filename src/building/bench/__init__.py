"""Benchmarks of the page in Chromium: start-up, pictures, views, and what to compare it with."""
