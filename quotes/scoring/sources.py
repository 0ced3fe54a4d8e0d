"""When a predicted source is right: it shares half of the words of the shorter one."""

from __future__ import annotations

from quotes.scoring.tokens import TokenSet


def source_match(gold: TokenSet, predicted: TokenSet) -> bool:
    """Return whether the two sources share at least half of the words of the shorter one."""
    if not gold or not predicted:
        return False
    return len(gold & predicted) >= 0.5 * min(len(gold), len(predicted))
