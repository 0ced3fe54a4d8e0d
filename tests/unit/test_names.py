"""Names taken apart and compared: titles, particles, suffixes, nicknames, initials, acronyms, misspellings."""

from __future__ import annotations

import pytest

from quotes.names import (
    PersonName,
    clash,
    close_spelling,
    first_name_gender,
    fold,
    folded,
    initials,
    is_acronym,
    is_first_name,
    parse_name,
    same_first,
    same_person,
    strip_possessive,
    title_gender,
)


@pytest.mark.parametrize(
    ("text", "titles", "given", "last"),
    [
        ("Ann Lee", (), ("Ann",), "Lee"),
        ("Lee", (), (), "Lee"),
        ("Sen. Ann Lee", ("Sen.",), ("Ann",), "Lee"),
        ("former President Lee", ("former", "President"), (), "Lee"),
        ("Attorney General Ann Lee", ("Attorney", "General"), ("Ann",), "Lee"),
        ("Ludwig van Beethoven", (), ("Ludwig",), "van Beethoven"),
        ("Ana de la Cruz", (), ("Ana",), "de la Cruz"),
        ("Van Dyke", (), ("Van",), "Dyke"),
        ("Mary-Ann O’Brien", (), ("Mary-Ann",), "O’Brien"),
        ("J.D. Roe", (), ("J.D.",), "Roe"),
        ("John Q. Public", (), ("John", "Q."), "Public"),
        ("Ann Lee’s", (), ("Ann",), "Lee"),
        ("James'", (), (), "James"),
        ("Prince", (), (), "Prince"),
        ("Mr.", (), (), "Mr."),
        ("", (), (), ""),
        ("…", (), (), ""),
    ],
)
def test_parts_of_a_name(text: str, titles: tuple[str, ...], given: tuple[str, ...], last: str) -> None:
    name = parse_name(text)
    assert (name.titles, name.given, name.last) == (titles, given, last)
    assert name.full == bool(given)


@pytest.mark.parametrize(
    ("text", "suffix", "nick", "bare"),
    [
        ("Ann Lee", None, None, "Ann Lee"),
        ("Rev. Bob Roe Jr.", "Jr.", None, "Bob Roe Jr."),
        ("Bob Roe III", "III", None, "Bob Roe III"),
        ("William “Bill” Roe", None, "Bill", 'William "Bill" Roe'),
        ('William "Bill" Roe', None, "Bill", 'William "Bill" Roe'),
        ("William (Bill) Roe Sr.", "Sr.", "Bill", 'William "Bill" Roe Sr.'),
        ("Dr. Roe", None, None, "Roe"),
        ("", None, None, ""),
    ],
)
def test_suffix_nickname_and_bare_name(text: str, suffix: str | None, nick: str | None, bare: str) -> None:
    name = parse_name(text)
    assert (name.suffix, name.nick, name.bare) == (suffix, nick, bare)


@pytest.mark.parametrize(
    ("a", "b"),
    [
        ("Ann Lee", "Ann Lee"),
        ("Ann Lee", "Sen. Ann Lee"),
        ("Bob Roe", "Robert Roe"),
        ("Robert Roe", "R. Roe"),
        ("Ann Lee", "Ann B. Lee"),
        ("ANN LEE", "Ann Lee"),
        ("William “Bill” Roe", "Bill Roe"),
        ("John Paul Roe", "Paul Roe"),
        ("Bob Roe Jr.", "Bob Roe"),
        ("Bob Roe Jr.", "Bob Roe, Jr"),
        ("Ann O’Brien", "Ann O'Brien"),
    ],
)
def test_one_person(a: str, b: str) -> None:
    assert same_person(parse_name(a), parse_name(b))
    assert same_person(parse_name(b), parse_name(a))


@pytest.mark.parametrize(
    ("a", "b"),
    [
        ("Bill Clinton", "Hillary Clinton"),
        ("Bob Roe Jr.", "Bob Roe Sr."),
        ("Bob Roe II", "Bob Roe III"),
        ("Mr. Chris Lee", "Ms. Chris Lee"),
        ("Ann Lee", "Ann Roe"),
        ("Ann Lee", "Lee"),
        ("Lee", "Lee"),
        ("Bob Roe", "Bill Roe"),
        ("", ""),
    ],
)
def test_two_people_or_not_enough_to_say(a: str, b: str) -> None:
    assert not same_person(parse_name(a), parse_name(b))
    assert not same_person(parse_name(b), parse_name(a))


