"""All pictures that tests bring to the page, and what must come of each.

``USABLE`` maps a name to what makes a file and the picture to be seen in it; ``REFUSED`` maps a
name to what makes a file and the code of its error; of ``DOUBTFUL`` files, the page may show what
a decoder makes of them, or say that it cannot.
"""

from hostile_pictures import DOUBTFUL, HOSTILE
from odd_pictures import ODD
from refused_pictures import DECODER_FINDS
from refused_pictures import REFUSED as PLAINLY_REFUSED
from usable_pictures import USABLE as ORDINARY
from usable_pictures import Usable

__all__ = ["DECODER_FINDS", "DOUBTFUL", "REFUSED", "USABLE", "Usable"]

USABLE = ORDINARY | ODD
REFUSED = PLAINLY_REFUSED | HOSTILE
