import { isDeepStrictEqual } from 'node:util';
import { judge } from '@denyscope/spec';
import fc from 'fast-check';
import { runRequestCase } from '../../conformance/request-case.ts';
import { requestCase } from '../draw/request-case.ts';
import { ACCESS_POINTS } from '../scenes/access-point-tables.ts';
import { compare } from '../scenes/compare.ts';
import { GATES } from '../scenes/gate-tables.ts';
import { KEYS } from '../scenes/key-tables.ts';
import { scenesOf, type Table } from '../scenes/scene.ts';
import type { Mutant, Part } from './rules.ts';

const TABLES: Readonly<Record<Exclude<Part, 'requests'>, readonly Table[]>> = {
  gates: GATES,
  'access points': ACCESS_POINTS,
  KMS: KEYS,
};

/**
 * Does the part of the differential suite that speaks of the mutant's row find engine and specification apart? It
 * stops where they first part.
 */
export function isNoticed({ seenBy, rule }: Mutant): boolean {
  if (seenBy !== 'requests') {
    const tables = TABLES[seenBy].filter(([title]) =>
      rowsOf(title).some((row) => rowsOf(rule).includes(row)),
    );
    return tables.some(([, choices]) => compare(scenesOf(choices)).parted !== undefined);
  }
  const { failed } = fc.check(
    fc.property(requestCase, (drawn) => {
      return isDeepStrictEqual(runRequestCase(drawn), { kind: 'answer', answer: judge(drawn).verdict });
    }),
    { numRuns: 5000, seed: 20261122, endOnFailure: true },
  );
  return failed;
}

function rowsOf(text: string): readonly string[] {
  return text.match(/\b[A-E]\.\d+/g) ?? [];
}
