import CliTable from 'cli-table3';
import { type Style } from './style.ts';
import { wrap } from './wrap.ts';

/** A cell: text, and how it is painted once it has been wrapped. */
export type Cell = string | { readonly text: string; readonly paint: (text: string) => string };

/** A table with a line of heads; on a terminal it fits the width, and cells wrap. */
export function table(heads: readonly string[], rows: readonly (readonly Cell[])[], style: Style): string {
  const painted = heads.map((text) => ({ text, paint: style.bold }));
  const widths = fit(naturalWidths([painted, ...rows]), style.width);
  const drawn = new CliTable({
    head: drawnCells(painted, widths),
    style: { head: [], border: [], compact: true },
  });
  for (const row of rows) drawn.push(drawnCells(row, widths));
  return drawn.toString();
}

function drawnCells(cells: readonly Cell[], widths: readonly number[]): string[] {
  return cells.map((cell, column) => {
    const paint = typeof cell === 'string' ? (text: string) => text : cell.paint;
    const lines = wrap(textOf(cell), widths[column] ?? Number.POSITIVE_INFINITY);
    return lines.map((line) => (line === '' ? '' : paint(line))).join('\n');
  });
}

function textOf(cell: Cell): string {
  return typeof cell === 'string' ? cell : cell.text;
}

/** What each column would take if lines had no end. */
function naturalWidths(rows: readonly (readonly Cell[])[]): readonly number[] {
  const columns = rows[0]?.length ?? 0;
  const lengthOf = (cell: Cell): number =>
    Math.max(
      ...textOf(cell)
        .split('\n')
        .map((line) => line.length),
    );
  return Array.from({ length: columns }, (_, column) =>
    Math.max(...rows.map((row) => lengthOf(row[column] ?? ''))),
  );
}

const NARROWEST = 8;
/** A blank on both sides, and a border. */
const FRAME = 3;

/** Takes from the widest column again and again, until the table fits. */
function fit(widths: readonly number[], width = Number.POSITIVE_INFINITY): readonly number[] {
  const fitted = [...widths];
  let excess = fitted.reduce((sum, each) => sum + each + FRAME, 1) - width;
  for (; excess > 0; excess -= 1) {
    const widest = Math.max(...fitted);
    if (widest <= NARROWEST) break;
    fitted[fitted.indexOf(widest)] = widest - 1;
  }
  return fitted;
}
