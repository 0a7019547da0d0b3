import { type ExplainAnswer, type LayerOutcome, type Verdict } from '@denyscope/model';
import { statementsText } from './statement.ts';
import { type Style } from './style.ts';
import { type Cell, table } from './table.ts';
import { wrap } from './wrap.ts';

/** What each layer that was asked said, and under it the names of those that have no part in the request. */
export function layersText(
  { layers, verdict }: Pick<ExplainAnswer, 'layers' | 'verdict'>,
  style: Style,
): string {
  const asked = layers.filter(({ outcome }) => outcome !== 'not-applicable');
  const hasKms = layers.some(({ leg }) => leg === 'kms') && layers.some(({ leg }) => leg === 's3');
  const heads = [...(hasKms ? ['call'] : []), 'layer', 'outcome', 'by'];
  const rows = asked.map((row) => [...(hasKms ? [row.leg] : []), ...layerCells(row, verdict, style)]);
  const others = layers.filter(({ outcome }) => outcome === 'not-applicable').map(idleText);
  const idle = [...new Set(others)].join(', ');
  const room = style.width ?? Number.POSITIVE_INFINITY;
  const lines = idle === '' ? [] : wrap(`no part in it: ${idle}`, room).map(style.dim);
  return [table(heads, rows, style), ...lines].join('\n');
}

function layerCells(row: LayerOutcome, verdict: Verdict, style: Style): readonly Cell[] {
  const { layer, outcome, statements, note } = row;
  const isSilent = outcome === 'implicitly-denied' && note.startsWith(SILENT);
  const by = [statementsText(statements), note.startsWith(SILENT) ? '' : note]
    .filter((part) => part !== '')
    .join('\n');
  if (!isSilent) return [layer, outcomeCell(outcome, style), by];
  // It need not allow; what it may deny is left to the request.
  const mayDeny = verdict !== 'allowed' && statements.some(({ effect }) => effect === 'Deny');
  const { paint } = style.verdict('conditional');
  return [layer, mayDeny ? { text: 'may deny', paint } : { text: 'silent', paint: style.dim }, by];
}

/** How the engine says that a layer's silence is no fault. */
const SILENT = 'silent:';

function outcomeCell(outcome: LayerOutcome['outcome'], style: Style): Cell {
  switch (outcome) {
    case 'allowed':
      return { text: 'allows', paint: style.verdict('allowed').paint };
    case 'explicitly-denied':
      return { text: 'denies', paint: style.verdict('denied').paint };
    case 'implicitly-denied':
      return { text: 'does not allow', paint: style.verdict('denied').paint };
    case 'conditional':
      return { text: 'depends', paint: style.verdict('conditional').paint };
    case 'unknown':
      return { text: 'unknown', paint: style.verdict('unknown').paint };
    case 'not-applicable':
      return { text: 'no part', paint: style.dim };
  }
}

/** A layer without part in the request, and why where that is worth saying. */
function idleText({ layer, note }: LayerOutcome): string {
  return note === '' ? layer : `${layer} (${note})`;
}
