"""What pyproject.toml asks for is what the locks pin."""

import re
import tomllib
from pathlib import Path

ROOT = Path(__file__).parents[2]


def pinned(lock: str) -> dict[str, str]:
    found = re.findall(r"^([A-Za-z0-9._-]+)==([^ \\;]+)", (ROOT / lock).read_text("utf-8"), re.MULTILINE)
    return {name.lower().replace("_", "-").replace(".", "-"): version for name, version in found}


def asked(*extras: str) -> set[str]:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    lines = [*project["dependencies"], *(line for extra in extras for line in project["optional-dependencies"][extra])]
    return {re.split(r"[\[=<>~!; ]", line)[0].lower().replace("_", "-").replace(".", "-") for line in lines}


def test_every_dependency_is_locked() -> None:
    assert asked("build") <= pinned("requirements.txt").keys()
    assert asked("build", "dev") <= pinned("requirements-dev.txt").keys()


def test_developers_run_the_very_versions_that_users_run() -> None:
    users, developers = pinned("requirements.txt"), pinned("requirements-dev.txt")
    assert {name: developers.get(name) for name in users} == users
