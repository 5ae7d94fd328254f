"""The demonstration's door: a page of invented staff to sign in as, by role."""

from collections.abc import Callable, Sequence
from itertools import groupby

import streamlit as st

from dashboard.permissions import Role
from dashboard.presenters import people
from data_access.access import User

GROUPS: dict[Role, tuple[str, str]] = {
    "clinician": ("Clinicians", "see the caseload and their care team's patients, write notes, send reports"),
    "coordinator": ("Coordination", "sees caseload and patients, sends reports, imports files; writes no notes"),
    "administrator": ("Administration", "looks after people and access; sees no patient"),
    "auditor": ("Audit", "reads who did what and when; sees no patient"),
}
"""Heading and one line for each role, in the order they are offered."""

NOBODY = (
    "This database holds no invented staff to sign in as. Start the server again: it adds them where patients were "
    "imported, and fills an empty database with the synthetic clinic."
)
INVENTED = (
    "This is a demonstration with an invented clinic. There are no passwords, and nobody here is real. "
    "Choose who you are: each person sees only what their role and care team allow."
)
IMPORTED = (
    "This is a demonstration with invented staff. There are no passwords, and some of the records were imported: "
    "they are not synthetic. Choose who you are: each person sees only what their role and care team allow."
)


def show(staff: Sequence[User], enter: Callable[[int], None], *, imported: bool) -> None:
    """One button per invented person; the choice is reported to `enter`."""
    with st.container(key="door", width=920):
        st.markdown("Flareboard")
        st.title("Pain diaries that answer in ten seconds", anchor=False)
        st.markdown(IMPORTED if imported else INVENTED)
        if not staff:
            st.info(NOBODY)
        order = list(GROUPS)
        by_role = sorted(staff, key=lambda user: (order.index(user.role), user.user_id))
        for role, members in groupby(by_role, key=lambda user: user.role):
            _group(role, list(members), enter)


def _group(role: Role, members: Sequence[User], enter: Callable[[int], None]) -> None:
    title, line = GROUPS[role]
    with st.container(key=f"door_{role}"):
        st.markdown(f"**{title}** · {line}")
        with st.container(horizontal=True, gap="small"):
            for user in members:
                st.button(
                    f"**{people.escaped(user.name)}** {people.role(user.role, user.discipline or '')}",
                    key=f"sign_in_{user.user_id}",
                    on_click=enter,
                    args=(user.user_id,),
                    width=215,
                )
