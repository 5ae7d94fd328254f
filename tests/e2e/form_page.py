"""A page with one form of every kind of field and the thing it changes, for the tests that look at it in a browser.

The thing is a file in the folder FORM_PAGE_FOLDER, saved on the revision that was seen. A file named `full` there
leaves the database no room, one named `out` signs everybody out; who looks at whom stands in the address.
"""

import json
import os
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import sqlalchemy as sa
import streamlit as st

from clinical.diary import Period
from clinical.goals import LEVELS
from dashboard import access
from dashboard.components import kept_form, look
from dashboard.components.kept_form import Colleague, FieldSpec, FormPlace, Option, Submitted
from dashboard.database import current_engine
from dashboard.permissions import Permission, Viewer
from dashboard.services import form_fields, sign_in

FOLDER = Path(os.environ["FORM_PAGE_FOLDER"])
THING = FOLDER / "thing.json"
PAGES_DAYS = Period(date(2026, 8, 31), date(2026, 11, 22))
PEOPLE = (Colleague(1, "Dr Ada Invented", "Medicine"), Colleague(2, "Milo Invented", "Physiotherapy"))
CHARTS = (Option("pain", "Pain"), Option("sleep_hours", "Sleep"), Option("region", "Pain in one region"))
REGIONS = (Option("b_lumbar_l", "Left lower back"), Option("f_knee_r", "Right knee"))
TREATMENTS = (
    Option("cbt", "Cognitive behavioural therapy", "Mind", "For pain-related distress; strong in guidelines."),
    Option("act", "Acceptance and commitment therapy", "Mind"),
    Option("aerobic", "Aerobic exercise", "Movement", "First line."),
    Option("strength", "Strengthening", "Movement"),
    Option("heat", "Heat", "Passive"),
    Option("cold", "Cold", "Passive"),
    Option("massage", "Massage", "Passive"),
)
FIELDS = (
    FieldSpec("title", "Goal", "text", help="What will be different, in the patient's words.", required=True),
    FieldSpec("why", "Why it matters", "long", longest=100),
    FieldSpec("status", "Status", "choice", options=(Option("active", "Active"), Option("met", "Met"))),
    FieldSpec("treatment", "Helped by", "choice", options=TREATMENTS),
    FieldSpec("target", "Target", "number", unit="minutes a day", least=0, most=600),
    FieldSpec("due", "Due", "day"),
    FieldSpec("owner", "Owner", "people", people=PEOPLE),
    FieldSpec("confidence", "Confidence", "scale", ends=("not at all", "certain")),
    FieldSpec("level", "Attainment", "level", options=[Option(str(level), said) for level, said in LEVELS.items()]),
    FieldSpec("evidence", "Evidence", "evidence", charts=CHARTS, regions=REGIONS, period=PAGES_DAYS),
)


class _Overtaken(Exception):
    """Somebody saved the thing since it was looked at."""


def person() -> Viewer | None:
    """Whoever the address names, unless everybody is signed out."""
    user_id = int(st.query_params.get("as", "2"))
    return None if (FOLDER / "out").exists() else sign_in.viewer_of(user_id)


def leave_no_room(conn: sa.Connection) -> None:
    """The database may not grow while the file `full` is there."""
    conn.exec_driver_sql(f"PRAGMA max_page_count = {1 if (FOLDER / 'full').exists() else 2**30}")


def thing() -> dict[str, Any]:
    """What is on record, as the fields show it."""
    if THING.exists():
        found: dict[str, Any] = json.loads(THING.read_text("utf-8"))
        return found
    return {"raws": form_fields.raws(FIELDS, {}), "revision": 0, "by": "", "at": ""}


def save(submitted: Submitted, viewer: Viewer) -> None:
    """Puts it on record. Raises _Overtaken where it moved meanwhile, ValueError where a rule is broken."""
    if thing()["revision"] != submitted.revision:
        raise _Overtaken
    if submitted.values["status"] == "met" and submitted.values["level"] is None:
        raise ValueError("A goal that is met needs its attainment.")
    raws = form_fields.raws(FIELDS, submitted.values)
    at = datetime.now(UTC).isoformat()
    said = {"raws": raws, "revision": submitted.revision + 1, "by": viewer.name, "at": at}
    THING.write_text(json.dumps(said), "utf-8")


def settle(place: FormPlace, submitted: Submitted, viewer: Viewer) -> None:
    """Says what became of it."""
    try:
        save(submitted, viewer)
    except _Overtaken:
        now = thing()
        theirs = form_fields.read(FIELDS, now["raws"]).values
        at = datetime.fromisoformat(now["at"])
        kept_form.clash(place, theirs, revision=now["revision"], by=now["by"], at=at)
    except ValueError as wrong:
        kept_form.refused(place, {"level": str(wrong)})
    else:
        kept_form.done(place, "Goal saved.")


@st.fragment
def show() -> None:
    """The form while somebody is signed in, and what is on record below it."""
    viewer, now = access.current(), thing()
    if viewer is None:
        st.text("You are at the door.")
        return
    place = FormPlace(int(st.query_params.get("patient", "3")), "goal 1", "Goal", now["revision"])
    start = form_fields.read(FIELDS, now["raws"]).values
    submitted = kept_form.show(place, FIELDS, start, permission=Permission.EDIT_PLAN, submit="Save goal")
    if submitted is not None:
        settle(place, submitted, viewer)
        st.rerun(scope="fragment")
    st.text(f"On record: {now['raws']['title'] or 'nothing'}, revision {now['revision']}")


st.set_page_config(layout="wide")
access.current = person
if not sa.event.contains(current_engine(), "begin", leave_no_room):
    sa.event.listen(current_engine(), "begin", leave_no_room)
look.apply()
with st.container(width=760):
    show()
st.text("Elsewhere")
