"""What a newcomer relies on: pinned dependencies, a wheel that works, links that lead somewhere."""

from __future__ import annotations

import ast
import os
import pkgutil
import re
import shutil
import subprocess
import sys
import tomllib
import venv
import zipfile
from collections.abc import Iterator
from importlib.metadata import PackageNotFoundError, distribution
from pathlib import Path

import pytest

from policygraph.graph.statements import Document
from policygraph.ontology.iris import DEFAULT_BASE
from policygraph.queries.catalogue import bundled
from policygraph.service.pages.page_reader import PageReader
from policygraph.service.pages.sparql_page import sparql_page

from .conftest import absent
from .test_web_build import hatch_build

ROOT = Path(__file__).parents[1]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
PIN = re.compile(r"^([a-z0-9-]+)==(\S+)", re.MULTILINE)
LINK = re.compile(r"\]\((?!https?:|#)([^)#]+)")
FOR_TESTS = {"pytest", "hypothesis", "selenium", "schemathesis", "mypy", "ruff", "pandas"}


def pins(name: str) -> dict[str, str]:
    """Package → version of a requirements file."""
    return dict(PIN.findall((ROOT / name).read_text("utf-8")))


def test_what_runs_is_pinned_without_what_tests() -> None:
    needed = {
        re.split(r"[^a-z0-9-]", text.lower(), maxsplit=1)[0]
        for text in PROJECT["project"]["dependencies"]
    }
    runs = pins("requirements.txt")
    assert needed <= set(runs), "run make lock"
    assert not FOR_TESTS & set(runs)


def test_tests_run_with_the_versions_users_have() -> None:
    runs, tests = pins("requirements.txt"), pins("requirements-dev.txt")
    assert {name: tests.get(name) for name in runs} == runs
    assert set(tests) >= FOR_TESTS


@pytest.mark.parametrize("name", sorted(path.name for path in ROOT.glob("requirements*.txt")))
def test_every_requirement_has_hashes_and_no_registry_is_named(name: str) -> None:
    text = (ROOT / name).read_text("utf-8")
    assert "://" not in text
    for entry in re.split(r"\n(?=[a-z0-9])", text)[1:]:
        assert "--hash=sha256:" in entry, entry


def test_the_sparql_page_has_its_editor_where_it_is_built() -> None:
    if not hatch_build.MARK.is_file():
        absent("the bundle of the SPARQL page (make web)")
    assert 'src="/assets/query.js' in sparql_page(bundled(), PageReader("en", DEFAULT_BASE))


@pytest.mark.parametrize(
    "page",
    [
        path.relative_to(ROOT).as_posix()
        for path in sorted(
            (*ROOT.glob("*.md"), *ROOT.glob("docs/**/*.md"), *ROOT.glob("tests/*/*.md"))
        )
    ],
)
def test_links_between_pages_lead_somewhere(page: str) -> None:
    folder = (ROOT / page).parent
    targets = LINK.findall((ROOT / page).read_text("utf-8"))
    assert [target for target in targets if not (folder / target).exists()] == []


DOTTED = re.compile(r"`((?:ontology|graph|loaders|queries|viz|service)\.[\w.]+\w)[`(]")
ARCHITECTURE = ROOT / "docs" / "architecture.md"
CONTRIBUTING = ROOT / "CONTRIBUTING.md"


def test_the_way_of_a_sentence_is_by_functions_that_are_there(hubei: Document) -> None:
    way = ARCHITECTURE.read_text("utf-8").partition("## The modules")[0]
    functions = DOTTED.findall(way)
    assert len(functions) > 15
    for name in functions:
        assert pkgutil.resolve_name(f"policygraph.{name}"), name
    (quoted,) = re.findall(r"^> (.+)$", way, re.MULTILINE)
    assert hubei.text[2065:2114] == quoted
    assert (2065, 2114) in hubei.sentences


def test_the_functions_that_read_a_value_are_there() -> None:
    told = CONTRIBUTING.read_text("utf-8").partition("## Find what read a value")[2]
    functions = DOTTED.findall(told.partition("\n## ")[0])
    assert len(functions) > 15
    for name in functions:
        assert pkgutil.resolve_name(f"policygraph.{name}"), name


def test_the_files_that_contributing_names_are_there() -> None:
    named = set(
        re.findall(r"`([\w./-]+\.(?:py|ttl|rq|csv|json|txt|md))`", CONTRIBUTING.read_text("utf-8"))
    )
    known = []
    for folder, folders, files in os.walk(ROOT):
        folders[:] = [each for each in folders if each not in ("node_modules", ".venv", ".git")]
        known += [f"{folder}/{file}" for file in files]
    told = {name for name in named if "NAME" not in name}
    missing = [name for name in told if not any(path.endswith(f"/{name}") for path in known)]
    assert len(told) > 30
    assert missing == []


def test_every_module_of_the_architecture_page_is_there() -> None:
    page = ARCHITECTURE.read_text("utf-8")
    named = re.findall(r"`([a-z]\w*)`", page.partition("## The modules")[2])
    known = {path.stem for _, path in source_files()}
    known |= {parent.name for _, path in source_files() for parent in path.parents}
    assert sorted(set(named) - known - {"read", "policygraph"}) == []


