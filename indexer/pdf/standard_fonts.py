"""The widths of the fonts that every reader of PDFs has, which a PDF therefore need not tell.

From Adobe's metrics for the standard fonts (ISO 32000-1, 9.6.2.2), in thousandths of the font
size, for the characters of WinAnsiEncoding. Oblique fonts are as wide as upright ones, Times'
italics nearly.
"""

from __future__ import annotations

_GROUPS: dict[str, dict[int, str]] = {
    "Helvetica": {
        191: "'", 222: "ijl‚‘’", 260: "|¦", 278: " !,./:;I[\\]ft\u00a0·ÌÍÎÏìíîï",
        333: "()-`r„ˆ‹“”˜›¡¨¯²³´¸¹", 334: "{}", 350: "•", 355: "\"", 365: "º", 370: "ª", 389: "*",
        400: "°", 469: "^", 500: "Jcksvxyzšžçýÿ", 537: "¶",
        556: "#$0123456789?L_abdeghnopqu€ƒ†‡–¢£¤¥§«µ»àáâãäåèéêëðñòóôõöùúûüþ", 584: "+<=>~¬±×÷",
        611: "FTZŽ¿ßø", 667: "&ABEKPSVXYŠŸÀÁÂÃÄÅÈÉÊËÝÞ", 722: "CDHNRUwÇÐÑÙÚÛÜ", 737: "©®",
        778: "GOQÒÓÔÕÖØ", 833: "Mm", 834: "¼½¾", 889: "%æ", 944: "Wœ", 1000: "…‰Œ—™Æ", 1015: "@",
    },
    "Helvetica-Bold": {
        238: "'", 278: " ,./I\\ijl‚‘’\u00a0·ÌÍÎÏìíîï", 280: "|¦", 333: "!()-:;[]`ftˆ‹˜›¡¨¯²³´¸¹",
        350: "•", 365: "º", 370: "ª", 389: "*r{}", 400: "°", 474: "\"", 500: "z„“”ž",
        556: "#$0123456789J_aceksvxy€ƒ†‡–š¢£¤¥§«¶»àáâãäåçèéêëýÿ", 584: "+<=>^~¬±×÷",
        611: "?FLTZbdghnopquŽµ¿ßðñòóôõöøùúûüþ", 667: "EPSVXYŠŸÈÉÊËÝÞ",
        722: "&ABCDHKNRUÀÁÂÃÄÅÇÐÑÙÚÛÜ", 737: "©®", 778: "GOQwÒÓÔÕÖØ", 833: "M", 834: "¼½¾",
        889: "%mæ", 944: "Wœ", 975: "@", 1000: "…‰Œ—™Æ",
    },
    "Times-Roman": {
        180: "'", 200: "|¦", 250: " ,.\u00a0·", 276: "ª", 278: "/:;\\ijltìíîï", 300: "²³¹",
        310: "º", 333: "!()-I[]`fr‚ˆ‹‘’˜›¡¨¯´¸ÌÍÎÏ", 350: "•", 389: "Jsš", 400: "°", 408: "\"",
        444: "?acez„“”ž¿àáâãäåçèéêë", 453: "¶", 469: "^", 480: "{}",
        500: "#$*0123456789_bdghknopquvxy€ƒ†‡–¢£¤¥§«µ»ßðñòóôõöøùúûüýþÿ", 541: "~", 556: "FPSŠÞ",
        564: "+<=>¬±×÷", 611: "ELTZŽÈÉÊË", 667: "BCRÇæ",
        722: "ADGHKNOQUVXYwœŸÀÁÂÃÄÅÐÑÒÓÔÕÖØÙÚÛÜÝ", 750: "¼½¾", 760: "©®", 778: "&m", 833: "%",
        889: "MŒÆ", 921: "@", 944: "W", 980: "™", 1000: "…‰—",
    },
    "Times-Bold": {
        220: "|¦", 250: " ,.\u00a0·", 278: "'/\\ilìíîï", 300: "ª²³¹", 330: "º",
        333: "!()-:;[]`fjt‚ˆ‹‘’˜›¡¨¯´¸", 350: "•", 389: "IsšÌÍÎÏ", 394: "{}", 400: "°",
        444: "cerzžçèéêë", 500: "#$*0123456789?J_agovxy€ƒ„†‡“”–¢£¤¥§«»¿àáâãäåðòóôõöøýÿ", 520: "~",
        540: "¶", 555: "\"", 556: "SbdhknpquŠµßñùúûüþ", 570: "+<=>¬±×÷", 581: "^", 611: "FPÞ",
        667: "BELTZŽÈÉÊË", 722: "ACDNRUVXYwœŸÀÁÂÃÄÅÇÐÑÙÚÛÜÝæ", 747: "©®", 750: "¼½¾",
        778: "GHKOQÒÓÔÕÖØ", 833: "&m", 930: "@", 944: "M", 1000: "%W…‰Œ—™Æ",
    },
}  # fmt: skip
_COURIER = dict.fromkeys(range(256), 600.0)


def standard_widths(name: str) -> dict[int, float]:
    """Give the widths of a standard font by character code; an unknown font counts as Helvetica."""
    lower = name.lower()
    if "courier" in lower:
        return _COURIER
    family = "Times" if "times" in lower else "Helvetica"
    weight = "-Bold" if "bold" in lower else "-Roman" if family == "Times" else ""
    widths: dict[int, float] = {}
    for width, characters in _GROUPS[family + weight].items():
        widths |= dict.fromkeys(characters.encode("cp1252"), float(width))
    return widths
