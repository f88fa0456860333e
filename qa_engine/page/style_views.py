"""The typography of what the other views show, and of what stands below a source."""

from __future__ import annotations

VIEWS_STYLE = """<style>
/* The name and the five views */
.st-key-top { gap: .4rem 1.4rem; flex-wrap: wrap; justify-content: space-between;
  padding-bottom: .6rem; border-bottom: 1px solid var(--pv-line); }
.st-key-views { gap: .1rem 1rem; flex-wrap: wrap; width: auto; }
.st-key-views a { padding: .25rem .1rem; border-bottom: 2px solid transparent; border-radius: 0;
  background: none; }
.st-key-views a p { font: 400 .98rem/1.5 var(--pv-sans); color: var(--pv-quiet); }
.st-key-views a:hover p { color: var(--pv-accent); }
.st-key-views a[aria-current] { border-color: var(--pv-accent); }
.st-key-views a[aria-current] p { color: var(--pv-text); font-weight: 600; }
.st-key-views a:focus-visible { outline: 2px solid var(--pv-accent); outline-offset: 2px; }

/* A marker stays with the word before it */
.pv-said sup::before { content: "\\2060"; }

/* Below an answer and below a source: quiet, in one line */
:is(.st-key-answer-tools, .st-key-found-tools, .st-key-referat, [class*="st-key-tools-"]) {
  gap: .2rem 1.2rem;
  flex-wrap: wrap; }
[class*="st-key-tools-"] { padding-left: 2.1rem; margin-top: -.9rem; align-items: center; }
:is(.st-key-answer-tools, .st-key-referat, [class*="st-key-tools-"]) button {
  min-height: 1.9rem; padding: 0; }
:is(.st-key-answer-tools, .st-key-found-tools, .st-key-referat,
  [class*="st-key-tools-"]) button p {
  font: 400 .92rem/1.5 var(--pv-sans); color: var(--pv-accent); }
.st-key-referat { align-items: center; }
/* On a tablet nothing hovers, so what copies is always seen */
[data-testid="stCode"] div:has([data-testid="stElementToolbarButton"]) {
  opacity: 1; visibility: visible; }
/* Streamlit's own sentence about files is English, and the label says it */
[data-testid="stFileUploaderDropzoneInstructions"] { display: none; }
.stHtml .pv-links { display: flex; flex-wrap: wrap; gap: .2rem 1.2rem; font-size: .92rem; }
.stHtml .pv-links a { text-decoration: none; }
.stHtml .pv-links a:hover { text-decoration: underline; }
.stHtml .pv-note { padding: .7rem 0 .7rem 1rem; border-left: 3px solid var(--pv-line);
  color: var(--pv-quiet); line-height: 1.55; max-width: 38rem; }
.pv-page { margin: .2rem 0 1.2rem; }
.pv-page img { display: block; width: 100%; height: auto; border: 1px solid var(--pv-line); }
.pv-page figcaption { margin-top: .4rem; color: var(--pv-quiet); font-size: .88rem; }
.pv-unseen { position: absolute; width: 1px; height: 1px; overflow: hidden;
  clip-path: inset(50%); white-space: nowrap; }

/* How something ended: a word in a frame, filled for a yes, double for a no, dashed while open */
.stHtml .pv-outcome { display: inline-block; padding: .02rem .5rem .06rem; border-radius: .25rem;
  font: 600 .86rem/1.5 var(--pv-sans); white-space: nowrap; vertical-align: .1em; }
.stHtml .pv-firm { background: var(--pv-mark); color: var(--pv-text); }
.stHtml .pv-against { border: 3px double var(--pv-quiet); padding-block: 0; }
.stHtml .pv-open { border: 1px dashed var(--pv-quiet); }

/* Precedents and cases */
.stHtml .pv-title { margin: 1.2rem 0 .2rem; font: 600 1.5rem/1.3 var(--pv-serif);
  color: var(--pv-text); }
.stHtml .pv-group > h2 { margin-top: 2rem; font-size: 1rem; color: var(--pv-text); }
.stHtml .pv-group > h2 span { margin-left: .3rem; font-weight: 400; color: var(--pv-quiet); }
.pv-precedent { padding: 1.1rem 0 1rem; border-top: 1px solid var(--pv-line); }
.stHtml .pv-precedent h3 { font: 600 1.16rem/1.35 var(--pv-serif); }
.stHtml .pv-facts { margin: .6rem 0 0; padding: 0; font-size: .92rem; line-height: 1.5; }
.pv-facts div { display: grid; grid-template-columns: 6.6rem minmax(0, 1fr); }
.pv-facts dt { color: var(--pv-quiet); }
.stHtml .pv-facts :is(dt, dd) { margin: 0; padding: 0; font-size: inherit; }
.pv-sides { display: grid; grid-template-columns: repeat(2, minmax(0, 1fr)); gap: 1rem 2rem;
  margin-top: .9rem; }
.pv-side { font: 400 1.02rem/1.58 var(--pv-serif); }
.pv-side:only-child { grid-column: 1 / -1; }
.stHtml .pv-side .pv-kind { font-family: var(--pv-sans); }
.stHtml .pv-side :is(p, ul, ol) { margin-bottom: .5em; }
.stHtml .pv-side :is(ul, ol) { padding-left: 1.2em; }
.stHtml .pv-side ul { list-style: disc; }
.pv-precedent .pv-more, .pv-case .pv-more { padding-left: 0; align-items: center; }
:is(.pv-precedent, .pv-case) .pv-more > details[open] { order: 1; }
.stHtml .pv-earlier { list-style: none; }
.stHtml .pv-earlier li { padding: .25rem 0; }
.stHtml .pv-timeline { list-style: none; margin-top: 1.4rem; padding-left: 1.3rem;
  border-left: 2px solid var(--pv-line); }
.pv-timeline > li { position: relative; padding: 0 0 1.8rem; }
.pv-timeline > li::before { content: ""; position: absolute; left: -1.75rem; top: .38rem;
  width: .75rem; height: .75rem; border-radius: 50%; background: var(--pv-accent); }
.stHtml .pv-when { color: var(--pv-quiet); font-size: .92rem; }
.stHtml .pv-timeline h3 { font: 600 1.16rem/1.5 var(--pv-serif); }
.stHtml .pv-vote { margin-top: .35rem; font-size: .92rem; line-height: 1.5; }
.stHtml .pv-final, .stHtml .pv-pending { margin-top: .7rem; padding-left: .8rem;
  border-left: 3px solid var(--pv-accent); }
.stHtml .pv-pending { border-left-style: dashed; }

/* Meetings */
.stHtml :is(.pv-meetings, .pv-cases) { list-style: none; border-top: 1px solid var(--pv-line); }
.stHtml :is(.pv-meetings, .pv-cases) li { padding: .5rem 0; line-height: 1.5;
  border-bottom: 1px solid var(--pv-line); }
.stHtml :is(.pv-meetings, .pv-cases) .pv-sum { white-space: nowrap; }
.stHtml :is(.pv-meetings, .pv-cases) a { text-decoration: none;
  font: 400 1.06rem/1.45 var(--pv-serif); }
.stHtml :is(.pv-meetings, .pv-cases) a:hover { text-decoration: underline; }
.stHtml :is(.pv-meetings, .pv-cases) li > span { display: block; color: var(--pv-quiet);
  font-size: .9rem; }
details.pv-whole { border-bottom: 1px solid var(--pv-line); padding: .3rem 0; }
.stHtml .pv-whole > summary { width: auto; color: inherit; }
.stHtml .pv-whole > summary strong { font: 400 1.08rem/1.4 var(--pv-serif); }
.pv-inside { padding: .2rem 0 .6rem 1.1rem; }
.pv-chosen { border-bottom: 1px solid var(--pv-line); padding-bottom: .8rem; }
.stHtml .pv-chart { width: 100%; }
.stHtml .pv-chart :is(td, th) { min-width: 4.4rem; }
.pv-chart td.pv-figure + td { width: 100%; }
.pv-bar { display: block; height: .45rem; margin-top: .3rem;
  background: var(--pv-accent); }
.stHtml .pv-notes p { max-width: 38rem; line-height: 1.6; }
.stHtml .pv-unread li { padding: .2rem 0; }
.stHtml .pv-name-of { font-family: var(--pv-sans); }

@media (max-width: 40rem) {
  .pv-sides { grid-template-columns: minmax(0, 1fr); }
  [class*="st-key-tools-"] { padding-left: 1.9rem; }
}
</style>"""
