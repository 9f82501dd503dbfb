// Made by templates/embed from the files beside it; edit those.

/// The texts of `templates/` as they were when the binary was built.
enum EmbeddedTemplates {
  static let all: [(name: String, text: String)] = [
    (
      "page.html",
      #"""
      <!DOCTYPE html>
      <html lang="{{lang}}">
      <head>
      <meta charset="utf-8">
      <meta http-equiv="Content-Security-Policy" content="{{policy}}">
      <meta name="viewport" content="width=device-width, initial-scale=1">
      <meta name="color-scheme" content="light dark">
      <meta name="generator" content="Assay">
      <title>{{title}}</title>
      <style>{{{style}}}</style>
      </head>
      <body>
      <main>
      {{#heading}}
      <h1>{{.}}</h1>
      {{/heading}}
      {{{body}}}</main>
      <footer><p>{{colophon}}</p></footer>
      </body>
      </html>

      """#
    ),
    (
      "page.css",
      #"""

      :root {
        --paper: #fdfdfb; --ink: #1c1e21; --quiet: #5d646d; --line: #d9dbd6; --fill: #f3f4f0;
        --link: #0b5cad; --good: #1a7f4b; --bad: #b3261e; --heat: 11, 92, 173; --grid: #e6e7e2;
        --c0: #0b67b2; --c1: #c8500f; --c2: #00805c; --c3: #a3417a; --c4: #8a6a00; --c5: #3a8fb7;
        --c6: #5b5f66; --c7: #6f4bc0;
        --sans: system-ui, -apple-system, "Segoe UI", Roboto, "Noto Sans", "PingFang SC",
          "Hiragino Sans GB", "Microsoft YaHei", "Noto Sans CJK SC", "Source Han Sans SC", sans-serif;
        --mono: ui-monospace, "SF Mono", "Cascadia Mono", Menlo, Consolas, "DejaVu Sans Mono",
          "Noto Sans Mono CJK SC", "Sarasa Mono SC", monospace;
      }
      @media (prefers-color-scheme: dark) {
        :root {
          --paper: #16181b; --ink: #e4e6e8; --quiet: #9ba3ad; --line: #363b41; --fill: #1f2226;
          --link: #7cb8f5; --good: #59c48c; --bad: #f28b82; --heat: 92, 168, 240; --grid: #2a2e33;
          --c0: #62b0ee; --c1: #ff935c; --c2: #45c99b; --c3: #e69ac6; --c4: #dcb548; --c5: #8ed4f2;
          --c6: #b4b9c0; --c7: #b9a1f6;
        }
      }
      * { box-sizing: border-box; }
      html { -webkit-text-size-adjust: 100%; text-size-adjust: 100%; }
      body {
        margin: 0; background: var(--paper); color: var(--ink);
        font: 1.0625rem/1.65 var(--sans); overflow-wrap: break-word;
      }
      :lang(zh) body, body:lang(zh) { line-height: 1.8; }
      main { max-width: 46rem; margin: 0 auto; padding: 3rem 1.25rem 2rem; }
      footer {
        max-width: 46rem; margin: 0 auto; padding: 0 1.25rem 3rem; color: var(--quiet);
        font-size: .85rem;
      }
      footer p { border-top: 1px solid var(--line); padding-top: 1rem; margin: 0; }
      h1, h2, h3, h4, h5, h6 { line-height: 1.3; margin: 2.2em 0 .6em; font-weight: 650; }
      h1 { font-size: 2rem; margin-top: 0; letter-spacing: -.01em; }
      h2 { font-size: 1.45rem; border-bottom: 1px solid var(--line); padding-bottom: .3em; }
      h3 { font-size: 1.18rem; }
      h4, h5, h6 { font-size: 1rem; }
      p, ul, ol, blockquote, pre, table { margin: 0 0 1.1em; }
      li > p { margin-bottom: .5em; }
      a { color: var(--link); text-decoration-thickness: 1px; text-underline-offset: .18em; }
      img { max-width: 100%; height: auto; }
      hr { border: 0; border-top: 1px solid var(--line); margin: 2.5em 0; }
      blockquote {
        margin-inline: 0; padding: .1em 0 .1em 1.1em; border-left: 3px solid var(--line);
        color: var(--quiet);
      }
      code, pre, kbd, samp { font-family: var(--mono); font-size: .88em; }
      code { background: var(--fill); padding: .12em .32em; border-radius: 4px; }
      pre {
        background: var(--fill); padding: .9em 1.1em; border-radius: 8px; overflow-x: auto;
        line-height: 1.5; tab-size: 2;
      }
      pre code { background: none; padding: 0; font-size: 1em; }
      .experiment { margin: 1.8em 0 2.2em; }
      .experiment > * { margin-bottom: 1.4em; }
      .source {
        border: 1px solid var(--line); border-radius: 8px; background: var(--fill); font-size: .95rem;
      }
      .source > summary, .numbers > summary { cursor: pointer; color: var(--quiet); }
      .source > summary { padding: .45em .9em; }
      .source > summary code { background: none; color: var(--ink); font-weight: 600; }
      .source > pre { margin: 0; border-top: 1px solid var(--line); border-radius: 0 0 8px 8px; }
      figure { margin: 0; }
      figcaption, caption { color: var(--quiet); font-size: .92rem; line-height: 1.5; text-align: left; }
      figcaption { margin-top: .5em; }
      caption { caption-side: top; padding-bottom: .5em; text-wrap: pretty; }
      figcaption b, caption b { color: var(--ink); font-weight: 650; margin-right: .5em; }
      .detail, .note { color: var(--quiet); }
      .note { font-size: .88rem; margin: .2em 0 0; }
      .scroll { overflow-x: auto; }
      table { border-collapse: collapse; font-size: .95rem; line-height: 1.45; }
      .scroll > table { margin: 0; min-width: min(100%, 28rem); }
      .scroll > table.bars { width: 100%; }
      .scroll > table.matrix { min-width: 0; }
      th, td { padding: .38em .8em; text-align: left; vertical-align: baseline; }
      th { font-weight: 600; }
      thead th { border-bottom: 1.5px solid var(--ink); border-top: 1.5px solid var(--ink); }
      tbody tr + tr > * { border-top: 1px solid var(--line); }
      tbody tr:last-child > * { border-bottom: 1.5px solid var(--ink); }
      tbody th { font-weight: 400; }
      .n { text-align: right; font-variant-numeric: tabular-nums lining-nums; white-space: nowrap; }
      .pm { color: var(--quiet); }
      .plot { display: block; width: 100%; height: auto; font-family: var(--sans); }
      .plot text { fill: var(--quiet); font-size: 13px; font-variant-numeric: tabular-nums; }
      .plot .grid { stroke: var(--grid); stroke-width: 1; }
      .plot .axis { stroke: var(--quiet); stroke-width: 1; }
      .plot .curve { fill: none; stroke-width: 2; stroke-linejoin: round; stroke-linecap: round; }
      .plot .band { stroke: none; fill-opacity: .16; }
      .s0 { stroke: var(--c0); fill: var(--c0); } .s1 { stroke: var(--c1); fill: var(--c1); }
      .s2 { stroke: var(--c2); fill: var(--c2); } .s3 { stroke: var(--c3); fill: var(--c3); }
      .s4 { stroke: var(--c4); fill: var(--c4); } .s5 { stroke: var(--c5); fill: var(--c5); }
      .s6 { stroke: var(--c6); fill: var(--c6); } .s7 { stroke: var(--c7); fill: var(--c7); }
      .legend {
        list-style: none; display: flex; flex-wrap: wrap; gap: .1em 1.4em; margin: .3em 0 0; padding: 0;
        font-size: .92rem;
      }
      .legend svg { width: 34px; height: 12px; margin-right: .45em; vertical-align: -1px; }
      .legend .curve { fill: none; stroke-width: 2; }
      .numbers { font-size: .9rem; margin-top: .6em; }
      .numbers .scroll { max-height: 22rem; overflow: auto; margin-top: .6em; }
      .numbers thead th { position: sticky; top: 0; background: var(--paper); }
      .bars td.bar { width: 75%; padding-inline: 0; }
      .bars svg { display: block; width: 100%; height: 1.15em; }
      .bars .zero { stroke: var(--quiet); stroke-width: 1; vector-effect: non-scaling-stroke; }
      .bars rect { stroke: none; }
      .bars tr > * { border: 0 !important; padding-block: .2em; vertical-align: middle; }
      .bars th { white-space: nowrap; }
      .matrix td, .matrix thead th { text-align: right; font-variant-numeric: tabular-nums; }
      .matrix thead th { white-space: nowrap; }
      .matrix:has(thead th:nth-child(9)) { font-size: .82rem; }
      .matrix:has(thead th:nth-child(9)) :is(td, th) { padding-inline: .35em; }
      .matrix .corner { text-align: left; font-weight: 400; color: var(--quiet); }
      .matrix .share { color: var(--quiet); border-left: 1px solid var(--line); }
      .matrix .foot { color: var(--quiet); }
      .matrix .diagonal { font-weight: 650; }
      .h1 { background: rgba(var(--heat), .07); } .h2 { background: rgba(var(--heat), .13); }
      .h3 { background: rgba(var(--heat), .19); } .h4 { background: rgba(var(--heat), .25); }
      .h5 { background: rgba(var(--heat), .31); } .h6 { background: rgba(var(--heat), .37); }
      .h7 { background: rgba(var(--heat), .43); } .h8 { background: rgba(var(--heat), .49); }
      .expectations { list-style: none; padding: 0; }
      .expectations li { padding-left: 1.6em; text-indent: -1.6em; margin: .25em 0; }
      .expectations .mark { display: inline-block; width: 1.6em; text-indent: 0; font-weight: 700; }
      .holds .mark, .holds .word { color: var(--good); }
      .fails .mark, .fails .word { color: var(--bad); }
      .failure {
        border: 1px solid var(--bad); border-left-width: 4px; border-radius: 6px; padding: .7em 1em;
      }
      .failure p { margin: 0 0 .4em; }
      .failure p:last-child { margin: 0; }
      .provenance { color: var(--quiet); font-size: .82rem; }
      .provenance code { font-size: 1em; }
      .value { font-variant-numeric: tabular-nums; }
      @media (max-width: 34rem) {
        body { font-size: 1rem; }
        main { padding-top: 1.5rem; }
        h1 { font-size: 1.6rem; }
        .plot text { font-size: 21px; }
        .plot .curve { stroke-width: 3; }
        th, td { padding-inline: .5em; }
      }
      @media print {
        :root { --paper: #fff; --ink: #000; --quiet: #444; --fill: #f4f4f4; }
        body { font-size: 10.5pt; }
        main, footer { max-width: none; padding: 0; }
        figure, table, .expectations, pre { break-inside: avoid; }
        h1, h2, h3 { break-after: avoid; }
        .numbers { display: none; }
        a { color: inherit; text-decoration: none; }
      }

      """#
    ),
    (
      "table.md",
      #"""
      {{#anchors}}<a id="{{{.}}}"></a>{{/anchors}}**{{{number}}}**{{{separator}}}{{{caption}}}

      {{{table}}}

      """#
    ),
    (
      "figure.md",
      #"""
      {{#anchors}}<a id="{{{.}}}"></a>{{/anchors}}**{{{number}}}**{{{separator}}}{{{caption}}}

      ```text
      {{{plot}}}
      ```
      {{#notes}}

      {{{.}}}
      {{/notes}}

      """#
    ),
    (
      "expectations.md",
      #"""
      {{#lines}}
      - {{{mark}}} {{{word}}}{{{colon}}}{{{condition}}}{{#finding}}{{{.}}}{{/finding}}
      {{/lines}}

      """#
    ),
    (
      "failure.md",
      #"""
      > {{#anchors}}<a id="{{{.}}}"></a>{{/anchors}}**{{{title}}}**{{{colon}}}{{{message}}} {{{id}}}
      {{#notes}}
      >
      > {{{.}}}
      {{/notes}}

      """#
    ),
    (
      "provenance.md",
      #"""
      *{{{fingerprint_label}}} `{{{fingerprint}}}` · {{{numerics_label}}} {{{numerics}}}{{#seed}} · {{{seed_label}}} {{{.}}}{{/seed}}{{#repeats}} · {{{repeats_label}}} {{{.}}}{{/repeats}}*

      """#
    ),
  ]
}
