"""将 and 把 before a number: they look ahead (将|新建学校12所), or the noun after them is acted on (将|参保率提高到97%)."""

from __future__ import annotations

from policygraph.loaders.words.characters import NOUN_LAST
from policygraph.loaders.words.compiled import compiled
from policygraph.loaders.words.cues import WordPattern
from policygraph.loaders.words.verbs import lexicon

_NEVER = "(?<![即健武小上中大少主已一])"  # 即将, 上将
_MARKED = compiled(rf"(?<=[\u4e00-\u9fff]){_NEVER}将(?![军领士]|近(?!期))(?P<what>.*)$")
_DISPOSED = compiled(
    rf"^[^，,。；;、]{{2,16}}?{_NEVER}[将把](?![军领士关握手脉控]|近)(?=[\u4e00-\u9fff]{{2}})"
)
# 将|于年底前建成, 将|有5家企业, 将|进一步提高
_LEADS_ON = WordPattern(r"[于在对为向由从有再需达超突]|{leading}")
# 参保|率: what makes the verb after 将 a noun.
_NOUN_END = WordPattern(rf"[{NOUN_LAST}]|{{noun-suffix|compound|head-compound}}")


def looks_ahead(words: str) -> bool:
    """Whether 将 in the words before a number looks ahead; before a noun and before the number itself it is 把."""
    found = _MARKED.search(words)
    if found is None or not found["what"]:
        return False
    if _LEADS_ON.match(found["what"]):
        return True
    verb = lexicon().verb_at(found["what"], 0, len(found["what"]))
    return verb is not None and not _NOUN_END.match(found["what"][len(verb.text) :])


def acted_on(words: str) -> str:
    """The words before a number without who acts: 县医保局将|参保率提高到."""
    return words if looks_ahead(words) else _DISPOSED.sub("", words)
