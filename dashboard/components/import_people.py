"""Whom the files are about: as the file names them beside who is on record, each with a tick that confirms it."""

import hashlib
from collections.abc import Sequence

import streamlit as st

from dashboard.components import import_whose
from dashboard.permissions import Viewer
from dashboard.presenters import imports as words
from dashboard.presenters.words import several
from dashboard.services.import_checking import Met
from dashboard.services.import_people import MAY_GO_IN, Confirmed, Seen

EACH = 5
"""Up to so many people of one kind are ticked one by one; more of them, if nothing differs, are one list."""
SHOWN = 200
_TOGETHER = {
    "same": "These agree in record number, name and date of birth. I have looked through the list.",
    "number": "Of these the file gives the record number alone. The people on record are the right ones.",
    "new": "These are not on record yet. I have looked through the list: they are new patients.",
}


def show(viewer: Viewer, people: Sequence[Met]) -> Confirmed:
    """Draw everybody, those who need a look first; the people who are confirmed."""
    confirmed: dict[str, Sequence[Seen]] = {}
    _left_out([each for each in people if each.standing not in MAY_GO_IN])
    for kind in ("partly", "new", "same", "number"):
        group = [each for each in people if each.standing == kind]
        if kind == "partly" or len(group) <= EACH:
            ticked = [each for each in group if _one(viewer, each)]
        else:
            ticked = _many(kind, group)
        confirmed |= {each.record_number: each.seen for each in ticked}
    return confirmed


def _one(viewer: Viewer, met: Met) -> bool:
    name = _name(met)
    with st.container(border=True, key=f"import_person_{name}", gap="small"):
        st.markdown(f"**{words.shown(met.record_number)}** · {words.how_sure(met)}")
        _sides(met, name)
        st.caption(words.effect(met))
        if met.sha256 and met.standing == "new":
            return _of_another_system(viewer, met, name)
        label = "This is a new patient" if met.standing == "new" else "This is the right person"
        return st.checkbox(label, key=f"import_ok_{name}")


def _sides(met: Met, name: str) -> None:
    with st.container(horizontal=True, key=f"import_sides_{name}"):
        in_file = " / ".join(words.who(said) for said in met.said) or "no name, no date of birth"
        st.markdown(f"In the file  \n**{in_file}**")
        st.markdown(f"On record  \n**{words.who(met.held) if met.held else 'nobody'}**")


def _of_another_system(viewer: Viewer, met: Met, name: str) -> bool:
    """A number that is no record number: they may be on record under another one."""
    st.caption(
        "The number is the one another system gave this person. If they are on record here, choose them; "
        "they are compared by name and date of birth before anything is written."
    )
    import_whose.of_file(viewer, met.sha256, "On record here: name or record number")
    return st.checkbox("Not on record here: take as a new patient under this number", key=f"import_ok_{name}")


def _many(kind: str, group: list[Met]) -> list[Met]:
    with st.container(border=True, key=f"import_people_{kind}", gap="small"):
        rows = [
            {
                "Record number": words.shown(each.record_number),
                "In the file": " / ".join(words.who(said) for said in each.said) or "number alone",
                "On record": words.who(each.held) if each.held else "nobody",
                "What": words.effect(each),
            }
            for each in group[:SHOWN]
        ]
        st.markdown(f"**{several(len(group), 'person', 'people')}** · {words.how_sure(group[0])}")
        st.table(rows, border="horizontal", height=320)
        if len(group) > SHOWN:
            st.caption(f"The first {SHOWN} of {len(group):,} are listed.")
        return group if st.checkbox(_TOGETHER[kind], key=f"import_ok_all_{kind}") else []


def _left_out(people: Sequence[Met]) -> None:
    for met in people[:SHOWN]:
        name = _name(met)
        with st.container(border=True, key=f"import_left_{name}", gap="small"):
            st.markdown(f":material/block: **{words.shown(met.record_number)}** · {words.how_sure(met)}")
            if met.standing == "refused":
                _sides(met, name)
            st.caption(f"Nothing about this person is taken: {words.shown(met.why)}.")
    if len(people) > SHOWN:
        st.caption(f"And {len(people) - SHOWN:,} more people of whom nothing is taken; the rejected rows name them.")


def _name(met: Met) -> str:
    """A key for the widgets of one person; the number itself may hold anything."""
    return hashlib.sha256(met.record_number.encode()).hexdigest()[:12]
