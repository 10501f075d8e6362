const types: [RegExp, string][] = [
  [
    /^(JSONEachRow|JSONCompactEachRow|JSONStringsEachRow|JSONCompactStringsEachRow|JSONCompactEachRow.*|JSONCompactStringsEachRow.*|JSONLines|NDJSON|JSONEachRowWithProgress|JSONStringsEachRowWithProgress|PrettyJSONEachRow|PrettyJSONLines|PrettyNDJSON|JSONObjectEachRow)$/,
    'application/x-ndjson; charset=UTF-8',
  ],
  [/^JSON/, 'application/json; charset=UTF-8'],
  [/^(TabSeparated|TSV)/, 'text/tab-separated-values; charset=UTF-8'],
  [/^CSVWithNames/, 'text/csv; charset=UTF-8; header=present'],
  [/^CSV/, 'text/csv; charset=UTF-8; header=absent'],
  [/^(XML)$/, 'application/xml; charset=UTF-8'],
  [
    /^(Values|Vertical|Pretty|Markdown|Raw|LineAsString|CustomSeparated|Template|SQLInsert|Hash|Null|ODBC|Prometheus)/,
    'text/plain; charset=UTF-8',
  ],
  [/^Parquet$/, 'application/octet-stream'],
]

/** The Content-Type of a ClickHouse format. */
export const contentType = (format: string): string =>
  types.find(([pattern]) => pattern.test(format))?.[1] ?? 'application/octet-stream'
