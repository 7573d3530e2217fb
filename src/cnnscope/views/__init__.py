"""One picture a file, pure: from what is known to elements, poses and paintings."""
