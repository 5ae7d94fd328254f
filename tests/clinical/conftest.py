"""Hypothesis in this folder: a busy machine is not a wrong result, so examples have no deadline."""

from hypothesis import HealthCheck, settings

settings.register_profile("clinical", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("clinical")
