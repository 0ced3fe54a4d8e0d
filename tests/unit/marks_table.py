"""Sentences with odd quotation marks and the regions that stand in them.

A region is written as its text; `>` before it is one level of depth, `~` means that it is never closed, and ` | `
stands between the parts of a quotation that runs over paragraphs.
"""

from __future__ import annotations

DOUBLE: list[tuple[str, list[str]]] = [
    ("Nobody spoke.", []),
    ("“We are late,” said Ann.", ["“We are late,”"]),
    ('"We are late," said Ann.', ['"We are late,"']),
    ("``We are late,'' said Ann.", ["``We are late,''"]),
    ("''We are late,'' said Ann.", ["''We are late,''"]),
    ("‘‘We are late,’’ said Ann.", ["‘‘We are late,’’"]),
    ("„Wir gehen“, sagte Ann.", ["„Wir gehen“"]),
    ("„Idziemy”, said Ann.", ["„Idziemy”"]),
    ("« On y va », said Ann.", ["« On y va »"]),
    ("«On y va», said Ann.", ["«On y va»"]),
    ("»Wir gehen«, sagte Ann.", ["»Wir gehen«"]),
    ("“One,” she said, “two.”", ["“One,”", "“two.”"]),
    ('"One," she said, "two."', ['"One,"', '"two."']),
    ('"One,"she said,"two."', ['"One,"', '"two."']),
    ('She asked:"Who is there?"', ['"Who is there?"']),
    ("It was (“the best”) they had.", ["“the best”"]),
    ('Wait--"stop," he said--"now."', ['"stop,"', '"now."']),
    ('"But I never--" he began.', ['"But I never--"']),
    ("“…and then we left,” he said.", ["“…and then we left,”"]),
    ('_"Quite so,"_ she wrote.', ['"Quite so,"']),
    ('She said " we tokenise " and left.', ['" we tokenise "']),
    ('"?!" was all he wrote.', ['"?!"']),
    ('The string "" is empty and so is “ ”.', []),
    ('He put """""""""""""" across the page.', []),
    ("“Yes”—“No”—“Maybe.”", ["“Yes”", "“No”", "“Maybe.”"]),
    ("“It works.”3 Others disagree.", ["“It works.”"]),
]
WRONG: list[tuple[str, list[str]]] = [
    ("”We are late,” said Ann.", ["”We are late,”"]),
    ("“We are late,“ said Ann.", ["“We are late,“"]),
    ("”We are late“, said Ann, “really.”", ["”We are late“", "“really.”"]),
    ('“We are late," said Ann.', ['“We are late,"']),
    ('"We are late,” said Ann.', ['"We are late,”']),
    ("We are late,” said Ann. “Go on,” said Bo.", ["“Go on,”"]),
    ('We are late," said Ann. "Go on," said Bo.', ['"Go on,"']),
    ("“We are late, said Ann. “Go on,” said Bo.", ["~“We are late, said Ann.", "“Go on,”"]),
    ('"We are late, said Ann. "Go on," said Bo.', ['~"We are late, said Ann.', '"Go on,"']),
    ('"Go on," said Bo. "We are late, said Ann.', ['"Go on,"', '~"We are late, said Ann.']),
    ('A stray" here, then "one" and "two".', ['"one"', '"two"']),
    ("“We are late, said Ann.\nNothing more.", ["~“We are late, said Ann."]),
    ("“We are late, said Ann.\nNothing more.\n“Go,” said Bo.", ["~“We are late, said Ann.", "“Go,”"]),
    ('<p class="lead wide">"Go," said Bo.', ['"Go,"']),
]
NUMBERS: list[tuple[str, list[str]]] = [
    ("He is 5'10\" tall.", []),
    ('He is 5\'10" tall, "maybe more".', ['"maybe more"']),
    ('A 6" pipe and a 7" pipe.', []),
    ('"A 6" pipe broke," she said.', ['"A 6" pipe broke,"']),
    ('"In the year 1996" it began.', ['"In the year 1996"']),
    ("He is 5′10″ tall, “maybe more”.", ["“maybe more”"]),
    ("The board is 12' long and 'very' wide.", ["'very'"]),
    ("Back in the '90s and the ’80s it rained.", []),
    ("Back in the ’90s “it rained,” he said.", ["“it rained,”"]),
]
SINGLE: list[tuple[str, list[str]]] = [
    ("It's the dogs' bowl, isn't it?", []),
    ("It’s the dogs’ bowl, isn’t it?", []),
    ("James’ car and the boys’ bikes.", []),
    ("James' car and the boys' bikes.", []),
    ("Give 'em rock 'n' roll.", []),
    ("Give ’em rock ’n’ roll.", []),
    ("Give ‘em what they want.", []),
    ("'Twas the night they were goin' out.", []),
    ("The O‘Briens don‘t mind.", []),
    ("‘We are late,’ said Ann.", ["‘We are late,’"]),
    ("'We are late,' said Ann.", ["'We are late,'"]),
    ("`We are late,' said Ann.", ["`We are late,'"]),
    ("‚Wir gehen‘, sagte Ann.", ["‚Wir gehen‘"]),
    ("‹On y va›, said Ann.", ["‹On y va›"]),
    ("‘It’s fine,’ she said. ‘I don’t mind.’", ["‘It’s fine,’", "‘I don’t mind.’"]),
    ("'It's fine,' she said. 'I don't mind.'", ["'It's fine,'", "'I don't mind.'"]),
    ("‘The dogs’ dinner was late,’ he said.", ["‘The dogs’ dinner was late,’"]),
    ("'The dogs' dinner was late,' he said.", ["'The dogs' dinner was late,'"]),
    ("‘I saw the boys’ and left’ he said.", ["‘I saw the boys’ and left’"]),
    ("Both ‘boys’ and ‘girls’ came.", ["‘boys’", "‘girls’"]),
    ("Both 'boys' and 'girls' came.", ["'boys'", "'girls'"]),
    ("They call it 'radical' in town.", ["'radical'"]),
    (
        "‘We’re goin’ to the dogs’ home, ’cause ’e said so,’ said Bo.",
        ["‘We’re goin’ to the dogs’ home, ’cause ’e said so,’"],
    ),
    ("’We are late,’ said Ann.", ["’We are late,’"]),
]
NESTED: list[tuple[str, list[str]]] = [
    ("“He told me ‘no’ and left,” she said.", ["“He told me ‘no’ and left,”", ">‘no’"]),
    ("\"He told me 'no' and left,\" she said.", ["\"He told me 'no' and left,\"", ">'no'"]),
    ("‘He told me “no” and left,’ she said.", ["‘He told me “no” and left,’", ">“no”"]),
    ("“‘No’ is what he said,” she wrote.", ["“‘No’ is what he said,”", ">‘No’"]),
    ("“He said ‘no,’” she wrote.", ["“He said ‘no,’”", ">‘no,’"]),
    ("\"He said 'no,'\" she wrote.", ["\"He said 'no,'\"", ">'no,'"]),
    ("''He said 'no'''", ["''He said 'no'''", ">'no'"]),
    ("“He said “no” to me,” she wrote.", ["“He said “no” to me,”", ">“no”"]),
    ('“He said "no" to me,” she wrote.', ['“He said "no" to me,”', '>"no"']),
    (
        "“He said, ‘She wrote “no” twice,’ and left.”",
        ["“He said, ‘She wrote “no” twice,’ and left.”", ">‘She wrote “no” twice,’", ">>“no”"],
    ),
    ("“The dogs’ bowl is ‘full’,” she said.", ["“The dogs’ bowl is ‘full’,”", ">‘full’"]),
    ("“He told me ‘no and left,” she said.", ["“He told me ‘no and left,”"]),
    ("« Il a dit “non” », wrote Ann.", ["« Il a dit “non” »", ">“non”"]),
]
PARAGRAPHS: list[tuple[str, list[str]]] = [
    ("“One.\n“Two.”", ["“One. | “Two.”"]),
    ('"One.\n\n"Two.\n\n"Three," she said.', ['"One. | "Two. | "Three,"']),
    ("‘One.\n‘Two.’", ["‘One. | ‘Two.’"]),
    ("``One.\n``Two.''", ["``One. | ``Two.''"]),
    ("“One ‘and\n“‘two’ and three.”", ["“One ‘and | “‘two’ and three.”", ">‘two’"]),
    ("“‘One\n“‘Two,’ he said,” she wrote.", ["“‘One | “‘Two,’ he said,”", ">‘One | ‘Two,’"]),
    ("“One.”\n“Two.”", ["“One.”", "“Two.”"]),
    ("“One.\n“Two.\nThree.", ["~“One. | “Two."]),
    ("“One.\nNothing.\n“Two.”", ["~“One.", "“Two.”"]),
    ('"One.\n“Two,” he said.', ['~"One.', "“Two,”"]),
    ('"MR. SMITH: One.\n"ANN: Two."', ['~"MR. SMITH: One.', '"ANN: Two."']),
    ("“One,” she said. “Two.\n“Three.”", ["“One,”", "“Two. | “Three.”"]),
    (
        "“It was a long way from the station to the house where they had\n"
        "lived in the year of the flood and it took him most of the day to\n"
        "walk it,” she said, and then she closed the door and went to see\n"
        "who was there.\n\n“Nobody.”",
        [
            "“It was a long way from the station to the house where they had\n"
            "lived in the year of the flood and it took him most of the day to\n"
            "walk it,”",
            "“Nobody.”",
        ],
    ),
]
CASES = DOUBLE + WRONG + NUMBERS + SINGLE + NESTED + PARAGRAPHS
