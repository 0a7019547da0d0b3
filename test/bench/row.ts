/** One line of the table. */
export interface Row {
  readonly measure: string;
  /** Ours, in `unit`. */
  readonly ours: number;
  /** Somebody else's for the same work; undefined where nobody does it. */
  readonly peer: number | undefined;
  readonly unit: string;
  /** Numbers of the notes below the table. */
  readonly notes?: readonly number[];
}

const HEADINGS = ['measure', 'ours', 'peer', 'ratio'] as const;

/** The table as Markdown, columns aligned, so that it can go into docs/bench.md as it is. */
export function tableOf(rows: readonly Row[]): string {
  const cells = [[...HEADINGS], ...rows.map(cellsOf)];
  const widths = HEADINGS.map((_, column) => Math.max(...cells.map((row) => row[column]?.length ?? 0)));
  const lineOf = (row: readonly string[]): string =>
    `| ${widths.map((width, column) => padded(row[column] ?? '', width, column)).join(' | ')} |`;
  const rule = `| ${widths.map((width, column) => (column === 0 ? '-'.repeat(width) : `${'-'.repeat(width - 1)}:`)).join(' | ')} |`;
  const [headings = [], ...body] = cells;
  return [lineOf(headings), rule, ...body.map(lineOf)].join('\n');
}

function padded(text: string, width: number, column: number): string {
  return column === 0 ? text.padEnd(width) : text.padStart(width);
}

function cellsOf({ measure, ours, peer, unit, notes = [] }: Row): string[] {
  const cited = notes.map((note) => ` [${note}]`).join('');
  return [
    `${measure}${cited}`,
    `${figure(ours)} ${unit}`,
    peer === undefined ? '–' : `${figure(peer)} ${unit}`,
    peer === undefined || peer === 0 ? '–' : figure(ours / peer),
  ];
}

/** Three digits that mean something. */
function figure(value: number): string {
  if (value === 0) return '0';
  const digits = Math.max(0, 2 - Math.floor(Math.log10(Math.abs(value))));
  return value.toLocaleString('en-US', {
    maximumFractionDigits: Math.min(digits, 3),
    maximumSignificantDigits: 3,
  });
}
