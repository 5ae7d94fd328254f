"""What guidance says of an intervention; where the vocabulary holds nothing, that is said and nothing is invented."""

from clinical.interventions import INTERVENTIONS
from dashboard.presenters.plan_interventions import remark


def test_an_intervention_without_a_statement_says_so_and_invents_none() -> None:
    told = remark(INTERVENTIONS["pacing"])
    assert told.text == "Guidance: no recommendation in the vocabulary"
    assert told.evidence is not None
    assert "Mark" not in dict(told.evidence.rows)
    assert remark(None).text == "Guidance: not in the vocabulary, no statement checked"
