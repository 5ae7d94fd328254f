"""The resources of a bundle or of NDJSON, each with its place and key, and how references find them."""

import hashlib
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from data_access.importers import json_reading
from data_access.importers.fhir_shape import Node, obj, objects, text
from data_access.importers.parsed import Account, shown
from data_access.importers.reading import Limits, unreadable

BUNDLE_TYPES = ("transaction", "batch", "collection", "searchset", "document")
_ID = re.compile(r"[A-Za-z0-9.\-]{1,64}")
_KIND = re.compile(r"[A-Za-z]{1,64}")


@dataclass(frozen=True, slots=True)
class Resource:
    """One resource. `key` names it for ever (`Observation/abc`); `where` is its place in the file."""

    kind: str
    key: str
    where: str
    node: Node


@dataclass(slots=True)
class Resources:
    """All resources of a file in order; `form` says what the file was."""

    form: str
    listed: list[Resource] = field(default_factory=list)
    by_reference: dict[str, Resource] = field(default_factory=dict)

    def add(self, node: Node, where: str, full_url: str = "") -> None:
        """Takes one resource in, under its own key and under its full address."""
        kind, key = text(node, "resourceType"), _key(node)
        resource = Resource(kind, key, f"{where} {key}", node)
        self.listed.append(resource)
        self.by_reference.setdefault(key, resource)
        if full_url:
            self.by_reference.setdefault(full_url, resource)

    def find(self, reference: str, inside: Node | None = None) -> Resource | None:
        """The resource a reference points to: contained, by full address, or by type and id."""
        if reference.startswith("#"):
            return self._contained(reference[1:], inside or {})
        return self.by_reference.get(reference) or self.by_reference.get(local(reference))

    def _contained(self, wanted: str, inside: Node) -> Resource | None:
        for node in objects(inside, "contained"):
            if text(node, "id") == wanted:
                return Resource(text(node, "resourceType"), f"#{wanted}", "", node)
        return None


def local(reference: str) -> str:
    """A reference as Type/id, without server address and version."""
    parts = reference.split("/_history/")[0].rstrip("/").split("/")
    return "/".join(parts[-2:])


def _key(node: Node) -> str:
    kind, written = text(node, "resourceType"), text(node, "id")
    if _ID.fullmatch(written):
        return f"{kind}/{written}"
    content = json.dumps(node, sort_keys=True, ensure_ascii=True).encode("ascii")
    return f"{kind}/sha256-{hashlib.sha256(content).hexdigest()[:40]}"


def read(content: str, limits: Limits, account: Account) -> Resources:
    """The resources of a JSON file or of NDJSON. Raises UnreadableFile when it is not FHIR or a form we do not read."""
    json_reading.require_modest(content, limits)
    first, _, rest = content.lstrip().partition("\n")
    if rest.strip() and _is_whole(first):
        return _ndjson(content, limits, account)
    root = json_reading.parse(content, limits)
    if not isinstance(root, dict) or not _is_resource(root):
        raise unreadable("The JSON is no FHIR resource.", "Give a FHIR R4 bundle or NDJSON file.")
    if text(root, "resourceType") != "Bundle":
        resources = Resources("fhir-r4-resource")
        resources.add(root, "resource")
        return resources
    resources = Resources(f"fhir-r4-{_bundle_type(root)}")
    _take_entries(root, "", resources, account)
    return resources


def _is_whole(line: str) -> bool:
    line = line.strip()
    return line.startswith("{") and line.endswith("}") and '"resourceType"' in line


def _is_resource(node: Node) -> bool:
    return bool(_KIND.fullmatch(text(node, "resourceType")))


def _bundle_type(bundle: Node) -> str:
    found = text(bundle, "type")
    if found not in BUNDLE_TYPES:
        raise unreadable(
            f"The bundle is of type '{shown(found)[:40]}', which does not carry a record.",
            f"Give a bundle of type {', '.join(BUNDLE_TYPES)}.",
        )
    return found


def _ndjson(content: str, limits: Limits, account: Account) -> Resources:
    resources = Resources("fhir-r4-ndjson")
    for line_number, line in _lines(content):
        node = json_reading.parse(line, limits)
        if not isinstance(node, dict) or not _is_resource(node):
            raise unreadable(f"Line {line_number} is no FHIR resource.", "Check that the file arrived whole.")
        if text(node, "resourceType") == "Bundle":
            _bundle_type(node)
            _take_entries(node, f"line {line_number} ", resources, account)
        else:
            resources.add(node, f"line {line_number}")
    return resources


def _lines(content: str) -> Iterator[tuple[int, str]]:
    return ((number, line) for number, line in enumerate(content.split("\n"), 1) if line.strip())


def _take_entries(bundle: Node, place: str, resources: Resources, account: Account) -> None:
    entries = bundle.get("entry", [])
    for number, entry in enumerate(entries if isinstance(entries, list) else [entries]):
        where = f"{place}entry[{number}]"
        node = entry.get("resource") if isinstance(entry, dict) else None
        method = text(obj(entry, "request"), "method") if isinstance(entry, dict) else ""
        if method in ("DELETE", "GET", "HEAD", "PATCH"):
            account.read += 1
            account.leave(f"{method} request of a transaction")
        elif isinstance(node, dict) and _is_resource(node):
            resources.add(node, where, text(entry, "fullUrl"))
        else:
            account.read += 1
            account.reject(where, "entry", "it holds no resource")
