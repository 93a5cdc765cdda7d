"""The Chinese words that stand in the code of the loaders, and which of them a vocabulary has too.

python tools/words_in_code.py [--list]: for each module how many words of two characters or more
stand in its string literals. Docstrings and character classes ([的了]) are left out, and so is
loaders/words/, where the closed classes of the grammar (particles, dates) are kept.
"""

from __future__ import annotations

import argparse
import ast
import re
from collections.abc import Iterator
from pathlib import Path

from policygraph.ontology.vocabulary import FOLDER, vocabulary

LOADERS = Path(__file__).parent.parent / "loaders"
_CLASS = re.compile(r"\[[^\]]*\]")
_WORD = re.compile("[\u4e00-\u9fff]{2,}")


def _docstrings(tree: ast.Module) -> set[int]:
    """The identities of the nodes that are docstrings."""
    found = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant):
            found.add(id(node.value))
    return found


def words_of(path: Path) -> Iterator[str]:
    """The words in the string literals of a module, in reading order, each time they stand there."""
    tree = ast.parse(path.read_text("utf-8"))
    hidden = _docstrings(tree)
    parts = {
        id(part)
        for node in ast.walk(tree)
        if isinstance(node, ast.JoinedStr)
        for part in node.values
    }
    for node in ast.walk(tree):
        if isinstance(node, ast.JoinedStr):
            # What is filled in may stand inside a character class.
            said = "".join(v.value if isinstance(v, ast.Constant) else "0" for v in node.values)
        elif isinstance(node, ast.Constant) and isinstance(node.value, str):
            said = "" if id(node) in hidden | parts else node.value
        else:
            continue
        yield from _WORD.findall(_CLASS.sub(" ", said))


def words_in_code() -> dict[str, list[str]]:
    """Module → the distinct words that stand in it; modules without any are left out."""
    found = {}
    for path in sorted(LOADERS.rglob("*.py")):
        name = path.relative_to(LOADERS).as_posix()
        words = list(dict.fromkeys(words_of(path)))
        if words and not name.startswith("words/"):
            found[name] = words
    return found


def main() -> None:
    """Print one line per module, then the totals."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--list", action="store_true", help="print the words themselves too")
    options = parser.parse_args()
    labels = {
        label
        for path in sorted(FOLDER.glob("*.ttl"))
        for concept in vocabulary(path.stem)
        for label in concept.labels
    }
    found = words_in_code()
    for name, words in found.items():
        print(f"{name}\t{len(words)} words\t{len(labels & set(words))} in a vocabulary too")
        if options.list:
            print("  " + " ".join(words))
    every = {word for words in found.values() for word in words}
    print(f"{len(every)} words in {len(found)} modules, {len(every & labels)} in a vocabulary too")


if __name__ == "__main__":
    main()
