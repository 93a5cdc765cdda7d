"""How a node is drawn by its type: shape, colour, name, and the size of its label."""

from __future__ import annotations

from dataclasses import dataclass

LABEL_WIDTH = 9  # characters of a label before it goes to the next line
LABEL_LINES = 3
LETTER = 17  # pixels of a Chinese character on the page
LINE = 21  # pixels from line to line
ICON = 30  # pixels of a mark that carries its label underneath


@dataclass(frozen=True, slots=True)
class NodeStyle:
    """Shape and colour of a type of node, and the type's name in Chinese and English."""

    shape: str
    colour: str
    zh: str
    en: str

    @property
    def holds_label(self) -> bool:
        """Whether the label is inside the shape."""
        return self.shape in ("box", "ellipse", "text")


# White letters reach a contrast of 4.5:1 on every filled colour.
NODE_STYLES = {
    "Organization": NodeStyle("box", "#1f4e79", "机构", "Body"),
    "Group": NodeStyle("ellipse", "#8a5a0b", "群体", "Group"),
    "Area": NodeStyle("dot", "#2f855a", "地区", "Area"),
    "Person": NodeStyle("star", "#b83232", "人物", "Person"),
    "Post": NodeStyle("hexagon", "#c05621", "职务", "Post"),
    "Programme": NodeStyle("box", "#6b46c1", "项目", "Programme"),
    "PolicyDocument": NodeStyle("box", "#4a5568", "文件", "Document"),
    "Platform": NodeStyle("diamond", "#0987a0", "平台", "Platform"),
    "Event": NodeStyle("triangle", "#97266d", "活动", "Event"),
    "Figure": NodeStyle("box", "#3f6b1c", "数字", "Figure"),
    "Indicator": NodeStyle("box", "#4d7018", "指标", "Indicator"),
    "Report": NodeStyle("box", "#56606e", "报告", "Report"),
    "Concept": NodeStyle("text", "#64748b", "概念", "Concept"),
    "Matter": NodeStyle("text", "#64748b", "事项", "Matter"),
}


def wrap(label: str) -> str:
    """A label on at most three lines; what does not fit ends in ``…``."""
    lines = [""]
    for word in label.split():
        if lines[-1] and _breadth(f"{lines[-1]} {word}") <= LABEL_WIDTH:
            lines[-1] += f" {word}"
            continue
        if lines[-1]:
            lines.append("")
        for letter in word:
            if _breadth(lines[-1] + letter) > LABEL_WIDTH:
                lines.append("")
            lines[-1] += letter
    if len(lines) > LABEL_LINES:
        lines = [*lines[: LABEL_LINES - 1], lines[LABEL_LINES - 1][:-1] + "…"]
    return "\n".join(lines)


def _breadth(text: str) -> float:
    """The width of a text in Chinese characters; Latin letters and digits are narrower."""
    return sum(1.0 if ord(letter) > 0x2E7F else 0.58 for letter in text)


def extent(label: str, kind: str) -> tuple[float, float]:
    """Width and height in pixels of a node with its label."""
    lines = wrap(label).split("\n")
    width = max(map(_breadth, lines)) * LETTER
    height = float(len(lines) * LINE)
    mark = NODE_STYLES[kind]
    if mark.shape == "ellipse":
        return width * 1.42, height * 1.42 + 8
    if mark.holds_label:
        return width + 22, height + 18
    return max(width, ICON), height + ICON + 8
