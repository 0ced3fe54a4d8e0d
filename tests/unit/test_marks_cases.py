"""A table of tricky quotation marks: what stands between them, part by part, and what is none."""

from __future__ import annotations

import pytest

from quotes.marks import pair

Case = tuple[str, str, list[str]]
"""Name, text, and the expected regions in text order: parts joined by `|`, `>` before each level of nesting, `~` before
a region without a closing mark."""

PLAIN: list[Case] = [
    ("curly", "“We won,” she said.", ["“We won,”"]),
    ("straight", '"We won," she said.', ['"We won,"']),
    ("curly single", "‘We won,’ she said.", ["‘We won,’"]),
    ("straight single", "'We won,' she said.", ["'We won,'"]),
    ("two apostrophes", "''We won,'' she said.", ["''We won,''"]),
    ("backticks and apostrophes", "``We won,'' she said.", ["``We won,''"]),
    ("one backtick", "He typed `We won' and left.", ["`We won'"]),
    ("low and high", "„Wir bleiben“, sagte sie.", ["„Wir bleiben“"]),
    ("low and right", "„Wir bleiben”, sagte sie.", ["„Wir bleiben”"]),
    ("low single", "‚Wir bleiben‘, sagte sie.", ["‚Wir bleiben‘"]),
    ("guillemets", "«On reste», dit-elle.", ["«On reste»"]),
    ("guillemets with spaces", "« On reste », dit-elle.", ["« On reste »"]),
    ("guillemets turned round", "»Wir bleiben«, sagte sie.", ["»Wir bleiben«"]),
    ("single guillemets", "‹On reste›, dit-elle.", ["‹On reste›"]),
    ("doubled curly singles", "‘‘We won,’’ she said.", ["‘‘We won,’’"]),
    ("two in a paragraph", "“We won,” she said. “At last.”", ["“We won,”", "“At last.”"]),
    ("straight twice", '"We won," she said. "At last."', ['"We won,"', '"At last."']),
    ("at the end", 'She said: "We won."', ['"We won."']),
    ("in brackets", "The mayor (“no comment”) left.", ["“no comment”"]),
    ("after a dash", "The mayor—“no comment”—left.", ["“no comment”"]),
    ("straight after a dash", 'The mayor—"no comment"—left.', ['"no comment"']),
    ("full stop outside", 'They called it "a farce".', ['"a farce"']),
    ("ellipsis first", "“…and then it fell,” he said.", ["“…and then it fell,”"]),
    ("dash at the end", "“But I—” he began.", ["“But I—”"]),
    ("straight, dash at the end", '"But I—" he began.', ['"But I—"']),
    ("one word", "The “fair” was dull.", ["“fair”"]),
    ("a colon before, no space", 'Lee:"We won."', ['"We won."']),
    ("bold around", 'The *"free"* fair.', ['"free"']),
    ("wide script", "“選挙に勝った” he wrote.", ["“選挙に勝った”"]),
    ("emoji inside", "“👋🏽 hello” she typed.", ["“👋🏽 hello”"]),
]
NESTED: list[Case] = [
    ("single in double", "“He said ‘no’ to me,” she said.", ["“He said ‘no’ to me,”", ">‘no’"]),
    ("straight single in double", "\"He said 'no' to me,\" she said.", ["\"He said 'no' to me,\"", ">'no'"]),
    ("ends together", "“He told me ‘no,’” she said.", ["“He told me ‘no,’”", ">‘no,’"]),
    ("ends together, straight", "\"He told me 'no,'\" she said.", ["\"He told me 'no,'\"", ">'no,'"]),
    ("starts together", "“‘No’ is all he said,” she said.", ["“‘No’ is all he said,”", ">‘No’"]),
    ("double in single", "‘He said “no” to me,’ she said.", ["‘He said “no” to me,’", ">“no”"]),
    ("guillemets in double", "“He said «no» to me,” she said.", ["“He said «no» to me,”", ">«no»"]),
    (
        "three levels",
        "“She told us, ‘He wrote “never” on it,’ and left,” said Roe.",
        ["“She told us, ‘He wrote “never” on it,’ and left,”", ">‘He wrote “never” on it,’", ">>“never”"],
    ),
    (
        "nested with an apostrophe",
        "“He said ‘I don’t know’ twice.”",
        ["“He said ‘I don’t know’ twice.”", ">‘I don’t know’"],
    ),
    ("two nested", "“First ‘yes’ and then ‘no’,” she said.", ["“First ‘yes’ and then ‘no’,”", ">‘yes’", ">‘no’"]),
]
NONE: list[Case] = [
    ("no marks", "Nobody spoke.", []),
    ("empty", "", []),
    ("contraction", "He didn't and she can’t.", []),
    ("possessive", "The mayor's and the town’s plan.", []),
    ("plural possessive", "The workers' pay and the teachers’ union.", []),
    ("possessive of a name in s", "James' plan and Jones’ plan.", []),
    ("decade", "In the ’90s and the '80s it rained.", []),
    ("class of a year", "The class of ’08 met.", []),
    ("rock 'n' roll", "They play rock 'n' roll here.", []),
    ("rock ’n’ roll", "They play rock ’n’ roll here.", []),
    ("rock ‘n’ roll", "They play rock ‘n’ roll here.", []),
    ("feet and inches", "He is 5'10\" and she is 5'4\".", []),
    ("inches alone", 'A 12" pipe and a 9" pan.', []),
    ("feet, curly", "He stands 6’2” tall.", []),
    ("elision", "’Tis true, and 'twas so. Get 'em!", []),
    ("dropped g", "Nothin' doin' and runnin’ late.", []),
    ("o'clock", "At ten o'clock O’Brien left.", []),
    ("attribute", 'Use <a href="page.html">this</a> link.', []),
    ("nothing between", 'He typed “” and "" only.', []),
    ("blank between", "He typed “ ” only.", []),
    ("a long row", "He typed '''''''''''' only.", []),
]
MIXED: list[Case] = [
    ("apostrophe inside", "“It’s ours,” she said.", ["“It’s ours,”"]),
    ("apostrophe in singles", "‘It’s ours,’ she said.", ["‘It’s ours,’"]),
    ("straight apostrophe in singles", "'It's ours,' she said.", ["'It's ours,'"]),
    ("possessive in singles", "‘The workers’ pay rose,’ she said.", ["‘The workers’ pay rose,’"]),
    ("decade inside", "“Back in the ’90s we won,” she said.", ["“Back in the ’90s we won,”"]),
    ("elision inside", "“Get ’em out,” he said. “Now.”", ["“Get ’em out,”", "“Now.”"]),
    ("elision turned wrong", "“Get ‘em out,” he said.", ["“Get ‘em out,”"]),
    ("rock 'n' roll inside", "\"It's rock 'n' roll,\" he said.", ["\"It's rock 'n' roll,\""]),
    ("inches before a quotation", 'The 6-foot, 12" pipe "just burst," he said.', ['"just burst,"']),
    ("height before a quotation", 'At 5\'10", she says "I was short."', ['"I was short."']),
    ("possessive after a quotation", "The so-called “Founders”’ hall.", ["“Founders”"]),
    ("plural possessive before a single", "The teachers’ ‘free’ day.", ["‘free’"]),
    ("contraction before singles", "He didn't say 'stop' to me.", ["'stop'"]),
    ("shapes mixed", '“We won," she said.', ['“We won,"']),
    ("shapes mixed the other way", '"We won,” she said. "At last."', ['"We won,”', '"At last."']),
    ("backticks in TeX, nested", "``He said `no' to me,'' she said.", ["``He said `no' to me,''", ">`no'"]),
    ("space inside", 'She said " we won " and left.', ['" we won "']),
    ("no space after", '"We won,"she said.', ['"We won,"']),
    ("no space before", 'She said"we won" and left.', ['"we won"']),
    ("title within", "\"I read 'Dune' and 'Emma',\" he said.", ["\"I read 'Dune' and 'Emma',\"", ">'Dune'", ">'Emma'"]),
]
DAMAGED: list[Case] = [
    ("wrong direction at the end", "“We won,“ she said. “At last.”", ["“We won,“", "“At last.”"]),
    ("wrong direction at the start", "”We won,” she said. “At last.”", ["”We won,”", "“At last.”"]),
    ("both wrong", "”We won,“ she said.", ["”We won,“"]),
    ("unclosed", "She said: “We won.", ["~“We won."]),
    ("unclosed straight", 'She said: "We won.', ['~"We won.']),
    ("unclosed, next paragraph whole", "“We won.\n\nShe left. “At last,” he said.", ["~“We won.", "“At last,”"]),
    ("unclosed before another", "“We won, she said. “At last.”", ["~“We won, she said.", "“At last.”"]),
    ("stray closing mark", "We won,” she said.\n\n“At last,” he said.", ["“At last,”"]),
    ("stray closing mark, same paragraph", "It rained.” “At last,” he said.", ["“At last,”"]),
    ("inner one never closed", "“He said ‘no to me,” she said. “So?”", ["“He said ‘no to me,”", "“So?”"]),
    ("only an opening mark", "“", []),
    ("only a closing mark", "He left.”", []),
    ("unclosed, then closed", 'He said "we won.\nShe said "at last" twice.', ['~"we won.', '"at last"']),
]
PARAGRAPHS: list[Case] = [
    ("re-opened", "“We won.\n\n“It was late,” she said.", ["“We won.|“It was late,”"]),
    ("re-opened twice", "“One.\n\n“Two.\n\n“Three,” she said.", ["“One.|“Two.|“Three,”"]),
    ("re-opened, straight", '"We won.\n\n"It was late," she said.', ['"We won.|"It was late,"']),
    ("re-opened, one line break", "“We won.\n“It was late,” she said.", ["“We won.|“It was late,”"]),
    ("re-opened, never closed", "“We won.\n\n“It was late.", ["~“We won.|“It was late."]),
    ("re-opened inside", "“We won.\n\n“It was ‘late’,” she said.", ["“We won.|“It was ‘late’,”", ">‘late’"]),
    (
        "the outer one of two re-opened",
        "“He said, ‘One.\n\n“‘Two,’” she said.",
        ["“He said, ‘One.|“‘Two,’”", ">‘Two,’"],
    ),
    ("closed, then a new one", "“We won.”\n\n“It was late,” he said.", ["“We won.”", "“It was late,”"]),
    ("a paragraph between", "“We won.\n\nIt rained.\n\n“It was late,” he said.", ["~“We won.", "“It was late,”"]),
    ("another hand", '“We won.\n\n"It was late," he said.', ["~“We won.", '"It was late,"']),
    ("a new speaker's label", "“We won.\n\nROE: “It was late.”", ["~“We won.", "“It was late.”"]),
    ("singles are the outer ones", "‘We won.’\n\n‘It’s “late”,’ he said.", ["‘We won.’", "‘It’s “late”,’", ">“late”"]),
]
CASES = PLAIN + NESTED + NONE + MIXED + DAMAGED + PARAGRAPHS


