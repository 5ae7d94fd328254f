"""Whom the files are about: as the file names them beside who is on record, each with a tick that confirms it."""

import hashlib
from collections.abc import Sequence

import streamlit as st

from dashboard.components import import_files, import_place, import_whose
from dashboard.permissions import Viewer
from dashboard.presenters import imports as words
from dashboard.presenters.words import several
from dashboard.services.import_checking import Met
from dashboard.services.import_people import MAY_GO_IN, Confirmed, Seen

EACH = 5
"""Up to so many people of one kind are ticked one by one; more of them, if nothing differs, are one list."""
MOST_ALONE = 50
"""People on one screen that are ticked one by one."""
SHOWN = 200
_ALL_OF_THEM = {
    "same": "number, name and date of birth agree",
    "number": "the files give the record number alone",
    "new": "not on record yet: new patients",
}
_TOGETHER = {
    "same": "These agree in record number, name and date of birth. I have looked through the list.",
    "number": "Of these the file gives the record number alone. The people on record are the right ones.",
    "new": "These are not on record yet. I have looked through the list: they are new patients.",
}


def show(viewer: Viewer, people: Sequence[Met]) -> Confirmed:
    """Draw everybody, those who need a look first; the people who are confirmed."""
    confirmed: dict[str, Sequence[Seen]] = {}
    _left_out(viewer, [each for each in people if each.standing not in MAY_GO_IN])
    _settled([each for each in people if each.is_settled])
    for kind in ("partly", "new", "same", "number"):
        group = [each for each in people if each.standing == kind and not each.is_settled]
        alone = [each for each in group if each.sha256]  # whose file does not carry a number of ours
        rest = [each for each in group if not each.sha256]
        if kind == "partly" or len(rest) <= EACH:
            alone, rest = group[:MOST_ALONE], []
            _not_all(len(group) - MOST_ALONE)
        ticked = [each for each in alone if _one(viewer, each)] + (_many(kind, rest) if rest else [])
        confirmed |= {each.record_number: each.seen for each in ticked}
    return confirmed


def _not_all(more: int) -> None:
    if more > 0:
        st.warning(
            f"{several(more, 'more person has', 'more people have')} to be looked at one by one. Import these first, "
            "then drop the files again: what is on record by then is not asked for a second time."
        )


def _settled(people: Sequence[Met]) -> None:
    """Those of whom nothing would be written: there is nothing to confirm."""
    if not people:
        return
    label = f"{several(len(people), 'person', 'people')} of whom everything is on record already, or rejected"
    with st.expander(label, key="import_settled"):
        _table(people)


def _one(viewer: Viewer, met: Met) -> bool:
    name = _name(met)
    with st.container(border=True, key=f"import_person_{name}", gap="small"):
        st.markdown(f"**{words.shown(met.record_number)}** · {words.how_sure(met)}")
        _sides(met, name)
        st.caption(words.effect(met))
        if met.sha256 and met.standing == "new":
            return _of_another_system(viewer, met, name)
        _filed(viewer, met)
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
    _filed(viewer, met)
    return st.checkbox("Not on record here: take as a new patient under this number", key=f"import_ok_{name}")


def _filed(viewer: Viewer, met: Met) -> None:
    """Of a file without a number of ours: who was chosen, to be changed, or the search."""
    if met.sha256:
        import_whose.of_file(viewer, met.sha256, "On record here: name or record number", _file_under)


def _file_under(sha256: str, link: str) -> None:
    asked = import_place.now().asked
    import_whose.keep(sha256, link)
    import_files.check_again(asked)


def _many(kind: str, group: list[Met]) -> list[Met]:
    with st.container(border=True, key=f"import_people_{kind}", gap="small"):
        st.markdown(f"**{several(len(group), 'person', 'people')}** · {_ALL_OF_THEM[kind]}")
        _table(group)
        return group if st.checkbox(_TOGETHER[kind], key=f"import_ok_all_{kind}") else []


def _table(people: Sequence[Met]) -> None:
    rows = [
        {
            "Record number": words.shown(each.record_number),
            "In the file": " / ".join(words.who(said) for said in each.said) or "number alone",
            "On record": words.who(each.held) if each.held else "nobody",
            "What": words.effect(each),
        }
        for each in people[:SHOWN]
    ]
    st.table(rows, border="horizontal", height=320 if len(rows) > 8 else "content")
    if len(people) > SHOWN:
        st.caption(f"The first {SHOWN} of {len(people):,} are listed.")


def _left_out(viewer: Viewer, people: Sequence[Met]) -> None:
    for met in people[:SHOWN]:
        name = _name(met)
        with st.container(border=True, key=f"import_left_{name}", gap="small"):
            st.markdown(f":material/block: **{words.shown(met.record_number)}** · {words.how_sure(met)}")
            if met.standing == "refused":
                _sides(met, name)
            st.caption(f"Nothing about this person is taken: {words.shown(met.why)}.")
            _filed(viewer, met)
    if len(people) > SHOWN:
        st.caption(f"And {len(people) - SHOWN:,} more people of whom nothing is taken; the rejected rows name them.")


def _name(met: Met) -> str:
    """A key for the widgets of one person; the number itself may hold anything."""
    return hashlib.sha256(met.record_number.encode()).hexdigest()[:12]
