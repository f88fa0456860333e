"""The page's typography: one column, one accent colour, nothing that is not information.

``light-dark()`` follows the ``color-scheme`` that Streamlit sets with its theme; the accent is the
``primaryColor`` of ``.streamlit/config.toml``.
"""

from __future__ import annotations

STYLE = """<style>
.stApp {
  --pv-accent: light-dark(#1d5c63, #86c5c9);
  --pv-on-accent: light-dark(#ffffff, #17191a);
  --pv-text: light-dark(#23211d, #e7e4dd);
  --pv-quiet: light-dark(#5f5a51, #aba79e);
  --pv-line: light-dark(#e2ddd3, #34393b);
  --pv-mark: light-dark(#d9e9e7, #23474b);
  --pv-serif: "Source Serif", Charter, "Iowan Old Style", Georgia, serif;
  --pv-sans: "Source Sans", system-ui, sans-serif;
}
.stMainBlockContainer { max-width: 44rem; padding: 4.25rem 1.25rem 4rem; }
.stMainBlockContainer > .stVerticalBlock { gap: .9rem; }
[data-testid="InputInstructions"] { display: none; }

/* Plain things, named twice because Streamlit's own rules are specific */
.stHtml { overflow-wrap: break-word; }
.stHtml :is(p, ul, ol, li, h1, h2, h3, h4) { margin: 0; padding: 0; font-size: inherit;
  line-height: inherit; letter-spacing: inherit; }
.stHtml h2 { margin: 2.2rem 0 .7rem; font: 600 .92rem/1.4 var(--pv-sans); color: var(--pv-quiet); }
.stHtml a, .stHtml a:visited { color: var(--pv-accent); }
.stHtml :is(a, summary, .pv-table):focus-visible { outline: 2px solid var(--pv-accent);
  outline-offset: 2px; border-radius: .15rem; }
.stHtml summary { display: grid; grid-template-columns: 1.1rem minmax(0, 1fr); width: fit-content;
  padding: .2rem 0; color: var(--pv-accent); cursor: pointer; }
.stHtml summary::-webkit-details-marker { display: none; }
.stHtml summary::before { content: ""; width: .38rem; height: .38rem; margin: .5em 0 0 .1rem;
  border: solid var(--pv-quiet); border-width: 0 1.5px 1.5px 0; transform: rotate(-45deg); }
.stHtml [open] > summary::before { transform: rotate(45deg); }

/* The name, and what stands around the question */
.stHtml .pv-name { font: 600 1.3rem/1.2 var(--pv-serif); }
.stHtml .pv-name a { color: inherit; text-decoration: none; }
.pv-name a::before { content: ""; display: inline-block; width: .5em; height: .5em;
  margin-right: .4em; border-radius: 50%; background: var(--pv-accent); }
.stHtml .pv-lead { margin: 2.2rem 0 .4rem; font: 400 2.05rem/1.22 var(--pv-serif);
  letter-spacing: -.014em; text-wrap: balance; }
.pv-about { color: var(--pv-quiet); font-size: .92rem; line-height: 1.6; }
.pv-foot { margin-top: 1.4rem; padding-top: 1rem; border-top: 1px solid var(--pv-line); }
:is([data-testid="stTextInputRootElement"], [data-testid="stTextAreaRootElement"],
  [data-testid="stSelectbox"], [data-testid="stMultiSelect"]):has(:focus-visible),
.stMain:focus-visible { outline: 2px solid var(--pv-accent); outline-offset: -2px; }
.stForm { margin-top: .5rem; }
.stForm .stHorizontalBlock { gap: .6rem; }
.stForm [data-testid="stTextInputRootElement"], .stForm button { min-height: 3rem; height: 3rem; }
.stForm input { font-size: 1.08rem; }
.stForm button p { font-size: 1rem; }
.stForm [data-testid="stBaseButton-primaryFormSubmit"] p { color: var(--pv-on-accent); }

.st-key-examples { gap: 0; }
.stHtml .pv-try { margin: 1.6rem 0 .3rem; }
.st-key-examples button { justify-content: flex-start; padding: .62rem 0; border: 0;
  border-bottom: 1px solid var(--pv-line); border-radius: 0; }
.st-key-examples button div, .st-key-examples button span { justify-content: flex-start;
  text-align: left; }
.st-key-examples button p { font: 400 1.14rem/1.42 var(--pv-serif); text-align: left;
  white-space: normal; }

.st-key-understood { gap: .4rem .5rem; align-items: center; min-height: 1.9rem; }
.st-key-understood button { min-height: 1.75rem; padding: .1rem .7rem; border-radius: 1rem; }
.st-key-understood button p, .pv-chips { font: 400 .88rem/1.4 var(--pv-sans); }
.pv-chips { display: flex; flex-wrap: wrap; align-items: center; gap: .35rem .45rem;
  color: var(--pv-quiet); }
.pv-chips ul { display: contents; list-style: none; }
.stHtml .pv-chips li { padding: .1rem .65rem; border: 1px dashed var(--pv-line);
  border-radius: 1rem; }

/* The answer */
.stHtml .pv-said { margin-top: .5rem; font: 400 1.6rem/1.44 var(--pv-serif);
  letter-spacing: -.008em; white-space: pre-line; scroll-margin-top: 5rem; }
.stHtml .pv-said.pv-no { font-size: 1.4rem; }
.stHtml .pv-said.pv-long { font-size: 1.25rem; line-height: 1.56; letter-spacing: 0; }
.stHtml .pv-said.pv-long p + p { margin-top: .5em; }
.stHtml .pv-said.pv-long :is(ul, ol) { font-size: 1em; }
.stHtml .pv-said :is(ul, ol) { margin: .4em 0 .5em; padding-left: 1.1em; font-size: .84em;
  line-height: 1.5; }
.stHtml .pv-said ol { padding-left: 1.45em; }
.stHtml .pv-said li { margin-bottom: .3em; padding-left: .15em; }
.pv-said li::marker { color: var(--pv-quiet); }
.pv-said sup { position: relative; top: -.66em; margin-left: .1em; white-space: nowrap;
  font: 600 .54em/0 var(--pv-sans); letter-spacing: 0; vertical-align: baseline; }
.pv-said.pv-long sup { font-size: .62em; }
.stHtml .pv-said sup a { padding: .4em .1em; text-decoration: none; }
.stHtml .pv-said sup a:hover { text-decoration: underline; }
.stHtml .pv-proof { margin-top: 1rem; color: var(--pv-quiet); font-size: .92rem; line-height: 1.5; }
.pv-proof strong { font-weight: 600; color: var(--pv-text); }

/* The proof */
.pv-source { padding: 1.1rem 0 1rem; border-top: 1px solid var(--pv-line); }
.stHtml .pv-source h3 { font: 600 1.16rem/1.35 var(--pv-serif); }
.stHtml .pv-where { margin-top: .2rem; color: var(--pv-quiet); font-size: .92rem;
  line-height: 1.5; }
.pv-quote { display: grid; grid-template-columns: 2.1rem minmax(0, 1fr); margin-top: 1.1rem;
  scroll-margin-top: 5rem; outline: 0; }
.stHtml .pv-number { justify-self: start; width: 1.4rem; height: 1.4rem; border-radius: .7rem;
  text-align: center; text-decoration: none; font: 600 .82rem/1.4rem var(--pv-sans);
  box-shadow: inset 0 0 0 1px var(--pv-accent); }
.stHtml .pv-quote:target .pv-number { background: var(--pv-accent); color: var(--pv-on-accent); }
.stHtml .pv-kind { margin-bottom: .5rem; font-size: .92rem; line-height: 1.4rem;
  color: var(--pv-quiet); }
.pv-kind b { margin-right: .35rem; font-weight: 600; color: var(--pv-text); }
.stHtml .pv-tag { padding: .06rem .5rem .1rem; border: 1px solid var(--pv-accent);
  border-radius: .25rem; color: var(--pv-accent); }
.stHtml .pv-council { background: var(--pv-accent); color: var(--pv-on-accent); }
.stHtml .pv-proposal { border: 1px dashed var(--pv-quiet); color: var(--pv-text); }
.pv-quote blockquote { margin: 0; padding: 0; border: 0; opacity: 1; color: inherit;
  font: 400 1.08rem/1.62 var(--pv-serif); }
.pv-source mark, .pv-item mark { padding: .1em .1em; color: inherit;
  background: var(--pv-mark); border-radius: .15em; -webkit-box-decoration-break: clone;
  box-decoration-break: clone; }
.stHtml :is(blockquote, .pv-item) :is(p, ul, ol) { margin-bottom: .6em; }
.stHtml :is(blockquote, .pv-item) :is(ul, ol) { padding-left: 1.25em; }
.stHtml :is(blockquote, .pv-item) li { margin-bottom: .2em; }
.stHtml blockquote > :last-child { margin-bottom: 0; }
.pv-quote blockquote strong { font-weight: inherit; }
.pv-more { display: flex; flex-wrap: wrap; gap: .2rem 1.4rem; margin-top: .7rem;
  padding-left: 2.1rem; font-size: .92rem; }
.pv-more details[open] { flex-basis: 100%; }
.pv-item { margin: .6rem 0 .8rem; padding-left: 1.1rem; border-left: 1px solid var(--pv-line);
  font: 400 1.04rem/1.62 var(--pv-serif); }
.stHtml .pv-item h4 { margin: 1.2em 0 .25em; font: 600 .92rem/1.4 var(--pv-sans); }
.stHtml .pv-item > h4:first-child { margin-top: 0; }
.pv-table { overflow-x: auto; margin: 0 0 .8em; }
.pv-table table { border-collapse: collapse; font: 400 .95rem/1.45 var(--pv-sans);
  font-variant-numeric: tabular-nums; }
.pv-table :is(th, td) { padding: .34rem 1.2rem .34rem 0; text-align: left; vertical-align: top;
  border: 0; border-bottom: 1px solid var(--pv-line); }
.pv-table th { font-weight: 600; }
.pv-table .pv-figure { text-align: right; white-space: nowrap; }

/* What else there is */
.stHtml .pv-nearby { list-style: none; border-top: 1px solid var(--pv-line); }
.stHtml .pv-nearby li { padding: .55rem 0; border-bottom: 1px solid var(--pv-line); }
.stHtml .pv-nearby summary { width: auto; color: inherit; line-height: 1.45; }
.stHtml .pv-nearby summary strong { font: 400 1.08rem/1.4 var(--pv-serif); }
.pv-nearby summary:hover strong { color: var(--pv-accent); }
.pv-nearby summary span { grid-column: 2; color: var(--pv-quiet); font-size: .9rem; }
.stHtml .pv-advice ul { padding-left: 1.1rem; }
.stHtml .pv-advice li { margin-bottom: .3rem; line-height: 1.5; }
.stHtml .pv-wrong { margin-top: 1rem; padding-left: 1rem; border-left: 3px solid var(--pv-accent);
  font: 400 1.25rem/1.5 var(--pv-serif); }

/* What confines the search: present, and quiet */
[data-testid="stSidebarHeader"] { height: 3.2rem; margin-bottom: 0; }
[data-testid="stExpandSidebarButton"] { width: auto; margin-left: -.5rem; padding-inline: .35rem; }
[data-testid="stExpandSidebarButton"]::after { content: "Afgræns"; margin-left: .35rem;
  font: 400 .92rem/1 var(--pv-sans); color: var(--pv-quiet); }
[data-testid="stSidebar"] .stHtml h2 { margin: 0 0 .2rem; }
[data-testid="stSidebar"] [data-tag] { background: var(--pv-mark); color: var(--pv-text); }

@media (max-width: 32rem) {
  .stMainBlockContainer { padding-inline: 1.1rem; }
  .stHtml .pv-lead { margin-top: 1.4rem; font-size: 1.65rem; }
  .stHtml .pv-said { font-size: 1.34rem; }
  .stHtml .pv-said.pv-no { font-size: 1.24rem; }
  .stHtml .pv-said.pv-long { font-size: 1.15rem; }
  .pv-quote { grid-template-columns: 1.9rem minmax(0, 1fr); }
  .pv-more { padding-left: 1.9rem; }
}
@media print {
  [data-testid="stSidebar"], .stForm, .pv-more > details:not([open]) { display: none; }
}
</style>"""
