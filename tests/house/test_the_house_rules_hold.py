"""The rules of the house that a linter does not know: sizes, no skipped test, unsafe HTML only in named places."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
FLOORS = ("clinical", "data_access", "dashboard", "pages", "tests", "benchmarks")
LONGEST_FUNCTION = 50
LONGEST_PAGE = 80
LONGEST_FILE = 400
FORBIDDEN_NAMES = {"utils.py", "helpers.py", "common.py", "manager.py", "misc.py"}
UNSAFE_HTML_ALLOWED = ("dashboard/components/", "dashboard/theme.py")


def sources(*floors: str) -> list[Path]:
    return sorted(path for floor in floors or FLOORS for path in (ROOT / floor).rglob("*.py"))


def name(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def functions(path: Path) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef]:
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            yield node


def test_there_is_something_to_look_at() -> None:
    assert len(sources()) > 50


def test_no_function_is_longer_than_fifty_lines() -> None:
    long = [
        f"{name(path)}:{node.lineno} {node.name}"
        for path in sources()
        if "migrations/versions" not in name(path)
        for node in functions(path)
        if (node.end_lineno or node.lineno) - node.lineno + 1 > LONGEST_FUNCTION
    ]
    assert long == []


def test_no_page_is_longer_than_eighty_lines() -> None:
    long = [name(path) for path in sources("pages") if len(path.read_text("utf-8").splitlines()) > LONGEST_PAGE]
    assert long == []


def test_no_file_is_longer_than_four_hundred_lines() -> None:
    long = [
        name(path)
        for path in sources("clinical", "data_access", "dashboard", "benchmarks")
        if "migrations/versions" not in name(path) and len(path.read_text("utf-8").splitlines()) > LONGEST_FILE
    ]
    assert long == []


def test_no_module_has_a_name_that_says_nothing() -> None:
    assert [name(path) for path in sources() if path.name in FORBIDDEN_NAMES] == []


def test_no_test_is_skipped_or_expected_to_fail() -> None:
    words = re.compile(r"pytest\.(skip|xfail|mark\.(skip|xfail)|importorskip)\b")
    assert [name(path) for path in sources("tests") if path != Path(__file__) and words.search(path.read_text())] == []


def test_every_public_module_says_what_it_is() -> None:
    bare = [
        name(path)
        for path in sources("clinical", "data_access", "dashboard", "pages")
        if path.read_text("utf-8").strip() and ast.get_docstring(ast.parse(path.read_text("utf-8"))) is None
    ]
    assert bare == []


def test_unsafe_html_only_in_named_places() -> None:
    used = [
        name(path)
        for path in sources("clinical", "data_access", "dashboard", "pages")
        if "unsafe_allow_html" in path.read_text("utf-8") and not name(path).startswith(UNSAFE_HTML_ALLOWED)
    ]
    assert used == []


@pytest.mark.parametrize("floor", ["clinical", "data_access", "pages"])
def test_no_clock_is_read_in_logic(floor: str) -> None:
    """`as_of` and `now` are handed in, so that a result depends on its inputs alone."""
    clock = re.compile(r"\b(date\.today|datetime\.now|datetime\.utcnow|time\.time)\(")
    assert [name(path) for path in sources(floor) if clock.search(path.read_text("utf-8"))] == []


def test_no_registry_address_and_no_path_of_a_machine_in_the_locks() -> None:
    for lock in ("requirements.txt", "requirements-dev.txt"):
        text = (ROOT / lock).read_text("utf-8")
        assert not re.search(r"://|--index-url|--find-links|file:", text), lock
        assert "--hash=sha256:" in text


def test_every_page_guards_itself_in_its_first_statement() -> None:
    """A page opened by deep link must refuse on its own (house decision 1)."""
    for path in sources("pages"):
        body = [
            node
            for node in ast.parse(path.read_text("utf-8")).body
            if not isinstance(node, ast.Import | ast.ImportFrom)
            and not (isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant))
            and not isinstance(node, ast.FunctionDef)
        ]
        if path.name in {"__init__.py", "sign_in.py"}:
            continue
        assert "require(" in ast.unparse(body[0]), f"{name(path)} starts with: {ast.unparse(body[0])}"


def test_a_part_that_redraws_alone_asks_who_is_there() -> None:
    """A bare fragment goes on drawing for somebody who signed out elsewhere; `access.part` does not."""
    bare = [
        name(path)
        for path in sources("dashboard", "pages")
        if re.search(r"^@st\.fragment", text := path.read_text("utf-8"), re.MULTILINE)
        and "access.current()" not in text
    ]
    assert bare == []
