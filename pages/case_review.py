"""Case review: what does the team decide for each patient of the queue?"""

from dashboard import access, selection
from dashboard.components import case_review_list, case_review_meeting, case_review_place, case_review_present
from dashboard.permissions import Permission
from dashboard.services import case_review

viewer = access.require(Permission.PREPARE_MEETINGS)
asked = case_review_place.asked()
place = case_review_place.now()
as_of = selection.today()
review = None if place.meeting_id is None else case_review.review(viewer, place.meeting_id)
if not asked and review is not None and review.meeting.status == "closed":
    place, review = case_review_place.go(case_review_place.LIST), None  # one comes back to what is not over

if review is None:
    case_review_list.show(viewer, unknown=place.meeting_id is not None, as_of=as_of)
elif place.at is None:
    case_review_meeting.show(viewer, review, teaching=place.teaching, as_of=as_of)
else:
    case_review_present.show(viewer, review, place, as_of=as_of)
