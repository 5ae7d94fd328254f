"""Signed notes as cards for the screen: only those that are shown, and of each only what was opened."""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby

from dashboard.permissions import Permission, Viewer
from dashboard.presenters import notes as words
from dashboard.presenters.note_excerpts import excerpt
from dashboard.presenters.note_markdown import Block, blocks
from dashboard.presenters.words import several
from dashboard.services.note_list import NotesView
from dashboard.services.notes import Note, Thread, why_not_amend
from data_access.note_search import terms

AT_ONCE = 10
"""Notes shown before the reader asks for more."""

Opened = tuple[str, int, int]
"""What was opened of which version of which note: 'whole', 'letters' or 'earlier', note, version."""


@dataclass(frozen=True, slots=True)
class Chip:
    """One filter with the number of notes behind it: `do` and `value` are what a click asks for."""

    do: str
    value: str
    label: str
    count: int
    on: bool


@dataclass(frozen=True, slots=True)
class Version:
    """The text of one version: as blocks, or letter by letter as it was signed. `cut` offers the rest of a long one."""

    note_id: int
    version: int
    about: str
    blocks: tuple[Block, ...]
    letters: str
    as_signed: bool
    before: bool
    after: bool
    whole: str


@dataclass(frozen=True, slots=True)
class Card:
    """One note. `who` is discipline and author, `facts` when it was signed, what kind, why amended."""

    note_id: int
    discipline: str
    author: str
    facts: str
    pins: tuple[str, ...]
    unread: bool
    text: Version
    cosigned: tuple[str, ...]
    earlier_count: int
    earlier: tuple[Version, ...]
    may_amend: bool
    may_cosign: bool
    may_ask: bool


@dataclass(frozen=True, slots=True)
class Month:
    """The notes signed in one month."""

    title: str
    cards: tuple[Card, ...]


@dataclass(frozen=True, slots=True)
class Told:
    """The whole list as it stands on the screen."""

    heading: str
    chips: tuple[Chip, ...]
    text: str
    hits: tuple[str, ...]
    said: str
    all_read: bool
    show_all: str
    months: tuple[Month, ...]
    more: str


def told(view: NotesView, viewer: Viewer, shown: int, opened: Collection[Opened], as_of: date) -> Told:
    """The first `shown` of the notes asked for, and what can be asked for besides."""
    left = len(view.found) - shown
    sought = terms(view.wanted.text)
    cards = (_card(thread, view, viewer, opened, as_of) for thread in view.found[:shown])
    return Told(
        heading=f"Signed notes ({view.signed:,})",
        chips=tuple(_chips(view)) if view.signed else (),
        text=view.wanted.text,
        hits=sought,
        said=_said(view),
        all_read=bool(view.unread),
        show_all="Show all notes" if view.wanted.note_id is not None else "",
        months=tuple(_months(list(cards), view.found[:shown])),
        more=f"Show more ({several(left, 'older note')})" if left > 0 else "",
    )


def _chips(view: NotesView) -> Iterator[Chip]:
    wanted = view.wanted
    plain = not (wanted.discipline or wanted.unread or wanted.awaiting or wanted.note_id is not None)
    yield Chip("all", "", "All", view.matching, plain)
    for discipline, count in sorted(view.by_discipline.items()):
        yield Chip("discipline", discipline, words.discipline(discipline), count, wanted.discipline == discipline)
    if view.unread or wanted.unread:
        yield Chip("unread", "", "Unread", len(view.unread), wanted.unread)
    if view.awaiting or wanted.awaiting:
        yield Chip("awaiting", "", "To countersign", len(view.awaiting), wanted.awaiting)


def _said(view: NotesView) -> str:
    """What the list holds where that is not every note: nothing signed, nothing found, how many hold the words."""
    if not view.signed:
        return "No note has been signed for this patient yet."
    text = view.wanted.text.strip()
    if text:
        none = f"No note holds “{text}”. Each word is looked for as the beginning of a word."
        return f"{several(view.matching, 'note')} of {view.signed:,} with “{text}”" if view.matching else none
    if not view.found:
        return "No note is like this any more."
    return "The note that was asked for" if view.wanted.note_id is not None else ""


def _months(cards: Sequence[Card], threads: Sequence[Thread]) -> Iterator[Month]:
    pairs = zip(cards, threads, strict=True)
    for title, group in groupby(pairs, lambda pair: f"{pair[1].current.signed_at.astimezone():%B %Y}"):
        yield Month(title, tuple(card for card, _ in group))


def _card(thread: Thread, view: NotesView, viewer: Viewer, opened: Collection[Opened], as_of: date) -> Card:
    note = thread.current
    earlier = ("earlier", note.note_id, note.version) in opened
    states = view.cosigns.get(note.note_id, ())
    sought = terms(view.wanted.text)
    mine = viewer.may(Permission.WRITE_NOTE) and not why_not_amend(viewer, note)
    return Card(
        note_id=note.note_id,
        discipline=words.discipline(note.author.discipline),
        author=note.author.name,
        facts=_facts(note),
        pins=_pins(note, view, as_of),
        unread=note.note_id in view.unread,
        text=_version(note, "", opened, sought),
        cosigned=tuple(words.cosigned(each, note.version, viewer.user_id, as_of) for each in states),
        earlier_count=len(thread.earlier),
        earlier=tuple(_earlier(each, view, opened, as_of) for each in thread.earlier) if earlier else (),
        may_amend=mine,
        may_cosign=note.note_id in view.awaiting and viewer.may(Permission.COSIGN),
        may_ask=mine,
    )


def _facts(note: Note) -> str:
    parts = (words.kind(note.template), words.signed(note), words.amended(note))
    return " · ".join(part for part in parts if part)


def _pins(note: Note, view: NotesView, as_of: date) -> tuple[str, ...]:
    days = words.pinned(note.pin, as_of)
    return (*((days,) if days else ()), *words.about(note.pins, view.goals, view.flares, as_of))


def _earlier(note: Note, view: NotesView, opened: Collection[Opened], as_of: date) -> Version:
    facts = " · ".join((f"Version {note.version}", _facts(note), *_pins(note, view, as_of)))
    return _version(note, facts, opened, ())


def _version(note: Note, about: str, opened: Collection[Opened], sought: Sequence[str]) -> Version:
    letters = ("letters", note.note_id, note.version) in opened
    whole = letters or ("whole", note.note_id, note.version) in opened
    part = excerpt(note.text, sought)
    return Version(
        note_id=note.note_id,
        version=note.version,
        about=about,
        blocks=() if letters else blocks(note.text if whole else part.text),
        letters=note.text if letters else "",
        as_signed=letters,
        before=part.before and not whole,
        after=part.after and not whole,
        whole="" if part.whole or letters else _fold(note.text, whole),
    )


def _fold(text: str, whole: bool) -> str:
    return "Show less" if whole else f"The whole note ({len(text):,} characters)"
