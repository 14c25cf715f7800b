"""Words that bear no meaning of their own."""

from collections.abc import Sequence
from dataclasses import replace

from qingqun.enrich.repeats.token import Edge, Token

LIGHT = frozenset("把均则都要需还仍处里已")  # in the same place or nowhere


def plain(tokens: Sequence[Token], without: frozenset[int] = frozenset()) -> list[Token]:
    """Leave out words that bear no meaning, and the tokens at some places; what stood at their edges stands at their neighbours'."""
    kept: list[Token] = []
    edge = Edge.NONE
    for at, token in enumerate(tokens):
        edge = max(edge, token.edge)
        if token.value in LIGHT or at in without:
            if token.tail and kept:
                kept[-1] = replace(kept[-1], tail=token.tail)
            continue
        kept.append(replace(token, edge=edge) if edge != token.edge else token)
        edge = Edge.NONE
    return kept
