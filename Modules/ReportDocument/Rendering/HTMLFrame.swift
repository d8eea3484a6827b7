/// The page around a document.
enum HTMLFrame {
    static let template = """
        <!DOCTYPE html>
        <html lang="{{language}}">
        <head>
        <meta charset="utf-8">
        <meta name="viewport" content="width=device-width, initial-scale=1">
        <meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
        <meta name="data-as-of" content="{{asOf}}">
        <title>{{title}}</title>
        <style>
        {{{style}}}
        </style>
        </head>
        <body>
        <div class="page">
        <header>
        <h1>{{title}}</h1>
        {{#subtitle}}<p class="subtitle">{{subtitle}}</p>{{/subtitle}}
        <dl class="facts">
        {{#facts}}
        <div><dt>{{label}}</dt><dd>{{text}}</dd></div>
        {{/facts}}
        </dl>
        </header>
        {{#hasNotices}}
        <aside class="callout watch" role="note"><strong>{{noticesTitle}}</strong>
        {{#notices}}
        <p>{{.}}</p>
        {{/notices}}
        </aside>
        {{/hasNotices}}
        <nav aria-label="{{contentsTitle}}">
        <ol>
        {{#contents}}
        <li><a href="#{{anchor}}">{{text}}</a></li>
        {{/contents}}
        </ol>
        <label class="switch"><input type="checkbox" id="codes" checked> {{showCodes}}</label>
        </nav>
        <main>
        {{{body}}}
        </main>
        </div>
        </body>
        </html>

        """
}
