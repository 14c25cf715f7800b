"""The same notice in other words: whatever one copy says and the other does not must be on a list, and the order must bear it.

`retold` is asked only where the strict comparison says no, and only for few pairs: it looks at every stretch that differs.
"""

from qingqun.enrich.repeats.chains import arranged
from qingqun.enrich.repeats.lists import relist
from qingqun.enrich.repeats.ordered import STEPS, ordered
from qingqun.enrich.repeats.parallel import permuted
from qingqun.enrich.repeats.retold.borrowed import borrowed
from qingqun.enrich.repeats.retold.fronted import unfronted
from qingqun.enrich.repeats.retold.listing import listed_alike
from qingqun.enrich.repeats.retold.moved import moved
from qingqun.enrich.repeats.retold.residue import Called, settled
from qingqun.enrich.repeats.retold.shell import Shelled, shelled
from qingqun.enrich.repeats.retold.tiles import Tiles
from qingqun.enrich.repeats.retold.turned import turned
from qingqun.enrich.repeats.token import Read
from qingqun.enrich.repeats.wording import BACK

_LONGEST = 600  # tokens


def retold(a: Read, b: Read) -> bool:
    """Return whether two texts are sendings of one notice in other words."""
    return max(len(a.tokens), len(b.tokens)) <= _LONGEST and (_retold(a, b) or _retold(b, a))


def _retold(a: Read, b: Read) -> bool:
    bared = shelled(a, b)
    if bared is None:
        return False
    said = a.text, b.text
    kept = ordered(*said) or ordered(*said[::-1])
    if not kept:
        bared = bared._replace(b=arranged(bared.a, bared.b, said))
    bared = bared._replace(b=unfronted(bared.a, bared.b, said))
    kept = kept or any(pattern.search(text) for pattern in (BACK, STEPS) for text in said)
    other = borrowed(bared.a, bared.b)
    texts = (bared, bared._replace(b=other)) if other != bared.b else (bared,)
    return any(_alike(each, said, kept=kept, near=near) for each in texts for near in (False, True))


def _alike(bared: Shelled, said: tuple[str, str], *, kept: bool, near: bool) -> bool:
    """Return whether two texts without their shells say the same; `kept`: in their order only."""
    rest = settled(Tiles(bared.a, bared.b, near=near), Called(*bared[2:]))
    if rest is None or not rest[0]:
        return False
    one, two = ([token.value for token in tokens] for tokens in rest)
    return one == two or (not kept and (permuted(*rest) or turned(*rest) or moved(rest[0], listed_alike(rest[0], relist(*rest)), said)))
