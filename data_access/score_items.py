"""The answers to a questionnaire's items as one text, as the tables and CSV files hold them."""

Items = tuple[float | None, ...]


def written(items: Items) -> str:
    """The answers in order as one text, joined by commas; an answer not given leaves its place empty.

    A single answer not given is a blank: the empty text means that no answers are held at all.
    """
    # Adding 0.0 turns -0.0 into 0.0: one answer must not have two ways of being written.
    return " " if items == (None,) else ",".join("" if item is None else repr(float(item) + 0.0) for item in items)


def read(text: str) -> Items:
    """The answers in order, None where not given; () when no answers are held."""
    return tuple(float(item) if item.strip() else None for item in text.split(",")) if text else ()
