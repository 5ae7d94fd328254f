"""Share: the referral summary, seen before it is made, stored as it was made."""

import streamlit as st

from dashboard import access, clock, selection
from dashboard.components import page_preview, patient_frame, share_form, share_sent
from dashboard.permissions import Permission
from dashboard.services import reports

viewer = access.require(Permission.EXPORT)
head = selection.patient(viewer)
periods = patient_frame.show(viewer, head)
as_of = selection.today()

form, page = st.columns([2, 3], gap="medium")
with form, st.container(key="share_order"):
    filled = share_form.show(head.link_id)
    preview = reports.preview(viewer, head.patient_id, periods, filled.order, as_of=as_of)
    delivered = share_sent.show_download(
        lambda: reports.one_page(
            viewer,
            head.patient_id,
            periods.now,
            before=periods.before,
            order=filled.order,
            as_of=as_of,
            now=clock.now(),
        ),
        preview.lacks,
        filled.too_long,
    )
    share_sent.show_list(
        reports.sent_before(viewer, head.patient_id),
        lambda export_id: reports.again(viewer, head.patient_id, export_id),
        delivered,
    )
with page:
    page_preview.show(preview.picture, alt="Preview of the one page that will be downloaded as PDF")
