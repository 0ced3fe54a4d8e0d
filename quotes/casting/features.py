"""What speaks for and against each candidate for a turn, as numbers: source, narration beside it, address, recency."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from quotes.casting.characters import last_before
from quotes.casting.tables import SOLID, Stage, calling, window

WIDE = 10
LOOK = 12
FORGOTTEN = 9.0
FORMS = ("none", "name", "nominal", "kin", "he", "she", "other")
TURNS_AWAY = (-4, -3, -2, -1, 1, 2, 3)
Vector = NDArray[np.float32]


def features(stage: Stage, number: int, who: Sequence[int]) -> Vector:
    """Return a row of numbers for each candidate of a turn; their names are `NAMES`."""
    rows = [dict.fromkeys(NAMES, 0.0) for _ in who]
    place = {w: i for i, w in enumerate(who)}
    _source(stage, number, who, rows)
    _beside(stage, number, place, rows)
    _around(stage, number, place, rows)
    _talk(stage, number, place, rows)
    near, near_pro = _near(stage, number)
    for w, row in zip(who, rows, strict=True):
        _self(stage, number, w, row, near, near_pro)
    _ranks(rows)
    return np.array([[row[name] for name in NAMES] for row in rows], dtype=np.float32).reshape(len(who), len(NAMES))


Rows = list[dict[str, float]]


def _source(stage: Stage, number: int, who: Sequence[int], rows: Rows) -> None:
    turn = stage.turns[number]
    shares = dict(turn.ranked)
    top = turn.ranked[0][0] if turn.ranked else None
    form = turn.form if turn.form != "i" else "name" if turn.ranked else "other"
    for w, row in zip(who, rows, strict=True):
        row[f"form_{form}"] = 1.0
        row["share"] = shares.get(w, 0.0)
        row["is_source"] = float(w == top)
        if form in SOLID:
            row[f"is_{form}"] = float(w == top)
        elif turn.form in ("he", "she"):
            gender = stage.cast.characters[w].gender
            wanted = "m" if turn.form == "he" else "f"
            row["agrees"], row["clashes"] = float(gender == wanted), float(gender not in (None, wanted))
            row["share_pronoun"] = row["share"]
    if turn.form in SOLID:
        _described(stage, number, who, rows)


def _described(stage: Stage, number: int, who: Sequence[int], rows: Rows) -> None:
    """Whether a candidate is called elsewhere as the source calls its speaker, and whether it has a name at all."""
    turn = stage.turns[number]
    words, head = calling(stage, turn)
    top = turn.ranked[0][0] if turn.ranked else None
    for w, row in zip(who, rows, strict=True):
        row["same_words"] = float(stage.called_so[w][words] > (w == top))
        row["same_head"] = float(stage.called_so[w][head] > (w == top))
        row["is_unnamed"] = float(w == top and not stage.cast.characters[w].named)
        row["share_solid"] = row["share"]


def _beside(stage: Stage, number: int, place: dict[int, int], rows: Rows) -> None:
    """Narration in the first and last paragraph of the turn: who is its subject, before or after, named or not."""
    turn = stage.turns[number]
    told = list(window(stage.told.get(turn.paragraph, ()), turn.start))
    if turn.last > turn.paragraph:
        told += window(stage.told.get(turn.last, ()), turn.end)
    alone = {p.who for p in told}
    before = [p for p in told if p.at < turn.start]
    after = [p for p in told if p.at >= turn.end]
    middle = [p for p in told if turn.start <= p.at < turn.end]
    for side, places in (("before", before), ("after", after), ("middle", middle)):
        for p in places:
            if p.who in place:
                kind = ("sub" if p.subject else "obj") + ("_pro" if p.form == "pronoun" else "")
                rows[place[p.who]][f"{side}_{kind}"] = 1.0
    subjects = [p for p in middle + after if p.subject]
    if subjects and subjects[0].who in place:
        rows[place[subjects[0].who]]["first_subject"] = 1.0
    early = [p for p in before if p.subject]
    if early and early[-1].who in place:
        rows[place[early[-1].who]]["last_subject"] = 1.0
    if len(alone) == 1 and (only := next(iter(alone))) in place:
        rows[place[only]]["alone"] = 1.0
    if not told:
        for row in rows:
            row["bare"] = 1.0


def _around(stage: Stage, number: int, place: dict[int, int], rows: Rows) -> None:
    """Narration in the paragraphs around: the one before, the one after."""
    turn = stage.turns[number]
    for name, paragraph in (("up1", turn.paragraph - 1), ("up2", turn.paragraph - 2), ("down1", turn.last + 1)):
        told = window(stage.told.get(paragraph, ()), turn.start)
        talk = "_talk" if paragraph in stage.turns_in else ""
        for p in told:
            if p.who in place:
                rows[place[p.who]][f"{name}{talk}"] = 1.0
                if p.subject:
                    rows[place[p.who]][f"{name}_sub{talk}"] = 1.0
        subjects = [p for p in told if p.subject]
        edge = subjects[:1] if name == "down1" else subjects[-1:]
        if edge and edge[0].who in place:
            rows[place[edge[0].who]][f"{name}_edge{talk}"] = 1.0


def _talk(stage: Stage, number: int, place: dict[int, int], rows: Rows) -> None:
    """Who is addressed and mentioned in this quotation and in those around it, and who spoke there by a source."""
    near = _neighbours(stage, number)
    for p in stage.said[number]:
        if p.who in place and p.form != "pronoun":
            rows[place[p.who]]["in_this"] = 1.0
        elif p.who in place and stage.layout.doc[p.at].lower_ not in ("i", "me", "my", "we"):
            rows[place[p.who]]["pro_in_this"] = 1.0
    for w in stage.called[number]:
        if w in place:
            rows[place[w]]["called_here"] = 1.0
    for away, other in near.items():
        for w in stage.called[other]:
            if w in place and -2 <= away <= 2:
                rows[place[w]][f"called{away:+d}"] = 1.0
        for p in stage.said[other]:
            if p.who in place and p.form != "pronoun" and -1 <= away <= 1:
                rows[place[p.who]][f"in{away:+d}"] = 1.0
        who = stage.sourced[other]
        if who is not None:
            for w, row in ((w, rows[i]) for w, i in place.items()):
                row[f"spoke{away:+d}"] = 1.0 if w == who else -1.0 if away in (-1, 1) else -0.3


def _neighbours(stage: Stage, number: int) -> dict[int, int]:
    """Return {turns away: turn number} within a conversation, turns of one paragraph counted once."""
    found: dict[int, int] = {}
    for direction in (-1, 1):
        away, at, here = 0, number, stage.turns[number]
        while 0 <= (at := at + direction) < len(stage.turns) and abs(away) < 4 and abs(at - number) <= LOOK:
            turn = stage.turns[at]
            gap = turn.paragraph - here.last if direction > 0 else here.paragraph - turn.last
            if gap > 3:
                break
            if gap > 0:
                away += direction
                if away in TURNS_AWAY:
                    found[away] = at
            here = turn
    return found


def _near(stage: Stage, number: int) -> tuple[Counter[int], Counter[int]]:
    """Return how often each cluster is named or described near a turn, and how often narration has a pronoun for it."""
    paragraph = stage.turns[number].paragraph
    solid, pronouns = Counter[int](), Counter[int]()
    for other in range(paragraph - WIDE, paragraph + WIDE // 2 + 1):
        for p in window(stage.cast.by_paragraph.get(other, ()), stage.turns[number].start):
            if p.form != "pronoun":
                solid[p.who] += 1
            elif p.quote < 0:
                pronouns[p.who] += 1
    return solid, pronouns


def _self(
    stage: Stage, number: int, who: int, row: dict[str, float], near: Counter[int], near_pro: Counter[int]
) -> None:
    """What the candidate is, how often and how lately it occurs."""
    turn, character = stage.turns[number], stage.cast.characters[who]
    row["bias"] = 1.0
    row["person"], row["named"] = float(character.kind == "person"), float(character.named)
    row["anonymous"] = float(character.kind == "anonymous")
    row["narrator"] = float(character.narrator)
    row["sexless"] = float(character.gender is None)
    row["count"] = math.log1p(len(character.places))
    row["solid"] = math.log1p(len(stage.cast.solid[who]))
    row["speaks"] = math.log1p(stage.speaks[who])
    row["near"], row["near_pro"] = math.log1p(near[who]), math.log1p(near_pro[who])
    around = range(max(0, number - 12), min(len(stage.turns), number + 8))
    row["speaks_near"] = math.log1p(sum(stage.sourced[n] == who for n in around))
    row["called_near"] = math.log1p(sum(who in stage.called[n] for n in around))
    for name, table in (("recency", stage.cast.solid), ("recency_sub", stage.cast.acts)):
        last = last_before(table[who], turn.start)
        row[name] = math.log1p(turn.start - last) if last is not None else FORGOTTEN


def _ranks(rows: Rows) -> None:
    """Add who is the most recent, the second, and who has the most mentions near."""
    order = sorted(rows, key=lambda r: r["recency"])
    fitting = [r for r in order if not r["clashes"]]
    acting = sorted(fitting, key=lambda r: r["recency_sub"])
    ranks = (("latest", order), ("second", order[1:]), ("fit_latest", fitting), ("fit_second", fitting[1:]))
    for name, row in (*((n, r[0]) for n, r in ranks if r), *(("fit_acting", r) for r in acting[:1])):
        row[name] = 1.0
    for name in ("speaks_near", "near", "count"):
        top = max((r[name] for r in rows), default=0.0)
        for row in rows:
            row[f"{name}_gap"] = top - row[name]


_SIDES = tuple(f"{s}_{k}{p}" for s in ("before", "after", "middle") for k in ("sub", "obj") for p in ("", "_pro"))
_UP = tuple(f"{n}{k}{t}" for n in ("up1", "up2", "down1") for k in ("", "_sub", "_edge") for t in ("", "_talk"))
NAMES = (
    *(f"form_{f}" for f in FORMS),
    *("share", "share_pronoun", "is_source", "is_name", "is_nominal", "is_kin", "agrees", "clashes"),
    *("same_words", "same_head", "is_unnamed", "share_solid", "called_alike"),
    *_SIDES,
    *("first_subject", "last_subject", "alone", "bare"),
    *_UP,
    *("in_this", "pro_in_this", "called_here", "called-2", "called-1", "called+1", "called+2", "in-1", "in+1"),
    *(f"spoke{a:+d}" for a in TURNS_AWAY),
    *("bias", "person", "named", "anonymous", "narrator", "sexless", "count", "solid", "speaks", "near", "near_pro"),
    *(
        "speaks_near",
        "called_near",
        "recency",
        "recency_sub",
        "latest",
        "second",
        "fit_latest",
        "fit_second",
        "fit_acting",
        "speaks_near_gap",
        "near_gap",
        "count_gap",
    ),
)
"""The features by name, in the order of the columns; `called_alike` is filled in by `callings`."""
