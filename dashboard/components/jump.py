"""A jump down a long page, on a phone alone: a plain link to a heading, which asks the server nothing."""

import streamlit as st


def link(label: str, to: str) -> None:
    """Draw the link to the heading of that name; wider screens show neither."""
    with st.container(key=f"jump_to_{to}"):
        st.markdown(f"[{label}](#{to})")


def target(heading: str, name: str) -> None:
    """Draw the heading that such a link leads to."""
    with st.container(key=f"jump_{name}"):
        st.subheader(heading, anchor=name)
