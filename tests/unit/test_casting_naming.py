"""What a character is called: forms that the text uses, without titles, adverbs and lost apostrophes."""

from __future__ import annotations

from collections.abc import Sequence

from handmade import make_doc

from quotes.casting.naming import rename, shared_names
from quotes.types import Cluster, Form, Mention


def name_of(*forms: str, form: Form = "name") -> str:
    """Return the name of a cluster whose mentions are these words."""
    doc = make_doc(" ".join(" ".join(f"{w}/PROPN/dep" for w in text.split()) + " ran/VERB/dep ." for text in forms))
    mentions, at = list[Mention](), 0
    for text in forms:
        size = len(text.split())
        mentions.append(Mention(at, at + size, at + size - 1, form))
        at += size + 2
    return rename(doc, Cluster(tuple(mentions), max(forms, key=len), "person")).name


def test_the_longest_form_that_is_used_twice() -> None:
    assert name_of("Hercule Poirot", "Poirot", "Hercule Poirot", "Poirot", "Poirot") == "Hercule Poirot"


def test_a_form_that_occurs_once_does_not_stand_for_many() -> None:
    assert name_of("Blanche du Placet", "Blanche", "Blanche") == "Blanche"
    assert name_of("Ann Lee", "Lee") == "Ann Lee"


def test_words_that_are_no_name_are_cut() -> None:
    assert name_of("Walker s", "Walker s") == "Walker"
    assert name_of("Poirot solicitously", "Poirot", "Poirot") == "Poirot"
    assert name_of("Walker--", "Walker--") == "Walker"


def test_a_title_stays_before_a_lone_name_that_is_hardly_met_without() -> None:
    assert name_of("Mrs. Miller", "Mrs. Miller", "Miller") == "Mrs. Miller"
    assert name_of("Mrs. Miller", "Miller", "Miller") == "Miller"
    assert name_of("Mrs. Ann Miller", "Mrs. Ann Miller") == "Ann Miller"


def test_a_description_is_the_usual_one_up_to_its_head() -> None:
    forms: Sequence[str] = ("the stranger", "the stranger", "the tall stranger")
    assert name_of(*forms, form="nominal") == "the stranger"


def test_a_single_mention_keeps_its_name() -> None:
    assert name_of("Ann Lee") == "Ann Lee"


def test_a_word_of_the_name_that_was_left_out_comes_back() -> None:
    doc = make_doc("the/DET/det/Man Invisible/ADJ/amod/Man Man/PROPN/nsubj/ran ran/VERB/ROOT .")
    assert rename(doc, Cluster((Mention(2, 3, 2, "name"),), "Man", "person")).name == "Invisible Man"


def test_a_title_alone_is_a_name_only_where_there_is_no_other() -> None:
    assert name_of("Mademoiselle", "Mademoiselle", "Mademoiselle", "Mademoiselle Rey") == "Mademoiselle Rey"
    assert name_of("Mademoiselle", "Mademoiselle") == "Mademoiselle"


def test_a_title_for_several_is_no_part_of_a_name() -> None:
    assert name_of("Messrs. Blake", "Messrs. Blake", "Blake") == "Blake"


def test_a_word_that_opens_sentences_is_no_part_of_a_name() -> None:
    doc = make_doc(
        "Lest/PROPN/dep Cecil/PROPN/dep ran/VERB/ROOT . then/ADV/advmod/sang Cecil/PROPN/dep sang/VERB/ROOT ."
    )
    mentions = (Mention(0, 2, 1, "name"), Mention(5, 6, 5, "name"))
    assert rename(doc, Cluster(mentions, "Lest Cecil", "person")).name == "Cecil"


def test_a_description_is_called_in_full_where_that_is_usual() -> None:
    long, short = "the/DET/dep man/NOUN/dep with/ADP/dep a/DET/dep beard/NOUN/dep", "the/DET/dep man/NOUN/dep"
    again = described(long, short, short, short, long)
    assert again == "the man with a beard"
    assert described(long, short, short) == "the man"
    assert described(long.replace("with", "near"), long.replace("with", "near")) == "the man"


def described(*phrases: str) -> str:
    """Return the name of a cluster of descriptions, the head of each its second word."""
    doc = make_doc(" ".join(f"{phrase} ran/VERB/dep ." for phrase in phrases))
    mentions, at = list[Mention](), 0
    for phrase in phrases:
        size = len(phrase.split())
        mentions.append(Mention(at, at + size, at + 1, "nominal"))
        at += size + 2
    return rename(doc, Cluster(tuple(mentions), "x", "person")).name


def test_a_name_of_ones_own_goes_before_a_family_s() -> None:
    words = ("Cavendish", "Cavendish", "Lawrence", "Lawrence", "Cavendish", "Cavendish", "Mary", "Mary")
    doc = make_doc(" ".join(f"{word}/PROPN/dep ran/VERB/dep ." for word in words))

    def named(*numbers: int) -> Cluster:
        return Cluster(tuple(Mention(3 * n, 3 * n + 1, 3 * n, "name") for n in numbers), words[numbers[0]], "person")

    lawrence, shared = named(0, 1, 2, 3, 4), shared_names(doc, [named(0, 1, 2, 3, 4), named(5), named(6), named(7)])
    assert shared == {"Cavendish"}
    assert rename(doc, lawrence, shared).name == "Lawrence"
    assert rename(doc, lawrence).name == "Cavendish"
