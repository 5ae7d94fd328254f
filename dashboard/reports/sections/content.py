"""What a section says before it has its heading: blocks, whose words they are, and what they rest on."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from clinical.diary import Period
from dashboard.presenters.pain_map_facts import Fact
from dashboard.presenters.words import of_days, span
from dashboard.reports.document import Block, Bullets, Pairs, Paragraph, Picture
from dashboard.reports.one_page import Figure, Line
from dashboard.reports.record import Order, Pages, Record

REPORTED = "patient-reported"
ENTERED = "clinician-entered"
BOTH = "patient-reported and clinician-entered"
COMPUTED = "computed by Flareboard from patient-reported data: a prompt, never a verdict"


@dataclass(frozen=True, slots=True)
class Content:
    """Blocks with their source and what they rest on; without a block there is nothing to say."""

    blocks: tuple[Block, ...] = ()
    source: str = ""
    rests_on: str = ""


NOTHING = Content()
Maker = Callable[[Record, Order], Content]


def pages_of(record: Record) -> Pages:
    """What the pages of that patient show. Raises ValueError for a record read without them."""
    if record.pages is None:
        raise ValueError("a document is made of the whole record, with what the pages show")
    return record.pages


def paragraphs(*texts: str, strong: bool = False) -> tuple[Paragraph, ...]:
    """One for each text that says something."""
    return tuple(Paragraph(text, strong) for text in texts if text.strip())


def bullets(items: Iterable[str]) -> tuple[Bullets, ...]:
    """The items as a list; none without items."""
    found = tuple(item for item in items if item.strip())
    return (Bullets(found),) if found else ()


def pairs(lines: Iterable[Line]) -> tuple[Pairs, ...]:
    """The lines that say something; none without lines."""
    found = tuple(line for line in lines if line.text.strip())
    return (Pairs(found),) if found else ()


def headed(title: str, blocks: tuple[Block, ...]) -> tuple[Block, ...]:
    """The blocks under a line that says what they are; nothing where there are none."""
    return (Paragraph(title, strong=True), *blocks) if blocks else ()


def of_fact(fact: Fact) -> Line:
    """A statement of a page with what stands beside it there."""
    return Line(fact.name, "; ".join(part for part in (fact.value, fact.detail) if part))


def of_facts(facts: Iterable[Fact]) -> tuple[Pairs, ...]:
    """The statements of a page, as they stand there."""
    return pairs(of_fact(fact) for fact in facts)


def picture(name: str, figure: Figure, *, wide: bool = True) -> tuple[Picture, ...]:
    """The figure as a picture; none where there is nothing to draw."""
    return (Picture(name, figure.svg, figure.alt, figure.caption, wide),) if figure.svg else ()


def logged(record: Record, period: Period | None = None) -> str:
    """'31 Aug – 22 Nov 2026; 80 of 84 days logged', of the period or of other days."""
    days = period or record.periods.now
    return f"{span(days)}; {of_days(record.diary.days_logged(days), days.days)}"
