"""Import, step two: what the files would do, for whom, and what would be rejected; nothing goes in unconfirmed."""

from collections.abc import Sequence
from dataclasses import replace

import streamlit as st

from dashboard import clock, selection
from dashboard.components import import_people, import_place, import_progress, import_rejected, states
from dashboard.errors import ExplainedError
from dashboard.permissions import Viewer
from dashboard.presenters import imports as words
from dashboard.presenters.words import several
from dashboard.services import import_checking
from dashboard.services.import_checking import Met
from dashboard.services.import_jobs import Job
from dashboard.services.import_people import Confirmed
from dashboard.services.import_reports import FileReport

SHOWN_KINDS = 100


def show(viewer: Viewer, job: Job) -> None:
    """Draw the check: how far it is, why it failed, or what it found with the ticks that confirm it."""
    if not job.is_done:
        import_progress.show(job, 0, "Nothing is written: this finds out what would be added.")
        st.button("Back to the files", on_click=_back, key="import_back")
    elif job.reports is None:
        if job.error is not None:
            states.explained(job.error, job.reference)
        st.button("Back to the files", on_click=_back, key="import_back")
    else:
        _found(viewer, job.reports)


def _found(viewer: Viewer, reports: list[FileReport]) -> None:
    people = import_checking.people(reports)
    st.subheader(words.headline(reports, people, done=False), anchor=False)
    if refused := import_place.now().refused:
        st.warning(refused)
    confirmed: Confirmed = {}
    if people:
        st.subheader("Is this the right person?" if len(people) == 1 else "Are these the right people?", anchor=False)
        confirmed = import_people.show(viewer, people)
        if any(each.standing == "new" for each in people):
            st.caption(words.team_of_new(import_checking.team_of_new(viewer), sees_all=viewer.whole_clinic))
    st.subheader("What each file holds", anchor=False)
    for place, report in enumerate(reports):
        file_lines(report, place, done=False)
    import_rejected.show(reports, done=False)
    sure = _sure(reports)
    possible = [each for each in words.may_go_in(people) if not each.is_settled]
    settled = {each.record_number: each.seen for each in people if each.is_settled}
    with st.container(key="import_next", horizontal=True, vertical_alignment="center"):
        st.button("Back to the files", on_click=_back, key="import_back")
        if st.button(
            f"Import for {several(len(confirmed), 'person', 'people')}" if confirmed else "Import",
            type="primary",
            disabled=not (confirmed and sure),
            key="import_take",
        ):
            # Of the settled nothing is written; they go along so that the account is the same as here.
            _take(viewer, {**settled, **confirmed}, people)
        st.caption(_still_lacks(len(possible), len(confirmed), sure=sure))


def _still_lacks(possible: int, confirmed: int, *, sure: bool) -> str:
    if not possible:
        return "There is nothing new here that could go in."
    if not confirmed:
        return "Confirm who it is first."
    if not sure:
        return "Say first that you have looked at the warnings above."
    left = possible - confirmed
    if not left:
        return ""
    return f"What belongs to {'the other person' if left == 1 else f'the {left:,} others'} is left out."


def file_lines(report: FileReport, place: int, *, done: bool) -> None:
    """One file: what it is, what was or would be added, what was there, what has no place here."""
    with st.container(border=True, key=f"import_file_{place}", gap="small"):
        if report.unreadable is not None:
            st.markdown(
                f":material/error: **{words.shown(report.file)}** · {words.shown(report.unreadable.what_happened)}"
            )
            st.caption(words.advice(report.unreadable))
            return
        st.markdown(f"**{words.shown(report.file)}** · {words.format_name(report.format)}")
        st.markdown(words.counts(report, done=done))
        if left := words.of_others(report):
            st.caption(left)
        if report.names:
            st.warning(words.named(report))
        if report.unused:
            with st.expander(
                f"Valid, but without a place here: {report.unused.total():,}", key=f"import_unused_{place}"
            ):
                st.markdown(words.unused(report, SHOWN_KINDS))


def _sure(reports: Sequence[FileReport]) -> bool:
    """Whether nothing speaks against it, or somebody said that they know."""
    return all([_sure_of_whom(reports), _sure_of_rows(reports)])


def _sure_of_whom(reports: Sequence[FileReport]) -> bool:
    twice = [report for report in reports if report.went_to]
    if not twice:
        return True
    st.warning(words.went_to_others(twice))
    return st.checkbox("I have looked: it belongs to the person above", key="import_sure_whose")


def _sure_of_rows(reports: Sequence[FileReport]) -> bool:
    odd = [report for report in reports if report.mostly_rejected]
    if not odd:
        return True
    st.warning(words.mostly_rejected(odd))
    return st.checkbox("I have seen why, and want the rest read in all the same", key="import_sure")


def _back() -> None:
    import_place.keep(replace(import_place.now(), check="", refused=""))


def _take(viewer: Viewer, confirmed: Confirmed, people: list[Met]) -> None:
    place = import_place.now()
    files = [one for one in place.files if one.number in place.asked]
    try:
        import_checking.take(
            viewer,
            files,
            import_place.choices(viewer),
            confirmed,
            met=people,
            as_of=selection.today(),
            now=clock.now(),
        )
    except ExplainedError as error:
        import_place.keep(replace(place, refused=str(error)))
    else:
        import_place.let_go(viewer)
    st.rerun()
