/// The look of a page: sober, for screen and for A4 paper, readable in grey.
enum HTMLStyle {
    static let text = """
        :root {
          --ink: #1c2127; --muted: #5c6670; --line: #d5dae0; --soft: #f4f6f8; --accent: #1f4e79;
          --good: #1b6e4f; --watch: #8a5a00; --bad: #b3261e; --open: #55606b;
        }
        * { box-sizing: border-box; }
        html { -webkit-text-size-adjust: 100%; }
        body {
          margin: 0; background: #e9edf1; color: var(--ink); line-height: 1.6; font-size: 15px;
          font-family: "Source Sans 3", "Helvetica Neue", Arial, "PingFang SC", "Microsoft YaHei", "Noto Sans CJK SC",
            "Source Han Sans SC", "WenQuanYi Micro Hei", sans-serif;
          font-variant-numeric: tabular-nums lining-nums;
        }
        .page { max-width: 1120px; margin: 0 auto; padding: 48px 56px 64px; background: #fff; }
        header { border-bottom: 3px solid var(--accent); padding-bottom: 16px; }
        h1 { font-size: 30px; line-height: 1.25; margin: 0 0 6px; color: var(--accent); letter-spacing: .01em; }
        .subtitle { margin: 0 0 14px; font-size: 16px; color: var(--muted); }
        h2 { font-size: 20px; line-height: 1.3; margin: 40px 0 12px; padding-left: 12px; border-left: 4px solid var(--accent); }
        h3 { font-size: 16px; margin: 26px 0 8px; }
        p { margin: 0 0 10px; }
        ul, ol { margin: 0 0 12px; padding-left: 24px; }
        li { margin: 4px 0; }
        a { color: var(--accent); text-underline-offset: 2px; }
        small { color: var(--muted); font-size: .86em; }
        code { font-family: ui-monospace, "SFMono-Regular", Consolas, "Liberation Mono", monospace; font-size: .88em; overflow-wrap: anywhere; }
        .facts { display: flex; flex-wrap: wrap; gap: 4px 28px; margin: 0; font-size: 13px; }
        .facts div { display: flex; gap: 8px; }
        .facts dt { color: var(--muted); }
        .facts dd { margin: 0; }
        nav { display: flex; flex-wrap: wrap; gap: 4px 24px; align-items: baseline; justify-content: space-between; margin: 12px 0 0; font-size: 13px; }
        nav ol { display: flex; flex-wrap: wrap; gap: 2px 20px; list-style: none; padding: 0; margin: 0; counter-reset: part; }
        nav li::before { counter-increment: part; content: counter(part) "\\2002"; color: var(--muted); }
        nav a { text-decoration: none; }
        nav a:hover { text-decoration: underline; }
        .switch { color: var(--muted); cursor: pointer; white-space: nowrap; }
        .tiles { display: grid; grid-template-columns: repeat(auto-fit, minmax(150px, 1fr)); gap: 12px; margin: 0 0 18px; }
        .tile { border: 1px solid var(--line); border-top: 4px solid var(--muted); padding: 10px 14px 12px; background: var(--soft); }
        .tile dt { font-size: 13px; color: var(--muted); }
        .tile dd { margin: 0; }
        .tile .count { font-size: 30px; line-height: 1.2; font-weight: 600; }
        .tile .remark { font-size: 12px; color: var(--muted); line-height: 1.45; }
        .tile.good { border-top-color: var(--good); } .tile.good .count { color: var(--good); }
        .tile.watch { border-top-color: var(--watch); } .tile.watch .count { color: var(--watch); }
        .tile.bad { border-top-color: var(--bad); } .tile.bad .count { color: var(--bad); }
        .tile.open { border-top-color: var(--open); } .tile.open .count { color: var(--open); }
        .callout { margin: 14px 0; padding: 10px 14px; border-left: 4px solid var(--open); background: var(--soft); }
        .callout p { margin: 4px 0 0; }
        .callout.good { border-color: var(--good); } .callout.watch { border-color: var(--watch); }
        .callout.bad { border-color: var(--bad); }
        .sheet { margin: 8px 0 20px; }
        table { width: 100%; border-collapse: collapse; font-size: 13px; line-height: 1.4; }
        caption { text-align: left; font-weight: 600; padding: 0 0 6px; }
        th, td { padding: 5px 8px; border-bottom: 1px solid var(--line); vertical-align: top; unicode-bidi: isolate; }
        thead th { position: sticky; top: 0; background: var(--accent); color: #fff; font-weight: 600; vertical-align: bottom; border: 0; z-index: 1; }
        tbody th { font-weight: 500; text-align: left; }
        tbody tr:nth-child(even) > * { background: #fafbfc; }
        tr.section th { background: #e6ecf2 !important; font-weight: 600; color: var(--accent); }
        .start { text-align: left; } .center { text-align: center; } .end { text-align: right; }
        .traced { white-space: nowrap; }
        .lineage { display: none; font-family: ui-monospace, Consolas, "Liberation Mono", monospace; font-size: 9.5px; line-height: 1.2; color: #7b8590; font-weight: 400; }
        body:has(#codes:checked) td .lineage, body:has(#codes:checked) th .lineage { display: block; }
        body:has(#codes:checked) td .traced:has(+ br) + br { display: none; }
        td.center, th.center { white-space: nowrap; }
        thead th { word-break: keep-all; }
        .figure.good, .figure.watch, .figure.bad, .figure.open { font-weight: 600; }
        .figure.good { color: var(--good); } .figure.good::before { content: "\\2714\\2009"; }
        .figure.watch { color: var(--watch); } .figure.watch::before { content: "\\25B2\\2009"; }
        .figure.bad { color: var(--bad); } .figure.bad::before { content: "\\2718\\2009"; }
        .figure.open { color: var(--open); } .figure.open::before { content: "\\25CB\\2009"; }
        .charts { display: grid; grid-template-columns: repeat(3, minmax(0, 1fr)); gap: 14px 24px; }
        .chart { margin: 0; padding: 8px 0 4px; border-top: 1px solid var(--line); break-inside: avoid; }
        .chart figcaption { font-size: 12.5px; line-height: 1.35; display: flex; justify-content: space-between; gap: 10px; min-height: 2.7em; }
        .chart svg { display: block; width: 100%; height: auto; font-variant-numeric: tabular-nums; }
        .alternative { font-size: 12.5px; color: var(--muted); }
        @media screen and (max-width: 760px) {
          .page { padding: 24px 16px; }
          .charts { grid-template-columns: 1fr; }
          .sheet { overflow-x: auto; }
          thead th { position: static; }
        }
        @page { size: A4; margin: 16mm 14mm 18mm; }
        @media print {
          body { background: #fff; font-size: 10pt; line-height: 1.5; }
          .page { max-width: none; padding: 0; }
          nav, .switch { display: none; }
          h1 { font-size: 20pt; } h2 { font-size: 13.5pt; margin: 18pt 0 6pt; } h3 { font-size: 11pt; }
          h2, h3, caption { break-after: avoid; }
          table { font-size: 7.8pt; }
          th, td { padding: 2.2pt 4pt; }
          thead { display: table-header-group; break-after: avoid; }
          tbody tr:first-child, tr.section + tr { break-before: avoid; }
          thead th { position: static; background: #fff; color: var(--ink); border-top: 1.2pt solid var(--ink); border-bottom: .8pt solid var(--ink); }
          tr, .tile, .callout, li { break-inside: avoid; }
          .lineage { font-size: 5.6pt; }
          .tile .count { font-size: 20pt; }
          .tiles { grid-template-columns: repeat(4, 1fr); gap: 6pt; }
          .charts { gap: 6pt 14pt; }
          .chart figcaption, .alternative { font-size: 7.8pt; }
          a { color: inherit; text-decoration: none; }
        }
        """
}
