"""The vocabulary of drawing, pure: boxes, elements, colours, scales, poses."""
