import type { Expressions } from '../expression/expressions.ts';
import type { LayerReport } from './combined.ts';
import { uniqueRefs } from './refs.ts';

/** One row for each leg and layer: a layer that is asked several times must allow each time. */
export function mergedRows(reports: readonly LayerReport[], x: Expressions): readonly LayerReport[] {
  const rows = new Map<string, LayerReport>();
  for (const report of reports) {
    const place = `${report.leg} ${report.layer}`;
    const other = rows.get(place);
    rows.set(place, other ? bothOf(other, report, x) : report);
  }
  return [...rows.values()];
}

function bothOf(a: LayerReport, b: LayerReport, x: Expressions): LayerReport {
  const notes = new Set([a.note, b.note].filter((note) => note !== ''));
  const note = [...notes].join('; ');
  if (!a.applicable || !b.applicable) return { ...(a.applicable ? a : b), note };
  return {
    ...a,
    allows: x.all([a.allows, b.allows]),
    spares: x.all([a.spares, b.spares]),
    statements: uniqueRefs([...a.statements, ...b.statements]),
    note,
  };
}
