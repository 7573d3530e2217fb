"""The article's live figures: a kernel that slides, and where windows land."""
