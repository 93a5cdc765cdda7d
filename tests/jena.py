"""Apache Jena's command line, as Debian's libapache-jena-java installs it."""

from __future__ import annotations

import subprocess
import zipfile
from pathlib import Path

JARS = Path("/usr/share/java")
BESIDE = (
    *("slf4j-api", "slf4j-nop", "commons-cli", "commons-codec", "commons-compress", "commons-csv"),
    *("commons-io", "commons-lang3", "dexx.collection", "gson", "guava", "httpclient", "httpcore"),
    *("jackson-core", "jackson-databind", "jackson-annotations", "jsonld-java", "jakarta.json-api"),
    *("protobuf", "thrift", "titanium-json-ld"),
)
# The package moves the messages of its XML Schema datatypes away from where its classes look.
MOVED = "org/apache/jena/ext/xerces/"


# A run lasts seconds: compiling it as for days would take most of them.
SHORT = ("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC")


def installed() -> bool:
    """Whether Debian's Jena is there."""
    return (JARS / "jena-cmds.jar").exists()


def class_path(folder: Path) -> str:
    """All of Jena, with the messages of its datatypes put back into a folder."""
    with zipfile.ZipFile(JARS / "jena-core.jar") as jar:
        for name in jar.namelist():
            if name.startswith(MOVED) and name.endswith(".properties"):
                file = folder / "xerces" / name.removeprefix(MOVED)
                file.parent.mkdir(parents=True, exist_ok=True)
                file.write_bytes(jar.read(name))
    jena = [jar for jar in JARS.glob("jena-*.jar") if not jar.is_symlink()]
    return ":".join(map(str, (folder, *sorted(jena), *(JARS / f"{name}.jar" for name in BESIDE))))


def riot(java: str, path: str, *arguments: str) -> subprocess.CompletedProcess[str]:
    """Run Jena's parser."""
    command = [java, *SHORT, "-cp", path, "riotcmd.riot", *arguments]
    return subprocess.run(command, capture_output=True, text=True, check=False)


def shacl(java: str, path: str, shapes: Path, data: Path) -> str:
    """The report of Jena's SHACL engine, in Turtle."""
    command = [java, *SHORT, "-cp", path, "shacl.shacl", "validate"]
    command += ["--shapes", str(shapes), "--data", str(data)]
    return subprocess.run(command, capture_output=True, text=True, check=True).stdout
