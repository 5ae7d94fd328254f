"""What was made: make the PDF, hand it over, list every earlier one to be had again unchanged.

Flareboard sends nothing: a document goes to the browser of whoever made it, and the recipient is who it was made for.
"""

import mimetypes
import secrets
from collections.abc import Callable

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from dashboard.components import file_delivery
from dashboard.errors import ExplainedError
from dashboard.presenters.notes import moment
from dashboard.presenters.words import escaped, listed, several, span
from dashboard.services.reports import Delivery, SentLine

AT_ONCE = 10
_READY = "share_sent.ready"
_SHOWN = "share_sent.shown"


def show_download(
    make: Callable[[], Delivery], lacks: tuple[str, ...], too_long: tuple[str, ...] = ()
) -> DeltaGenerator:
    """Draw the button that makes, stores and hands over the PDF; returns the place where it is said to have arrived."""
    disabled = bool(too_long)
    clicked = st.button(
        "Download PDF", type="primary", icon=":material/download:", key="share_download", disabled=disabled
    )
    if clicked and not disabled:
        _hand_over(make)
    if disabled:
        st.caption(f"Too long for the page: {listed(list(too_long))}. Shorten it to download.")
    if lacks:
        st.caption(f"Still missing on the page: {listed(list(lacks), 12)}.")
    return st.container()


def show_list(lines: list[SentLine], again: Callable[[int], Delivery], delivered: DeltaGenerator) -> None:
    """Draw what was made for this patient, the latest first; what was asked for is handed over in `delivered`."""
    st.subheader(f"Made for this patient ({len(lines)})", anchor=False)
    if lines:
        st.caption("Each was downloaded by the person named; Flareboard itself sends nothing.")
    else:
        st.caption("Nothing has been made yet.")
    shown = st.session_state.get(_SHOWN, AT_ONCE)
    for line in lines[:shown]:
        _line(line, again)
    if len(lines) > shown:
        st.button(f"Show more ({len(lines) - shown})", on_click=_more, args=(shown + AT_ONCE,), key="share_more")
    with delivered:
        _deliver()


def _line(line: SentLine, again: Callable[[int], Delivery]) -> None:
    export = line.export
    with st.container(border=True, key=f"sent_{export.export_id}", gap=None):
        to = export.recipient or "recipient not recorded"
        st.markdown(f"**{escaped(moment(export.exported_at))}** for {escaped(to)}")
        size = several(round(export.size / 1000), "kB", "kB")
        st.caption(
            escaped(f"downloaded by {line.sender} · {span(export.period)} · {size}")
            + f" · SHA-256 `{export.sha256[:16]}…`",
            help=export.sha256,
        )
        if st.button(
            "Download again, unchanged", type="tertiary", icon=":material/download:", key=f"again_{export.export_id}"
        ):
            _hand_over(lambda: again(export.export_id))


def _more(count: int) -> None:
    st.session_state[_SHOWN] = count


def _hand_over(make: Callable[[], Delivery]) -> None:
    try:
        delivery = make()
    except ExplainedError as error:
        st.error(f"{error.what_happened} {error.what_is_safe} {error.what_to_do}")
        return
    st.session_state[_READY] = (delivery, secrets.token_hex(8))


def _deliver() -> None:
    ready = st.session_state.pop(_READY, None)
    if ready is not None:
        delivery, number = ready
        name = delivery.export.file_name
        kind = mimetypes.guess_type(name)[0] or "application/octet-stream"
        file_delivery.give(name, delivery.content, media_type=kind, number=number)
        st.success(f"{name} was handed to your browser.")
