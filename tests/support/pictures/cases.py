"""All pictures that tests bring to the page, and what must come of each.

``USABLE`` maps a name to what makes a file and the picture to be seen in it; ``REFUSED`` maps a
name to what makes a file and the code of its error; of ``DOUBTFUL`` files, the page may show what
a decoder makes of them, or say that it cannot.
"""

from support.pictures.hostile import DOUBTFUL, HOSTILE
from support.pictures.odd import ODD
from support.pictures.refused import DECODER_FINDS
from support.pictures.refused import REFUSED as PLAINLY_REFUSED
from support.pictures.usable import USABLE as ORDINARY
from support.pictures.usable import Usable

__all__ = ["DECODER_FINDS", "DOUBTFUL", "REFUSED", "USABLE", "Usable"]

USABLE = ORDINARY | ODD
REFUSED = PLAINLY_REFUSED | HOSTILE
