"""What a picture file says of itself in its bytes, one module a format; nothing is decoded here.

Each module has ``read(source) -> Reading[Header]``, a generator that asks for the bytes it needs.
"""