def shown(text: str) -> list[str]:
    """Return the regions of a text in the notation of the table."""
    return [
        ">" * r.depth + "~" * (not r.closed) + "|".join(text[start:end] for start, end in r.parts) for r in pair(text)
    ]


def test_the_table_is_long_enough_and_names_nothing_twice() -> None:
    assert len(CASES) >= 60
    assert len({name for name, _, _ in CASES}) == len(CASES)


@pytest.mark.parametrize(("text", "expected"), [c[1:] for c in CASES], ids=[c[0] for c in CASES])
def test_regions(text: str, expected: list[str]) -> None:
    assert shown(text) == expected


@pytest.mark.parametrize("text", [c[1] for c in CASES], ids=[c[0] for c in CASES])
def test_inner_is_the_part_without_its_marks(text: str) -> None:
    for region in pair(text):
        for (start, end), (inner_start, inner_end) in zip(region.parts, region.inner, strict=True):
            assert start < inner_start <= inner_end <= end
            assert not text[start:inner_start].isalnum()


@pytest.mark.parametrize("text", [c[1] for c in CASES if c not in PARAGRAPHS], ids=str)
def test_neighbours_change_nothing(text: str) -> None:
    before, after = "It rained all day.\n\n", "\n\nIt was over, and nobody knew why."
    moved = pair(before + text + after)
    assert [(r.start - len(before), r.end - len(before), r.depth) for r in moved] == [
        (r.start, r.end, r.depth) for r in pair(text)
    ]
