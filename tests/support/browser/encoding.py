"""Pictures as files, to be brought to a page."""

import io

import numpy as np
from PIL import Image


def png(pixels: np.ndarray) -> bytes:
    file = io.BytesIO()
    Image.fromarray(pixels).save(file, "PNG")
    return file.getvalue()
