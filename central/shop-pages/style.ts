/** In the colours of the terminal's screens. */
export const STYLE = `
:root { --brand: #0a6650; --ink: #1d201e; --soft: #494b47; --line: #e2dcd0; --control: #8a8375; --paper: #f7f4ee; --red: #b3241b; }
* { box-sizing: border-box; }
body { margin: 0; background: var(--paper); color: var(--ink); font: 1.0625rem/1.6 "BIZ UDPGothic", "Noto Sans JP", "Noto Sans SC", "Noto Sans KR", system-ui, sans-serif; }
header, main { max-width: 46rem; margin: 0 auto; padding: 1rem 1.25rem; }
header { display: flex; flex-wrap: wrap; gap: .5rem 1.5rem; align-items: baseline; border-bottom: 1px solid var(--line); }
.name { margin: 0; font-weight: 700; flex: 1 0 auto; }
ul { list-style: none; margin: 0; padding: 0; }
.languages, .menu { display: flex; flex-wrap: wrap; gap: .25rem 1rem; }
.menu { font-weight: 700; }
a, span[aria-current] { display: inline-block; padding: .375rem 0; }
a { color: var(--brand); }
span[aria-current] { color: var(--soft); }
.sign-out { display: flex; gap: .75rem; align-items: baseline; color: var(--soft); }
h1 { margin: 1.5rem 0 1rem; font-size: 1.75rem; line-height: 1.35; text-wrap: balance; word-break: auto-phrase; }
form.main { display: grid; gap: 1.25rem; max-width: 30rem; }
label { display: block; font-weight: 700; }
.choices { display: grid; gap: .5rem; margin: 0; padding: 0; border: 0; }
.choices legend { margin-bottom: .5rem; padding: 0; font-weight: 700; }
.choices label { display: flex; gap: .75rem; align-items: center; min-height: 3rem; padding: .5rem .75rem; border: 2px solid var(--control); border-radius: .5rem; background: #fff; font-weight: 400; overflow-wrap: anywhere; }
.hint { margin: 0; color: var(--soft); font-size: .9375rem; }
input, select { width: 100%; min-height: 3rem; padding: .5rem .75rem; border: 2px solid var(--control); border-radius: .5rem; background: #fff; color: inherit; font: inherit; }
.choices input { flex: none; width: 1.25rem; height: 1.25rem; min-height: 0; margin: 0; accent-color: var(--brand); }
input.code { font-size: 1.5rem; letter-spacing: .12em; text-transform: uppercase; }
button { min-height: 3rem; padding: .5rem 1.5rem; border: 0; border-radius: .5rem; background: var(--brand); color: #fff; font: inherit; font-weight: 700; cursor: pointer; }
button.quiet { min-height: 2.5rem; padding: .25rem .75rem; border: 1px solid var(--control); background: #fff; color: var(--ink); font-weight: 400; }
button.danger { background: var(--red); }
:focus-visible { outline: 3px solid var(--ink); outline-offset: 2px; }
.problem { padding: .75rem 1rem; border: 2px solid var(--red); border-radius: .5rem; background: #fdefed; }
.warning { padding: .75rem 1rem; border: 2px solid #ecd08d; border-radius: .5rem; background: #fdf2d6; color: #553800; }
dl { display: grid; gap: .75rem; margin: 0 0 1.5rem; }
dt { color: var(--soft); }
dd { margin: 0; }
.shown-code { font-size: 2.5rem; font-weight: 700; letter-spacing: .08em; }
.terminals { display: grid; gap: 1rem; }
.terminals > li { padding: 1rem 1.25rem; border: 1px solid var(--line); border-radius: .75rem; background: #fff; }
h2 { margin: 0 0 .5rem; font-size: 1.25rem; }
.large { gap: .25rem; }
.large a, .large span[aria-current] { display: grid; place-items: center; min-width: 4.5rem; min-height: 4.5rem; }
main p { word-break: auto-phrase; }
.pictures + .hint { margin-block-start: 1rem; }
.pictures button, .pick { min-height: 4.5rem; }
.side { display: grid; gap: .75rem; padding: 1rem 1.25rem; border: 1px solid var(--line); border-radius: .75rem; background: #fff; }
.side h2, .side p { margin: 0; }
.side img { width: 100%; border-radius: .5rem; }
.pick { position: relative; display: grid; border: 2px solid var(--brand); border-radius: .5rem; background: #fff; }
.pick input { position: absolute; inset: 0; width: 100%; height: 100%; opacity: 0; cursor: pointer; }
.pick label { display: grid; place-items: center; padding: .5rem 1rem; color: var(--brand); text-align: center; }
.pick:focus-within { outline: 3px solid var(--ink); outline-offset: 2px; }
.kept { color: var(--brand); font-weight: 700; }
.kept::before { content: "✓ "; }
.news { margin: 0; font-weight: 700; }
.news:empty { display: none; }
[hidden] { display: none !important; }
@media (min-width: 30rem) { dl.row { grid-template-columns: auto 1fr; gap: .25rem 1.5rem; } }
`;
