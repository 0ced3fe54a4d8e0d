"""Every spaCy factory of ours, in one light module: the components are imported when they are made, not before."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from spacy.language import Language
from spacy.tokens import Doc

Component = Callable[[Doc], Doc]


@Language.factory("quote_spans", assigns=["doc.spans"])
def make_quote_spans(nlp: Language, name: str) -> Component:
    """Make the component that pairs quotation marks into `doc.spans["quote_regions"]`."""
    from quotes.components.quote_spans import QuoteSpans

    return QuoteSpans(name=name)


@Language.factory(
    "quote_tagger",
    requires=["token.pos", "token.dep", "token.lemma"],
    assigns=["doc.spans"],
    default_config={"reader": "rules", "model": None},
)
def make_quote_tagger(nlp: Language, name: str, reader: str, model: str | None) -> Component:
    """Make the component that finds content, cue and source; `reader` is `rules` or `full`."""
    from quotes.components.quote_tagger import QuoteTagger

    return QuoteTagger(name=name, reader=reader, model=model)


@Language.factory("speaker_coref", requires=["doc.spans"], assigns=["doc.spans"])
def make_speaker_coref(nlp: Language, name: str) -> Component:
    """Make the component that clusters the mentions of whoever speaks."""
    from quotes.components.speaker_coref import SpeakerCoref

    return SpeakerCoref(name=name)


@Language.factory(
    "quote_attribution", requires=["doc.spans"], assigns=["doc.spans"], default_config={"characters": None}
)
def make_quote_attribution(nlp: Language, name: str, characters: list[str] | None = None) -> Component:
    """Make the component that gives each quotation its speaker, with score and evidence. `characters` are the known
    speakers, one an item, other names of the same one after semicolons."""
    from quotes.components.quote_attribution import QuoteAttribution

    return QuoteAttribution(name=name, characters=characters or ())


COMPONENTS: tuple[str, ...] = ("quote_spans", "quote_tagger", "speaker_coref", "quote_attribution")


def add_all(nlp: Language, settings: dict[str, dict[str, Any]] | None = None) -> Language:
    """Add our four components to `nlp`, in their order; `settings` holds a configuration by component name."""
    for component in COMPONENTS:
        if component not in nlp.pipe_names:
            nlp.add_pipe(component, config=(settings or {}).get(component, {}))
    return nlp
