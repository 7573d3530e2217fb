"""Fetching and caching: others' files, pinned by size and SHA-256, and the programs used."""