def source_files() -> Iterator[tuple[str, Path]]:
    """The Python files of the package, each with its folder at the root."""
    for root in ("ontology", "graph", "loaders", "queries", "viz", "src/policygraph"):
        for folder, folders, files in os.walk(ROOT / root):  # which follows no links
            folders[:] = [name for name in folders if name != "node_modules"]
            yield from ((root, Path(folder, name)) for name in files if name.endswith(".py"))


def modules() -> list[tuple[str, str]]:
    """Every module of the package: the row it belongs to in the table of modules, and its name."""
    found = []
    for root, path in source_files():
        package = "".join(f"{part}/" for part in path.relative_to(ROOT / root).parts[:-1])
        if not path.stem.startswith("__"):
            found.append((f"{root}/|{package}", path.stem))
    return found


def test_every_module_has_its_row_in_the_architecture_page() -> None:
    rows: dict[str, set[str]] = {}
    folder = ""
    for line in ARCHITECTURE.read_text("utf-8").partition("## The modules")[2].splitlines():
        cells = [cell.strip() for cell in line.strip("|").split("|")]
        if len(cells) != 3 or not re.search("`", line):
            continue
        folder = cells[0].strip("`") or folder
        names = [name.removesuffix(".py") for name in re.findall(r"`([\w./]+)`", cells[1])]
        rows.setdefault(f"{folder}|", set()).update(names)
        for package in [name for name in names if name.endswith("/")]:
            said = re.findall(r"`(\w+)/?`", cells[2])
            rows.setdefault(f"{folder}|{package}", set()).update(said)
    missing = [f"{row}{name}" for row, name in modules() if name not in rows.get(row, ())]
    assert len(rows) > 15
    assert sorted(missing) == []


LONGEST = 40  # lines of a function


def test_no_function_is_longer_than_forty_lines() -> None:
    files = [path for _, path in source_files()]
    files += [*(ROOT / "tests").glob("*.py"), *(ROOT / "tests/service").glob("*.py")]
    files += [*(ROOT / "tools").glob("*.py"), ROOT / "hatch_build.py"]
    functions = (ast.FunctionDef, ast.AsyncFunctionDef)
    long = [
        f"{path.relative_to(ROOT)}: {node.name}"
        for path in files
        for node in ast.walk(ast.parse(path.read_bytes()))
        if isinstance(node, functions) and (node.end_lineno or 0) - node.lineno >= LONGEST
    ]
    assert long == []


# -- the wheel ----------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def sources() -> list[str]:
    """The files of the packages that git holds or would hold."""
    if not (ROOT / ".git").exists() or not shutil.which("git"):
        pytest.skip("this is no checkout of git, which says which files belong to the project")
    command = ["git", "-c", "safe.directory=*", "ls-files", "-co", "--exclude-standard"]
    command += ["ontology", "graph", "loaders", "queries", "viz", "src"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)
    return done.stdout.splitlines()


def test_the_wheel_has_all_that_runs_and_no_more(wheel: Path, sources: list[str]) -> None:
    names = set(zipfile.ZipFile(wheel).namelist())
    wanted = {
        "policygraph/" + name.removeprefix("src/policygraph/")
        for name in sources
        if not name.startswith("viz/web/") and not (ROOT / name).is_symlink()
    }
    assert wanted - names == set()
    assert "policygraph/viz/assets/web/query.js" in names
    prepared = {
        "policygraph/ontology/vocabularies.prepared",
        "policygraph/loaders/words/patterns.prepared",
    }
    inside = {name for name in names if name.startswith("policygraph/")}
    assert {name for name in inside - wanted if "/assets/web/" not in name} == prepared
    assert {name.split("/")[0].partition("-")[0] for name in names} == {"policygraph"}


def link_requirements(site: Path) -> None:
    """What requirements.txt pins, taken from the environment of the tests, which has these versions."""
    for name, version in pins("requirements.txt").items():
        try:
            package = distribution(name)
        except PackageNotFoundError:
            continue  # for another system
        assert package.version == version, f"{name}: run make test, which installs {version}"
        for top in {file.parts[0] for file in package.files or ()} - {"..", "__pycache__"}:
            if not (site / top).exists():
                (site / top).symlink_to(str(package.locate_file(top)))


def test_the_installed_wheel_builds_and_answers(wheel: Path, tmp_path: Path) -> None:
    venv.create(tmp_path / "venv")
    folder = tmp_path / "venv" / "bin"
    python = str(folder / "python")
    where = [python, "-c", "import sysconfig; print(sysconfig.get_path('purelib'))"]
    site = subprocess.run(where, capture_output=True, text=True, check=True).stdout.strip()
    link_requirements(Path(site))
    pip = [sys.executable, "-m", "pip", "--python", python, "install", "-q", "--no-deps"]
    subprocess.run([*pip, "--disable-pip-version-check", "--no-compile", str(wheel)], check=True)
    for command in (["build"], ["query", "money"]):
        said = subprocess.run(
            [str(folder / "policygraph"), *command, "--store", "store"],
            cwd=tmp_path, capture_output=True, text=True, check=False,
            env={**os.environ, "PYTHONPATH": ""},
        )  # fmt: skip
        assert said.returncode == 0, said.stderr
    assert "239.82亿元" in said.stdout
