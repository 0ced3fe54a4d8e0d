"""`quotes evaluate` on gold data about who is who: clusters of mentions, and pronouns between two names (GAP)."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from quotes.commands.options import load_pipeline
from quotes.errors import UsageError

QUOTES_ONLY = ("pred", "types", "where", "match_by_id", "allow_missing", "given", "bootstrap", "per_doc")


def scores(gold: str, what: str, given: Mapping[str, str], options: dict[str, Any], *, as_json: bool) -> str:
    """Run the pipeline over a gold file of `clusters` or `gap` and return the scores as text.

    `given` has the options that were set, by parameter, as they are written. Raises `UsageError` where one of them is
    for quotations only.
    """
    from quotes.evaluate_coref import evaluate_clusters, evaluate_gap
    from quotes.scoring.coref import format_clusters
    from quotes.scoring.report import format_names

    wrong = next((given[name] for name in QUOTES_ONLY if name in given), None)
    if wrong:
        raise UsageError(f"{wrong} is for gold quotations, and this file is scored as {what}. Leave it out.")
    nlp = load_pipeline(options)
    if what == "gap":
        found, form = evaluate_gap(gold, nlp), format_names
    else:
        found, form = evaluate_clusters(gold, nlp), format_clusters
    return json.dumps(found, indent=1) if as_json else form(found)
