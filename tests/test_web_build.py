"""The bundle of the SPARQL page: built once, shipped with its licences, free the second time."""

from __future__ import annotations

import json
import shutil
import zipfile
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path
from types import ModuleType

import pytest

from .conftest import absent

ROOT = Path(__file__).parents[1]


def load_hook() -> ModuleType:
    """The build hook, which stands beside the packages and in none of them."""
    spec = spec_from_file_location("hatch_build", ROOT / "hatch_build.py")
    assert spec
    assert spec.loader
    module = module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


hatch_build = load_hook()
LOCK = json.loads((ROOT / "viz/web/package-lock.json").read_text("utf-8"))["packages"]


@pytest.fixture(scope="module")
def built() -> Path:
    if not hatch_build.MARK.is_file():
        absent("the bundle of the SPARQL page (make web)")
    return hatch_build.BUILT


@pytest.mark.usefixtures("built")
def test_a_second_build_does_nothing() -> None:
    assert hatch_build.build() is False


def test_a_changed_source_is_built_anew(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    before = hatch_build.source_digest()
    copy = shutil.copytree(
        hatch_build.SOURCE, tmp_path / "web", ignore=shutil.ignore_patterns("node_modules")
    )
    monkeypatch.setattr(hatch_build, "SOURCE", copy)
    assert hatch_build.source_digest() == before
    with (copy / "src" / "query.js").open("a", encoding="utf-8") as file:
        file.write("// changed\n")
    assert hatch_build.source_digest() != before


def test_the_wheel_holds_the_bundle_and_its_licences(built: Path, wheel: Path) -> None:
    with zipfile.ZipFile(wheel) as archive:
        names = archive.namelist()
        packed = archive.read("policygraph/viz/assets/web/query.js")
    assert packed == (built / "query.js").read_bytes()
    for name in ("query.css", "licences.txt"):
        assert f"policygraph/viz/assets/web/{name}" in names
    for name in ("sparql/catalogue.rq", "pages/words.json", "pages/sparql/details.rq"):
        assert f"policygraph/service/{name}" in names
    assert not [name for name in names if "node_modules" in name or "viz/web/" in name]


def test_every_package_in_the_bundle_is_named_with_its_licence(built: Path) -> None:
    said = (built / "licences.txt").read_text("utf-8")
    shipped = {
        name.rpartition("node_modules/")[2]: package for name, package in LOCK.items() if name
    }
    for name, package in shipped.items():
        if not package.get("dev") and not package.get("optional"):
            assert f"{name} {package['version']} ({package['license']})" in said
    assert "Copyright (C) 2017 by Marijn Haverbeke" in said


def test_the_lock_names_no_registry() -> None:
    assert not [name for name, package in LOCK.items() if "resolved" in package]
