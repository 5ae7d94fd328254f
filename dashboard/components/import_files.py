"""Import, step one: the files that were dropped, each as a card that says what it is or why it cannot be read."""

from dataclasses import replace

import streamlit as st

from dashboard import access, clock, selection
from dashboard.components import import_place, import_uploads, import_whose, mapping_step
from dashboard.errors import ExplainedError
from dashboard.permissions import Permission, Viewer
from dashboard.presenters import imports as words
from dashboard.presenters.words import several
from dashboard.services import import_checking
from dashboard.services.import_staging import Staged

WHAT = """
**What can be dropped**

- FHIR R4 bundles and NDJSON (JSON files of another system)
- Flareboard CSV: patients, diary, doses, medications, measures, events; one by one or together in a zip
- CHOIR body maps and lists of painful areas
- Apple Health exports and Fitbit sleep files
- any other diary table as CSV: you say once what its columns mean

Nothing is written before you have seen what would be added, for whom, and have confirmed it.
"""
EVERYBODY, ONE = "Everybody the files name", "One patient only"


def show(viewer: Viewer) -> None:
    """Draw the field, a card for each file, whom it is for, and the button that checks them."""
    import_uploads.show()
    place = import_place.now()
    if place.refused:
        st.warning(place.refused)
    if not place.files:
        with st.container(key="import_empty", border=True):
            st.markdown(WHAT)
        return
    waiting = [_card(viewer, one) for one in place.files]
    ready = [one for one, lacks in zip(place.files, waiting, strict=True) if not lacks]
    _for_whom(viewer)
    with st.container(key="import_next", horizontal=True, vertical_alignment="center"):
        if st.button(
            f"Check {several(len(ready), 'file')}",
            type="primary",
            disabled=not ready or _lacks_the_one(viewer),
            key="import_check",
        ):
            _check(viewer, ready)
        st.caption(words.left_behind([lacks for lacks in waiting if lacks]))


def _card(viewer: Viewer, one: Staged) -> str:
    """What the file still lacks before it can be checked, '' for nothing."""
    with st.container(border=True, key=f"import_card_{one.number}"):
        with st.container(horizontal=True, vertical_alignment="center", key=f"import_head_{one.number}"):
            st.markdown(f"**{words.shown(one.name)}**")
            st.caption(f"{_recognised(one)} · {words.size(one.size)}")
            st.button(
                "Remove",
                key=f"import_remove_{one.number}",
                type="tertiary",
                on_click=import_place.remove,
                args=(one.number,),
            )
        if one.look.is_table:
            return _table(viewer, one)
        if one.look.error is not None:
            _unreadable(one.look.error)
            return "that cannot be read"
        return _owner(viewer, one) if one.look.ownerless else ""


def _recognised(one: Staged) -> str:
    if one.look.is_table:
        return "A table of another make"
    return words.format_name(one.look.format) if one.look.error is None else "Not readable"


def _unreadable(error: ExplainedError) -> None:
    st.markdown(f":material/error: {words.shown(error.what_happened)}")
    st.caption(words.advice(error))


def _table(viewer: Viewer, one: Staged) -> str:
    mapping = mapping_step.show(viewer, one)
    place = import_place.now()
    kept = {sha256: each for sha256, each in place.mappings.items() if sha256 != one.sha256}
    if mapping is None:
        import_place.keep(replace(place, mappings=kept))
        return "with unexplained columns"
    if mapping.of("record_number"):  # the rows say whose they are: a person chosen before would leave the others out
        whose = {sha256: each for sha256, each in place.whose.items() if sha256 != one.sha256}
        import_place.keep(replace(place, mappings=kept | {one.sha256: mapping}, whose=whose))
        return ""
    import_place.keep(replace(place, mappings=kept | {one.sha256: mapping}))
    return _owner(viewer, one)


def _owner(viewer: Viewer, one: Staged) -> str:
    import_whose.of_file(viewer, one.sha256, "Whose file is this? Name or record number", import_whose.keep)
    chosen = import_place.record_number(viewer, import_place.now().whose.get(one.sha256, ""))
    return "" if chosen else "of an unnamed person"


def _for_whom(viewer: Viewer) -> None:
    place = import_place.now()
    with st.container(key="import_for", horizontal=True, vertical_alignment="center"):
        chosen = st.radio(
            "Read in for", (EVERYBODY, ONE), index=int(place.one_only), horizontal=True, key="import_for_whom"
        )
        import_place.keep(replace(place, one_only=chosen == ONE))
        if chosen == ONE:
            import_whose.only_one(viewer)


def _lacks_the_one(viewer: Viewer) -> bool:
    place = import_place.now()
    return place.one_only and not import_place.record_number(viewer, place.only)


def _check(viewer: Viewer, files: list[Staged]) -> None:
    start(viewer, files)
    st.rerun()


def start(viewer: Viewer, files: list[Staged]) -> None:
    """Begin the check of those files; a refusal is said on the page."""
    place = import_place.now()
    try:
        job = import_checking.check(
            viewer, files, import_place.choices(viewer), as_of=selection.today(), now=clock.now()
        )
        import_place.keep(replace(place, check=job.number, asked=tuple(one.number for one in files), refused=""))
    except ExplainedError as error:
        import_place.keep(replace(place, refused=str(error)))


def check_again(asked: tuple[str, ...]) -> None:
    """Check those files once more, with what was chosen since: for callbacks."""
    viewer = access.require(Permission.IMPORT)
    start(viewer, [one for one in import_place.now().files if one.number in asked])
