"""What was made for this patient, the latest first: each file again unchanged, marked as sent, or withdrawn.

Flareboard sends nothing: a document goes to the browser of whoever asks for it; what became of it, people say.
"""

import mimetypes
import secrets
from functools import partial

import streamlit as st

from dashboard import access, clock
from dashboard.components import file_delivery, kept_form
from dashboard.components.kept_form import FieldSpec, FormPlace, Option, Submitted
from dashboard.components.patient_page import Asked
from dashboard.errors import ExplainedError
from dashboard.permissions import Permission
from dashboard.presenters import share_history as words
from dashboard.presenters.notes import moment
from dashboard.presenters.words import escaped
from dashboard.services import sharing
from dashboard.services.delivery import Delivery
from dashboard.services.share_history import LONGEST_WHY, NEEDED
from dashboard.services.sharing import Share
from data_access.export_states import State
from data_access.exports import Export

AT_ONCE = 5
_READY = "share_history.ready"
_SHOWN = "share_history.shown"
_OPEN = "share_history.open"
_JUST = "share_history.just"
_WANTED = "share_history.wanted"
"""The file of a withdrawn document that somebody wants, until they have read that it was withdrawn."""
_ACTS: dict[State, str] = {"sent": "Mark as sent", "withdrawn": "Withdraw"}
_FIELDS: dict[State, tuple[FieldSpec, ...]] = {
    "sent": (
        FieldSpec("how", "How it was sent", "choice", options=[Option(way, way) for way in words.WAYS], required=True),
        FieldSpec("reason", "Remark", "text", longest=200, wide=True),
    ),
    "withdrawn": (
        FieldSpec(
            "reason",
            "Why it is withdrawn",
            "long",
            help="The files stay on record and can still be downloaded. Tell the recipient yourself.",
            required=True,
            longest=LONGEST_WHY,
        ),
    ),
}


@access.part
def show(asked: Asked) -> None:
    """Draw the list."""
    found = sharing.shared(asked.viewer, asked.head.patient_id)
    st.subheader(f"Made for this patient ({len(found)})", anchor=False)
    if found:
        st.caption("Flareboard itself sends nothing: who downloaded a document sends it, and marks it here.")
    else:
        st.caption("Nothing has been made yet. What you sign appears here and stays as it is.")
    told = st.container()
    key = f"{_SHOWN}_{asked.head.link_id}"
    shown = st.session_state.get(key, AT_ONCE)
    for share in found[:shown]:
        _card(asked, share)
    if len(found) > shown:
        st.button(f"Show more ({len(found) - shown})", on_click=_more, args=(key, shown + AT_ONCE), key="share_more")
    with told:
        _deliver(asked, "file_delivery")


def remember(asked: Asked, share: Share) -> None:
    """Have `just_made` show it."""
    st.session_state[_JUST] = (asked.head.link_id, share)


def just_made(asked: Asked) -> None:
    """What was made last in this session for this patient, with its downloads: drawn where the person looks."""
    link, share = st.session_state.get(_JUST, ("", None))
    if link != asked.head.link_id or not isinstance(share, Share):
        return
    with st.container(border=True, key="share_just", gap="small"):
        with st.container(horizontal=True, vertical_alignment="center", key="share_just_head"):
            done = "Signed and on record" if share.signed_by else "Made, not signed"
            st.markdown(f":material/task_alt: **{done}** · {escaped(words.title(share))} · {moment(share.at)}")
            st.button("Close", key="share_just_close", type="tertiary", on_click=_forget)
        with st.container(horizontal=True, key="share_just_files", gap="small"):
            for file in share.files:
                st.button(
                    words.file(file),
                    icon=":material/download:",
                    key=f"just_{file.export_id}",
                    on_click=partial(hand_over, asked, file.export_id),
                    help=escaped(file.file_name),
                )
        _deliver(asked, "file_delivery_just")


def _forget() -> None:
    st.session_state.pop(_JUST, None)


def _more(key: str, count: int) -> None:
    st.session_state[key] = count


def _card(asked: Asked, share: Share) -> None:
    gone = "withdrawn" if share.withdrawn else "standing"
    with st.container(border=True, key=f"share_card_{gone}_{share.share_id}", gap="small"):
        st.markdown(
            f"**{escaped(words.title(share))}** {escaped(words.whom(share))} · **{escaped(words.standing(share))}**"
        )
        st.caption(escaped(words.about(share)))
        for each in share.states:
            st.markdown(escaped(words.state(each)))
        with st.container(horizontal=True, vertical_alignment="center", key=f"share_files_{share.share_id}"):
            for file in share.files:
                _file(asked, file, gone=share.withdrawn)
        if share.withdrawn:
            _warning(asked, share)
        else:
            _acts(asked, share)


