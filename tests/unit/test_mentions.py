"""What can speak in a Doc: names with titles and roles taken apart, pronouns, nominal phrases, sources of readers."""

from __future__ import annotations

import pytest
from handmade import make_doc
from spacy.tokens import Doc
from talk import talk, with_names

from quotes.mention_names import name_spans
from quotes.mentions import find_mentions, noun_kind
from quotes.phrases import left_edge, phrase_text, right_edge, root_of
from quotes.types import Mention

SPOKE = "spoke=speak/VERB:VBD/ROOT ."
PHRASE = (
    "the/DET/det/director former/ADJ/amod/director director/NOUN:NN/nsubj/spoke of/ADP/prep/director "
    f"operations/NOUN:NNS/pobj/of here/ADV/advmod/spoke {SPOKE}"
)


def mentions(doc: Doc) -> dict[str, Mention]:
    """Return the mentions by text."""
    return {doc[m.start : m.end].text: m for m in find_mentions(doc)}


@pytest.mark.parametrize(
    ("speaker", "name", "kind", "role"),
    [
        ("Ann Lee", "Ann Lee", "person", None),
        ("Sen. Ann Lee", "Ann Lee", "person", "Sen."),
        ("Mr. Lee", "Lee", "person", "Mr."),
        ("NONE:Mr. Lee", "Lee", "person", "Mr."),
        ("NONE:Mary Zzyx", "Mary Zzyx", "person", None),
        ("ORG:Acme Corp", "Acme Corp", "organization", None),
        ("PERSON:Acme Corporation", "Acme Corporation", "organization", None),
        ("GPE:Utopia", "Utopia", "organization", None),
        ("NONE:Zzyx", "Zzyx", "unknown", None),
    ],
)
def test_names(speaker: str, name: str, kind: str, role: str | None) -> None:
    (span,) = name_spans(talk(speaker)[0])
    assert (span.name, span.kind, span.role) == (name, kind, role)


def test_a_role_after_a_comma() -> None:
    doc = make_doc(
        "Ann/PROPN:NNP/compound/Lee Lee/PROPN:NNP/nsubj/spoke , the/DET/det/mayor mayor/NOUN:NN/appos/Lee "
        f"of/ADP/prep/mayor Rye/PROPN:NNP/pobj/of , {SPOKE}"
    )
    (span, _) = name_spans(with_names(doc, {"Ann Lee": "PERSON", "Rye": "GPE"}))
    assert (span.name, span.role) == ("Ann Lee", "mayor of Rye")


def test_a_possessive_is_no_part_of_a_name() -> None:
    doc = make_doc("Lee/PROPN:NNP/poss/plan 's/PART:POS/case/Lee plan/NOUN:NN/nsubj/failed failed=fail/VERB:VBD/ROOT .")
    (span,) = name_spans(with_names(doc, {"Lee 's": "PERSON"}))
    assert (span.start, span.end, span.name) == (0, 1, "Lee")


def test_pronouns_names_and_nominals_are_told_apart() -> None:
    assert {t: m.form for t, m in mentions(talk("Ann Lee", "she", "the mayor")[0]).items()} == {
        "Ann Lee": "name",
        "she": "pronoun",
        "the mayor": "nominal",
    }


@pytest.mark.parametrize(
    ("speaker", "kind"),
    [
        ("the mayor", "person"),
        ("officials", "anonymous"),
        ("the officials", "group"),
        ("the company", "organization"),
        ("the report", "document"),
    ],
)
def test_kinds_of_nominals(speaker: str, kind: str) -> None:
    (mention,) = find_mentions(talk(speaker)[0])
    assert mention.kind == kind


def test_what_cannot_speak_is_a_mention_only_where_a_reader_says_so() -> None:
    doc, _ = talk("the weather")
    assert find_mentions(doc) == []
    assert noun_kind(doc[1]) is None
    (mention,) = find_mentions(doc, [(0, 2)])
    assert (mention.start, mention.end, mention.form, mention.name) == (0, 2, "nominal", "the weather")


def test_a_source_that_is_a_mention_already_adds_none() -> None:
    doc, readings = talk("Sen. Ann Lee", "she")
    assert find_mentions(doc, [s for r in readings for s in r.source]) == find_mentions(doc)
    assert find_mentions(doc, [(3, 3)]) == find_mentions(doc)


def test_the_us_is_no_pronoun() -> None:
    (mention,) = find_mentions(talk("GPE:US")[0])
    assert mention.form == "name"


def test_an_unnamed_source_has_its_fullest_phrase() -> None:
    doc = make_doc(PHRASE)
    (mention,) = find_mentions(doc)
    assert mention.name == "the former director of operations"
    director = doc[2]
    assert (left_edge(director), right_edge(director)) == (0, 5)
    assert root_of(doc, 0, 5).i == 2


def test_text_of_a_phrase_has_no_outer_punctuation() -> None:
    doc = make_doc("“ Ann/PROPN/ROOT ¶ Lee/PROPN/flat/Ann , ”")
    assert phrase_text(doc, 0, len(doc)) == "Ann Lee"
    assert phrase_text(doc, 0, 1) == phrase_text(doc, 2, 2) == ""


@pytest.mark.parametrize("notation", ["", ".", "¶", "“ ”", "so/ADV/ROOT", "Dr./PROPN:NNP/ROOT", "A/DET/ROOT"])
def test_next_to_nothing(notation: str) -> None:
    doc = make_doc(notation)
    assert all(m.start < m.end for m in find_mentions(doc, [(0, len(doc))]))
    assert name_spans(doc) == []


def test_all_capitals_and_none_at_all() -> None:
    assert [s.name for s in name_spans(talk("ANN LEE")[0])] == ["ANN LEE"]
    assert name_spans(talk("ann lee")[0]) == []


@pytest.mark.parametrize("between", [".", "--", "!", "”"])
def test_what_stands_between_two_names_parts_them(between: str) -> None:
    doc = make_doc(f"Lee/PROPN:NNP/nsubj/spoke {between}/PUNCT/punct/spoke Ann/PROPN:NNP/dep/spoke {SPOKE}")
    spans = name_spans(with_names(doc, {f"Lee {between} Ann": "PERSON"}))
    assert [s.name for s in spans] == ["Lee", "Ann"]


def test_words_that_lost_the_space_between_them_are_no_name() -> None:
    doc = make_doc(f"Lee.--Ann/PROPN:NNP/nsubj/spoke {SPOKE}")
    assert name_spans(with_names(doc, {"Lee.--Ann": "PERSON"})) == []


def test_a_source_that_opens_with_a_name_is_its_bearer_whatever_the_parser_takes_for_its_head() -> None:
    doc = make_doc(
        "said/VERB:VBD/ROOT Ann/PROPN:NNP/npadvmod/tartly , rather/ADV/advmod/tartly tartly/ADV/advmod/said ."
    )
    found = find_mentions(with_names(doc, {"Ann": "PERSON"}), [(1, 5)])
    assert [(m.start, m.end, m.form) for m in found] == [(1, 2, "name")]
