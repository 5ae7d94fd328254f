"""The demonstration's door: a page of invented staff to sign in as."""

from collections.abc import Callable, Sequence

import streamlit as st

from data_access.access import User


def show(staff: Sequence[User], enter: Callable[[int], None]) -> None:
    """One button per invented person; the choice is reported to `enter`."""
    st.title("Flareboard", anchor=False)
    st.markdown("Synthetic data. Everybody here is invented. Sign in as:")
    for user in staff:
        st.button(
            f"{user.name} · {user.discipline or user.role}",
            key=f"sign_in_{user.user_id}",
            on_click=enter,
            args=(user.user_id,),
        )