def _file(asked: Asked, file: Export, *, gone: bool) -> None:
    """One format beside its fingerprint; of a withdrawn document it first says so."""
    wanted = (asked.head.link_id, file.export_id)
    with st.container(
        horizontal=True, vertical_alignment="center", width="content", key=f"share_file_{file.export_id}"
    ):
        st.button(
            f"{words.file(file)} …" if gone else words.file(file),
            icon=":material/download:",
            key=f"again_{file.export_id}",
            on_click=partial(_want, wanted) if gone else partial(hand_over, asked, file.export_id),
            help=f"{escaped(file.file_name)}, as it was made",
        )
        st.caption(f"SHA-256 `{file.sha256[:12]}…`", help=file.sha256, width="content")


def _want(what: tuple[str, int] | None) -> None:
    st.session_state[_WANTED] = what


def _warning(asked: Asked, share: Share) -> None:
    """Why that file is not to be used any more, before it is handed out for the record."""
    wanted = st.session_state.get(_WANTED)
    file = next((each for each in share.files if wanted == (asked.head.link_id, each.export_id)), None)
    if file is None or share.withdrawal is None:
        return
    st.warning(escaped(words.warning(share.withdrawal)), icon=":material/block:")
    with st.container(horizontal=True, key=f"share_gone_{share.share_id}"):
        st.button(
            f"Download the withdrawn {words.made_as(file)}",
            key=f"share_anyway_{file.export_id}",
            on_click=partial(hand_over, asked, file.export_id),
        )
        st.button("Close", key=f"share_close_{share.share_id}", type="tertiary", on_click=_want, args=(None,))


def hand_over(asked: Asked, export_id: int) -> None:
    """Have that file handed to the browser when the list is drawn next."""
    link = asked.head.link_id
    try:
        delivery = sharing.again(access.require(Permission.EXPORT), asked.head.patient_id, export_id)
    except ExplainedError as error:
        st.session_state[_READY] = (link, f"{error.what_happened} {error.what_is_safe} {error.what_to_do}")
    else:
        st.session_state[_READY] = (link, delivery)
        _want(None)


def _deliver(asked: Asked, key: str) -> None:
    link, ready = st.session_state.pop(_READY, ("", None))
    if link != asked.head.link_id:
        return
    if isinstance(ready, Delivery):
        name = ready.export.file_name
        kind = mimetypes.guess_type(name)[0] or "application/octet-stream"
        file_delivery.give(name, ready.content, media_type=kind, number=secrets.token_hex(8), key=key)
        st.success(f"{escaped(name)} was handed to your browser.")
    elif ready:
        st.error(escaped(ready))


def _acts(asked: Asked, share: Share) -> None:
    opened = st.session_state.get(_OPEN)
    acts = {state: label for state, label in _ACTS.items() if asked.viewer.may(NEEDED[state])}
    with st.container(horizontal=True, key=f"share_acts_{share.share_id}"):
        for state, label in acts.items():
            here = opened == (asked.head.link_id, share.share_id, state)
            st.button(
                "Close" if here else label,
                key=f"share_{state}_{share.share_id}",
                type="tertiary",
                on_click=_open,
                args=(None if here else (asked.head.link_id, share.share_id, state),),
            )
    for state in acts:
        if opened == (asked.head.link_id, share.share_id, state):
            _form(asked, share, state)


def _open(what: tuple[str, int, State] | None) -> None:
    st.session_state[_OPEN] = what


def _form(asked: Asked, share: Share, state: State) -> None:
    place = FormPlace(asked.head.patient_id, f"{state} {share.share_id}", _ACTS[state])
    submitted = kept_form.show(place, _FIELDS[state], {}, permission=NEEDED[state], submit=_ACTS[state])
    if submitted is not None:
        _mark(asked, share, state, place, submitted)


def _mark(asked: Asked, share: Share, state: State, place: FormPlace, submitted: Submitted) -> None:
    viewer, said = access.require(NEEDED[state]), submitted.values
    how, reason = str(said.get("how") or ""), str(said.get("reason") or "")
    try:
        sharing.mark(viewer, asked.head.patient_id, share.share_id, state, how, reason, now=clock.now())
    except ExplainedError as error:
        kept_form.refused(place, error=error)
    else:
        kept_form.done(place)
        _open(None)
    access.draw_again()
