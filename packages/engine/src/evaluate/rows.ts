import type { Expressions } from '../expression/expressions.ts';
import type { Combined, LayerReport } from './combined.ts';
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

/** What several parts of one request come to: all constraints, all grants, one row for each layer. */
export function joinedParts(parts: readonly Combined[], x: Expressions): Combined {
  return {
    constraints: parts.flatMap((part) => part.constraints),
    reports: mergedRows(
      parts.flatMap((part) => part.reports),
      x,
    ),
    grants: parts.flatMap((part) => part.grants),
  };
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
