"""Four layouts, each as one sort of municipal system prints its minutes."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Literal

import reportlab
from reportlab.lib import colors
from reportlab.lib.enums import TA_CENTER, TA_JUSTIFY, TA_LEFT
from reportlab.lib.styles import ParagraphStyle
from reportlab.lib.units import mm
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont

# Bitstream Vera comes with reportlab; it is embedded, unlike the two that every reader has.
_FONTS = Path(reportlab.__file__).parent / "fonts"
for _name, _file in (("Vera", "Vera"), ("Vera-Bold", "VeraBd"), ("Vera-Italic", "VeraIt")):
    pdfmetrics.registerFont(TTFont(_name, str(_FONTS / f"{_file}.ttf")))
pdfmetrics.registerFontFamily("Vera", "Vera", "Vera-Bold", "Vera-Italic", "Vera-Bold")


@dataclass(frozen=True)
class Layout:
    """How a municipality's minutes look.

    Attributes:
        name: In one word.
        font: Family of the text.
        bold: The font of headings.
        size: Of the text, in points; the rest follows.
        leading: Distance of lines, as a part of the size.
        margins: Left, right, top and bottom.
        justified: Whether lines are stretched to the right margin.
        hyphenated: Whether words are cut at the end of a line.
        labels_bold: Whether the labels in an item are in bold.
        items_on_new_page: Whether each item begins a page.
        bullet: What stands before list elements, or "" for the marker of the source.
        contents_in_one: Whether a line of the contents is drawn as one string, dots and all.
        header: Running header, left and right; {page}, {pages} and {title} are filled in.
        footer: Running footer, left and right.
        table: reportlab's table commands.
        item_size: Size of item headings, as a part of the size.
        centred_title: Whether the document's title is centred.
        figures_right: Whether columns of figures are set to the right.
        colour: Of the title, of item headings and of the rules beside header and footer.
        ruled: Whether a rule parts header and footer from the text.
    """

    name: str
    font: str
    bold: str
    size: float
    leading: float
    margins: tuple[float, float, float, float]
    header: tuple[str, str] = ("", "")
    footer: tuple[str, str] = ("", "")
    justified: bool = False
    hyphenated: bool = False
    labels_bold: bool = True
    items_on_new_page: bool = False
    bullet: str = ""
    contents_in_one: bool = False
    item_size: float = 1.3
    centred_title: bool = False
    table: tuple[Any, ...] = field(default=())  # reportlab's own type for it has no name

    figures_right: bool = False
    colour: colors.Color = colors.black
    ruled: bool = False

    def style(self, kind: str) -> ParagraphStyle:
        """Make the style of a kind of block: title, item, label, text, element, cell, head."""
        size = self.size * {
            "title": 1.7,
            "item": self.item_size,
            "label": 1.1,
            "cell": 0.92,
            "head": 0.92,
        }.get(kind, 1.0)
        is_bold = kind in ("title", "item", "head") or (kind == "label" and self.labels_bold)
        aligned: Literal[0, 1, 4] = (
            TA_JUSTIFY if self.justified and kind in ("text", "element") else TA_LEFT
        )
        before = {"title": 0.0, "item": 1.4, "label": 1.0}.get(kind, 0.0) * self.size
        after = {"title": 1.2, "item": 0.5, "label": 0.25, "text": 0.7, "element": 0.25}.get(
            kind, 0.0
        ) * self.size
        indent = 1.6 * self.size if kind == "element" else 0.0
        return ParagraphStyle(
            f"{self.name}-{kind}",
            fontName=self.bold if is_bold else self.font,
            fontSize=size,
            leading=size * (1.15 if kind in ("cell", "head") else self.leading),
            alignment=TA_CENTER if kind == "title" and self.centred_title else aligned,
            spaceBefore=before,
            spaceAfter=after,
            leftIndent=indent,
            bulletIndent=0.4 * self.size if kind == "element" else 0.0,
            embeddedHyphenation=int(self.hyphenated),
            textColor=self.colour if kind in ("title", "item") else colors.black,
            keepWithNext=int(kind in ("item", "label")),
        )  # fmt: skip


_GREY = colors.Color(0.9, 0.92, 0.94)

# As the most common public portal prints: one item a page, dots in the contents, ruled tables.
PORTAL = Layout(
    name="portal",
    font="Helvetica",
    bold="Helvetica-Bold",
    size=10.5,
    leading=1.3,
    margins=(25 * mm, 25 * mm, 25 * mm, 25 * mm),
    header=("", "{title}"),
    footer=("", "Side {page} af {pages}"),
    items_on_new_page=True,
    bullet="•",
    contents_in_one=True,
    colour=colors.Color(0.0, 0.22, 0.42),
    table=(
        ("GRID", (0, 0), (-1, -1), 0.5, colors.grey),
        ("VALIGN", (0, 0), (-1, -1), "TOP"),
    ),
)
# A word processor's template: a serif font, justified, rules under the rows.
TEMPLATE = Layout(
    name="template",
    font="Times-Roman",
    bold="Times-Bold",
    size=11.5,
    leading=1.2,
    margins=(30 * mm, 22 * mm, 28 * mm, 24 * mm),
    header=("{title}", "{page}"),
    footer=("Dokumentet er elektronisk godkendt", ""),
    justified=True,
    figures_right=True,
    item_size=1.15,
    ruled=True,
    table=(
        ("LINEBELOW", (0, 0), (-1, -1), 0.3, colors.grey),
        ("LINEABOVE", (0, 0), (-1, 0), 0.8, colors.black),
        ("VALIGN", (0, 0), (-1, -1), "MIDDLE"),
    ),
)
# A case system's plain print: capitals for labels, tables without rules.
PLAIN = Layout(
    name="plain",
    font="Helvetica",
    bold="Helvetica-Bold",
    size=10.0,
    leading=1.45,
    margins=(28 * mm, 40 * mm, 22 * mm, 28 * mm),
    footer=("{title}", "{page}/{pages}"),
    labels_bold=False,
    item_size=1.0,
    centred_title=True,
    table=(("VALIGN", (0, 0), (-1, -1), "TOP"), ("LEFTPADDING", (0, 0), (0, -1), 0)),
)
# A newer portal: an embedded font, hyphenated, a coloured head over each table.
MODERN = Layout(
    name="modern",
    font="Vera",
    bold="Vera-Bold",
    size=9.0,
    leading=1.5,
    margins=(22 * mm, 22 * mm, 30 * mm, 22 * mm),
    header=("{title}", ""),
    footer=("Side {page}", "Udskrevet fra dagsordenssystemet"),
    hyphenated=True,
    figures_right=True,
    colour=colors.Color(0.05, 0.35, 0.3),
    ruled=True,
    bullet="–",
    item_size=1.5,
    table=(
        ("BACKGROUND", (0, 0), (-1, 0), _GREY),
        ("BOX", (0, 0), (-1, -1), 0.6, colors.black),
        ("LINEBELOW", (0, 0), (-1, 0), 0.6, colors.black),
        ("VALIGN", (0, 0), (-1, -1), "MIDDLE"),
    ),
)

LAYOUTS = (PORTAL, TEMPLATE, PLAIN, MODERN)


def layout_of(stem: str) -> Layout:
    """Tell in which layout a source of the corpus is printed, from its file name."""
    if stem.startswith("fjordby"):
        return PORTAL
    if stem.startswith("noerrevang"):
        return MODERN
    return PLAIN if "kommunalbestyrelsen" in stem else TEMPLATE
