import { buildEstate } from '@denyscope/inventory';
import { compileEstate, explain, whoCan, type CompiledEstate } from '@denyscope/matrix';
import { interestingRequests, type World } from '@denyscope/worlds';
import { type Row } from './row.ts';
import { spreadOf, type Spread } from './timing.ts';

const EXPLAINED = 500;
const SCAN = { id: '1', finishedAt: '2026-11-21T02:00:00Z' };

/** Who can read, on every bucket of one world and on some of a larger one; and single requests explained. */
export function measureQuestions(small: World, medium: World): readonly Row[] {
  const [few, many] = [compiledOf(small), compiledOf(medium)];
  const names = [...many.estate.buckets.keys()];
  const some = names.filter((_, place) => place % Math.ceil(names.length / SAMPLE) === 0);
  const requests = interestingRequests(medium, 1, EXPLAINED);
  return [
    ...rowsOf(
      `who can read, each of ${few.estate.buckets.size} buckets of 12 accounts`,
      ask(few, few.estate.buckets.keys()),
    ),
    ...rowsOf(`who can read, ${some.length} of ${names.length} buckets of 100 accounts`, ask(many, some)),
    ...rowsOf(
      `explain, ${EXPLAINED} requests to 100 accounts`,
      spreadOf(requests, (request) => explain(many, request, SCAN)),
    ),
  ];
}

/** Buckets of the larger world; some of them admit everybody, and take seconds. */
const SAMPLE = 20;

function compiledOf({ header, lines }: World): CompiledEstate {
  return compileEstate(buildEstate(header, lines));
}

function ask(compiled: CompiledEstate, buckets: Iterable<string>): Spread {
  return spreadOf(buckets, (bucket) => whoCan(compiled, { bucket }, SCAN));
}

function rowsOf(measure: string, { p50, p99 }: Spread): readonly Row[] {
  return [
    { measure: `${measure}, p50`, ours: p50, peer: undefined, unit: 'ms' },
    { measure: `${measure}, p99`, ours: p99, peer: undefined, unit: 'ms' },
  ];
}
