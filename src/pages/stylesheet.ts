/** What makes pico's classless look Flowstate's: calm colours, a compact card, a focus ring that cannot be missed. */
export const STYLESHEET = `
:root {
  --pico-font-size: 100%;
  --pico-border-radius: 0.5rem;
  --pico-spacing: 0.9rem;
  --pico-form-element-spacing-vertical: 0.6rem;
  --pico-line-height: 1.5;
}
:root:not([data-theme=dark]) {
  --pico-background-color: #f5f7f7;
  --pico-card-background-color: #ffffff;
  --pico-color: #1c2b2d;
  --pico-muted-color: #4c5f62;
  --pico-primary: #0b6b63;
  --pico-primary-background: #0b6b63;
  --pico-primary-border: #0b6b63;
  --pico-primary-hover: #084f49;
  --pico-primary-hover-background: #084f49;
  --pico-primary-hover-border: #084f49;
  --pico-primary-inverse: #ffffff;
  --pico-primary-focus: #0b6b6355;
  --pico-form-element-border-color: #74888b;
  --pico-form-element-active-border-color: #0b6b63;
  --pico-form-element-invalid-border-color: var(--flowstate-alert);
  --pico-form-element-invalid-active-border-color: var(--flowstate-alert);
  --flowstate-alert: #9c1c1c;
  --flowstate-alert-background: #fdeeee;
  --flowstate-note-background: #fff6df;
  --flowstate-note: #6b4a00;
  --flowstate-code-background: #e6ecec;
  --flowstate-line: #d5dfdf;
}
@media (prefers-color-scheme: dark) {
  :root:not([data-theme=light]) {
    --pico-background-color: #121a1b;
    --pico-card-background-color: #1a2527;
    --pico-color: #e3ebeb;
    --pico-muted-color: #a5b6b8;
    --pico-primary: #5fd0c3;
    --pico-primary-background: #5fd0c3;
    --pico-primary-border: #5fd0c3;
    --pico-primary-hover: #8ae0d6;
    --pico-primary-hover-background: #8ae0d6;
    --pico-primary-hover-border: #8ae0d6;
    --pico-primary-inverse: #0c1516;
    --pico-primary-focus: #5fd0c366;
    --pico-form-element-background-color: #141e20;
    --pico-form-element-active-background-color: #141e20;
    --pico-form-element-border-color: #7c9193;
    --pico-form-element-active-border-color: #5fd0c3;
    --pico-form-element-invalid-border-color: var(--flowstate-alert);
    --pico-form-element-invalid-active-border-color: var(--flowstate-alert);
    --flowstate-alert: #ffb4ab;
    --flowstate-alert-background: #3b1e1e;
    --flowstate-note-background: #33290f;
    --flowstate-note: #f4d58d;
    --flowstate-code-background: #26363a;
    --flowstate-line: #35474a;
  }
}
body { display: flex; flex-direction: column; min-height: 100vh; }
body > header, body > main, body > footer { width: 100%; max-width: var(--flowstate-width, 52rem); padding-block: 1rem; }
body > main { flex: 1 0 auto; }
/* A page that asks one thing is one column: mark, card and footer share its edges. */
body:has(.card) { --flowstate-width: 34rem; }
body.wide { --flowstate-width: 66rem; }
body.wide > :is(header, main, footer) { padding-inline: 1rem; }
body > header nav { display: flex; flex-wrap: wrap; align-items: center; justify-content: space-between; gap: 0.5rem 1rem; }
body > footer { color: var(--pico-muted-color); font-size: 0.875rem; }
.brand { display: inline-flex; align-items: center; gap: 0.5rem; font-weight: 700; color: var(--pico-color); text-decoration: none; }
.brand svg { width: 1.5rem; height: 1.5rem; }
.account { display: flex; flex-wrap: wrap; align-items: center; gap: 0.5rem 1rem; margin: 0; font-size: 0.9375rem; }
.account form, .account button { margin: 0; width: auto; font-size: inherit; }
.card { margin: 0; padding: 1.25rem 1.75rem; border: 1px solid var(--flowstate-line); box-shadow: 0 1px 2px #0000000d, 0 8px 24px #0000000a; }
.card > :last-child, .card > form:last-child > :last-child { margin-bottom: 0; }
h1 { font-size: 1.3rem; margin-bottom: 0.6rem; overflow-wrap: anywhere; }
h2 { font-size: 1rem; margin: 1.1rem 0 0.4rem; }
label[for], fieldset legend, button:not(.link) { font-weight: 600; }
dl.facts { display: grid; grid-template-columns: max-content 1fr; align-items: baseline; gap: 0.2rem 1rem; margin: 0 0 0.9rem; }
dl.facts code { padding-block: 0.1rem; }
dl.facts dt { color: var(--pico-muted-color); font-weight: 400; margin: 0; }
dl.facts dd { margin: 0; font-weight: 600; overflow-wrap: anywhere; }
.alert, .note { border-left: 0.25rem solid; border-radius: 0.35rem; padding: 0.6rem 0.9rem; margin: 0 0 1rem; font-size: 0.9375rem; }
.alert { color: var(--flowstate-alert); background: var(--flowstate-alert-background); }
.note { color: var(--flowstate-note); background: var(--flowstate-note-background); }
.alert p, .note p, .note strong { margin: 0; color: inherit; }
.muted { color: var(--pico-muted-color); overflow-wrap: anywhere; }
.actions { display: flex; flex-wrap: wrap; gap: 0.75rem; margin: 0.75rem 0; }
.actions + p, form + p { margin-bottom: 0.5rem; }
.actions > * { flex: 1 1 8rem; margin: 0; }
button.quiet { background: transparent; color: var(--pico-primary); border-color: var(--pico-form-element-border-color); }
button.link { min-height: 1.5rem; margin: 0; background: none; border: 0; padding: 0; width: auto; font-weight: 400; color: var(--pico-primary); text-decoration: underline; }
ul.plain { padding-left: 1.1rem; columns: 12rem; column-gap: 2rem; margin-bottom: 0.5rem; font-size: 0.9375rem; line-height: 1.4; }
ul.plain li { margin-bottom: 0.15rem; break-inside: avoid; }
details { margin-bottom: 0; }
details summary { line-height: inherit; }
details summary::after { width: 1.5rem; height: 1.5rem; }
fieldset label { display: flex; align-items: flex-start; gap: 0.6rem; }
fieldset label > input:is([type=checkbox], [type=radio]) { flex: none; margin: 0.15rem 0 0; }
fieldset label:has([type=radio]) { border: 1px solid var(--flowstate-line); border-radius: var(--pico-border-radius); width: 100%; padding: 0.6rem 0.8rem; margin: 0 0 0.5rem; cursor: pointer; }
fieldset label:has([type=radio]:checked) { border-color: var(--pico-primary); font-weight: 600; }
code { overflow-wrap: anywhere; color: var(--pico-color); background: var(--flowstate-code-background); }
dl.ways { display: grid; grid-template-columns: 9rem 1fr; gap: 0.7rem 1.5rem; }
dl.ways dt { font-weight: 600; }
dl.ways dd { margin: 0; }
pre { white-space: pre-wrap; overflow-wrap: anywhere; }
.url { padding: 0.9rem 1.1rem; border: 1px solid var(--flowstate-line); border-radius: var(--pico-border-radius); background: var(--pico-card-background-color); }
.url code { padding: 0; background: none; font-size: 1.05rem; user-select: all; }
.scroll { overflow-x: auto; border: 1px solid var(--flowstate-line); border-radius: var(--pico-border-radius); background: var(--pico-card-background-color); }
.scroll table { margin: 0; font-size: 0.9375rem; }
.scroll :is(th, td) { background: none; padding: 0.6rem 0.9rem; vertical-align: top; }
.scroll tr:last-child td { border-bottom: 0; }
.scroll th { font-weight: 400; color: var(--pico-muted-color); border-bottom-width: 1px; }
.scroll time, .scroll small { white-space: nowrap; }
.scroll td:first-child { min-width: 9rem; }
.scroll td strong { font-weight: 600; overflow-wrap: anywhere; }
td form, td label { margin: 0; }
td form button[type=submit] { margin: 0; width: auto; padding: 0.3rem 0.8rem; font-size: inherit; }
:is(a, button, input, textarea, summary, .scroll):focus-visible { outline: 3px solid var(--pico-primary); outline-offset: 2px; }
input:is([type=email], [type=password], [type=text]):focus-visible { outline-offset: -1px; box-shadow: none; }
.skip { position: absolute; left: -99rem; }
.skip:focus { left: 1rem; top: 0.5rem; background: var(--pico-card-background-color); padding: 0.5rem 1rem; }
.tag { display: inline-block; padding: 0.05rem 0.5rem; border: 1px solid var(--flowstate-line); border-radius: 1rem; font-size: 0.8125rem; font-weight: 600; color: var(--pico-muted-color); vertical-align: middle; }
.tag:is(.approved, .merged) { color: var(--pico-primary); border-color: currentcolor; }
.tag.pending-approval { color: var(--flowstate-note); border-color: currentcolor; }
.tag.rejected { color: var(--flowstate-alert); border-color: currentcolor; }
ul.cards { padding: 0; }
ul.cards li { list-style: none; padding: 0.6rem 0.9rem; margin: 0 0 0.4rem; border: 1px solid var(--flowstate-line); border-radius: var(--pico-border-radius); background: var(--pico-card-background-color); }
ul.cards small { display: block; }
.decide { padding: 0.8rem 1.1rem 0.2rem; margin: 0 0 1rem; border: 1px solid var(--flowstate-line); border-radius: var(--pico-border-radius); background: var(--pico-card-background-color); }
h3 { font-size: 0.9375rem; margin: 0 0 0.4rem; }
.difference, .comment { box-shadow: none; padding: 0.7rem 1rem; margin: 0 0 0.6rem; border: 1px solid var(--flowstate-line); border-left-width: 0.25rem; }
.difference.created { border-left-color: var(--pico-primary); }
.difference.deleted { border-left-color: var(--flowstate-alert); }
.difference > :last-child, .comment > :last-child { margin-bottom: 0; }
.comment bdi { white-space: pre-line; }
.chart { margin: 0 0 1rem; padding: 0.8rem 1rem; border: 1px solid var(--flowstate-line); border-radius: var(--pico-border-radius); background: var(--pico-card-background-color); }
.chart figcaption { font-weight: 600; padding: 0 0 0.4rem; color: var(--pico-color); }
.chart svg { width: 100%; height: auto; }
.chart .grid { stroke: var(--flowstate-line); }
.chart .tick { fill: var(--pico-muted-color); font-size: 11px; }
.chart .line { fill: none; stroke-width: 2.5; }
.chart .line.live { stroke: var(--pico-muted-color); stroke-dasharray: 5 4; }
.chart .line.plan { stroke: var(--pico-primary); }
.chart .legend { margin: 0; font-size: 0.875rem; }
.chart .legend span::before { content: ''; display: inline-block; width: 1.6rem; margin-right: 0.4rem; vertical-align: middle; border-top: 2.5px solid var(--pico-primary); }
.chart .legend .live { margin-right: 1rem; }
.chart .legend .live::before { border-top: 2.5px dashed var(--pico-muted-color); }
@media (max-width: 30rem) { dl:is(.facts, .ways) { grid-template-columns: 1fr; gap: 0; } dl:is(.facts, .ways) dd { margin-bottom: 0.5rem; } }
`;

/** Three levels under one line: plan above state. */
export const FAVICON =
  '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 32"><rect width="32" height="32" rx="7" fill="#0b6b63"/><path d="M7 11c4-4 8 4 12 0s5-2 6-1M7 17c4-4 8 4 12 0s5-2 6-1M7 23c4-4 8 4 12 0s5-2 6-1" fill="none" stroke="#fff" stroke-width="2.4" stroke-linecap="round"/></svg>';
