"""Reading PDFs: from a file to its text, page by page.

page → words (words) → lines (lines) → without headers and footers (furniture)
     → tables and running text (tables, flow)
"""

from __future__ import annotations

from indexer.pdf.reading import PdfText, read_pdf

__all__ = ["PdfText", "read_pdf"]
