"""Danish for the little that Streamlit itself says.

Streamlit's page is marked as English, and its own labels are English; there is no setting for
either. A screen reader would read Danish minutes with an English voice. This script, which holds
no one's text, sets the language and translates the labels that a reader of this page can meet. It
sets attributes and text nodes only, so that an unknown label stays as it was. It also tells which
of the five views is the current one, which Streamlit's links do not.
"""

from __future__ import annotations

import json

_LABELS = {
    "Skip to main content": "Gå til indholdet",
    "Sidebar": "Afgræns",
    "Collapse sidebar": "Skjul afgrænsningerne",
    "Expand sidebar": "Vis afgrænsningerne",
    "Open sidebar": "Vis afgrænsningerne",
    "Selected values": "Valgte",
    "Clear all": "Fjern alle",
    "Open": "Åbn",
    "No results": "Intet fundet",
    "Select all": "Vælg alle",
    "Upload": "Vælg filer",
    "Add files": "Tilføj filer",
    "file upload": "Filer",
    "Copy to clipboard": "Kopiér teksten",
    "Copied": "Kopieret",
}

LANGUAGE = f"""<script>
document.documentElement.lang = "da";
if (!window.punktvisLabels) {{
  window.punktvisLabels = {json.dumps(_LABELS, ensure_ascii=False)};
  const say = (text) => window.punktvisLabels[text] || text.replace(/^Remove (?=\\S)/, "Fjern ");
  say.where = "a[href^='#'], [role=listbox] *, [data-testid=stFileUploaderDropzone] button p";
  const translate = () => {{
    for (const e of document.querySelectorAll("[aria-label]")) {{
      const label = e.getAttribute("aria-label");
      if (!e.closest(".stHtml") && say(label) !== label) e.setAttribute("aria-label", say(label));
    }}
    for (const e of document.querySelectorAll(say.where)) {{
      const text = e.childNodes.length === 1 && e.firstChild.nodeType === 3 && e.firstChild;
      if (text && window.punktvisLabels[text.data]) text.data = window.punktvisLabels[text.data];
    }}
    for (const link of document.querySelectorAll(".st-key-views a")) {{
      const name = (path) => path.split("/").pop();
      const here = name(link.getAttribute("href")) === name(location.pathname);
      if (here !== link.hasAttribute("aria-current")) link.toggleAttribute("aria-current", here);
      if (here) link.setAttribute("aria-current", "page");
    }}
  }};
  let planned = 0;
  new MutationObserver(() => {{
    cancelAnimationFrame(planned);
    planned = requestAnimationFrame(translate);
  }}).observe(document.body, {{ childList: true, subtree: true }});
  translate();
}}
</script>"""
