"""The toolbar: sample pictures, the chooser of an own one, details, colour scale."""
