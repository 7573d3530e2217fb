"""The smallest sound file of a format that some browsers lack, to ask a browser by.

if await fails_to_decode(SPECIMENS["AVIF"]):
    raise PictureError("no_decoder", format="AVIF")
"""

from base64 import b64decode

SPECIMENS = {
    "AVIF": b64decode(
        "AAAAIGZ0eXBhdmlmAAAAAGF2aWZtaWYxbWlhZk1BMUIAAADrbWV0YQAAAAAAAAAhaGRscgAAAAAAAAAAcGljdAAA"
        "AAAAAAAAAAAAAAAAAAAOcGl0bQAAAAAAAQAAAB5pbG9jAAAAAEQAAAEAAQAAAAEAAAETAAAAIAAAAChpaW5mAAAA"
        "AAABAAAAGmluZmUCAAAAAAEAAGF2MDFDb2xvcgAAAABqaXBycAAAAEtpcGNvAAAAFGlzcGUAAAAAAAAAAQAAAAEA"
        "AAAQcGl4aQAAAAADCAgIAAAADGF2MUOBAAwAAAAAE2NvbHJuY2x4AAEADQAGgAAAABdpcG1hAAAAAAAAAAEAAQQB"
        "AoMEAAAAKG1kYXQSAAoIGAAGiAhoNCAyEh/3h4UV3///4s/DAJA1jjx+3A=="
    ),
}
"""Format -> a picture of one black pixel. AVIF is what browsers lack on older systems."""
