"""What the shipped fonts are made by."""