@pytest.mark.parametrize(
    ("a", "b", "same"),
    [
        ("Bob", "Robert", True),
        ("Bob", "Rob", True),
        ("J.", "Jane", True),
        ("Ann", "ANN", True),
        ("Bob", "Bill", False),
        ("J.", "Ann", False),
        ("Ann", "Anthony", False),
        ("", "Ann", False),
    ],
)
def test_first_names(a: str, b: str, same: bool) -> None:
    assert same_first(a, b) is same
    assert same_first(b, a) is same


@pytest.mark.parametrize(
    ("phrase", "acronym"),
    [
        ("National Association of School Resource Officers", "NASRO"),
        ("the Federal Bureau of Investigation", "FBI"),
        ("Department of Justice", "DOJ"),
        ("Johns Hopkins University", "JHU"),
        ("Bay-Area Transit", "BAT"),
    ],
)
def test_acronyms_of_a_phrase(phrase: str, acronym: str) -> None:
    assert acronym in initials(phrase)


@pytest.mark.parametrize("phrase", ["", "Bank", "the Bank", "’s"])
def test_no_acronym_of_one_word(phrase: str) -> None:
    assert initials(phrase) == frozenset()


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("NASRO", True),
        ("F.B.I.", True),
        ("CEOs", True),
        ("AT&T", True),
        ("Lee", False),
        ("A", False),
        ("ABCDEFGHIJ", False),
        ("", False),
    ],
)
def test_what_looks_like_an_acronym(text: str, found: bool) -> None:
    assert is_acronym(text) is found


@pytest.mark.parametrize(
    ("a", "b", "close"),
    [
        ("Hendersen", "Henderson", True),
        ("Sessions", "Session", True),
        ("Whitmre", "Whitmer", True),
        ("Miller", "Muller", True),
        ("Henderson", "Henderson", False),
        ("Lee", "Lea", False),
        ("Martin", "Martinez", False),
        ("Garcia", "Marcia", False),
        ("", "", False),
    ],
)
def test_misspelt_last_names(a: str, b: str, close: bool) -> None:
    assert close_spelling(a, b) is close
    assert close_spelling(b, a) is close


@pytest.mark.parametrize(
    ("text", "without"),
    [
        ("Ann Lee’s", "Ann Lee"),
        ("Ann Lee's ", "Ann Lee"),
        ("James’", "James"),
        ("the workers'", "the workers"),
        ("O’Brien", "O’Brien"),
        ("Lee", "Lee"),
        ("", ""),
    ],
)
def test_possessives(text: str, without: str) -> None:
    assert strip_possessive(text) == without


def test_folding() -> None:
    assert [fold(w) for w in ("Lee’s", "O’Brien", "U.S.", "JAMES'", "")] == ["lee", "obrien", "us", "james", ""]
    assert folded("The U.S. Congress") == ("us", "congress")
    assert folded("The") == ("the",)
    assert folded("") == ()


def test_genders_are_readings_of_titles_and_first_names_that_may_be_missing() -> None:
    assert [title_gender(t) for t in (["Mr."], ["Mrs."], ["Sen."], [], ["Sen.", "Ms."])] == ["m", "f", None, None, "f"]
    names = ["Robert Roe", "Mary Roe", "Roe", "Zzyx Roe"]
    assert [first_name_gender(parse_name(n)) for n in names] == ["m", "f", None, None]
    assert clash("m", "f")
    assert not any(clash(a, b) for a, b in ((None, "f"), ("m", None), (None, None), ("m", "m")))  # type: ignore[arg-type]


def test_a_name_is_plain_data_without_a_gender() -> None:
    assert set(PersonName.__slots__) == {"titles", "given", "last", "suffix", "nick"}
    assert is_first_name("Mary")
    assert not is_first_name("Zzyx")
