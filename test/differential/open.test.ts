import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { buildEstate, parseSnapshot } from '@denyscope/inventory';
import { compileEstate } from '@denyscope/matrix';
import { explainRequestSchema } from '@denyscope/model';
import { judgeS3 } from '@denyscope/spec';
import {
  demoWorld,
  generateWorld,
  interestingRequests,
  PRESETS,
  randomOf,
  type World,
} from '@denyscope/worlds';
import fc from 'fast-check';
import { z } from 'zod';
import { estateOf, question, type DrawnQuestion } from './draw/estate.ts';
import { ask, falseWitness, overruled, parted, type Asked } from './open/checks.ts';
import { holds } from './keep.ts';
import { specRequest } from './open/spec-request.ts';
import { drawing } from './settings.ts';

const QUESTIONS = 12;

const keptSchema = z.object({
  drawn: z.object({ lines: z.array(z.looseObject({})), request: explainRequestSchema }),
  seed: z.number(),
});

/** Questions to a world, answered with their context left open. */
function askedOf(world: World, seed: number, count: number): readonly Asked[] {
  const snapshot = parseSnapshot([world.header, ...world.lines]);
  const estate = buildEstate(snapshot.header, snapshot.lines);
  const compiled = compileEstate(estate);
  const random = randomOf(seed, 'points');
  return interestingRequests(world, seed, count).flatMap((request) => {
    const answer = ask(compiled, request);
    return answer ? [{ estate, compiled, request, answer, random }] : [];
  });
}

function tiny(seed: number): World {
  return generateWorld({ ...PRESETS.tiny, seed });
}

function findIn(world: World, seed: number, count: number, find: (asked: Asked) => unknown): unknown {
  return askedOf(world, seed, count)
    .map(find)
    .find((difference) => difference !== undefined);
}

function findInDrawn(
  { lines, request }: DrawnQuestion,
  seed: number,
  find: (asked: Asked) => unknown,
): unknown {
  const estate = estateOf(lines);
  const compiled = compileEstate(estate);
  const answer = ask(compiled, request);
  return answer && find({ estate, compiled, request, answer, random: randomOf(seed, 'points') });
}

const LAWS = [
  ['an open answer holds at every point as its condition says', parted],
  ['a witness, closed in, is allowed by either side', falseWitness],
  ['the specification agrees at every point that it can express', overruled],
] as const;

test.each(LAWS)('%s, in drawn worlds', (_, find) => {
  fc.assert(
    fc.property(fc.nat(), (seed) => {
      expect(findIn(tiny(seed), seed, QUESTIONS, find)).toBeUndefined();
    }),
    { ...drawing(40), endOnFailure: true },
  );
});

test.each(LAWS)('%s, in the demo', (_, find) => {
  expect(findIn(demoWorld(), 1, 400, find)).toBeUndefined();
});

interface Asking {
  readonly drawn: DrawnQuestion;
  readonly seed: number;
}

/** The first law that does not hold, and how. */
function brokenLaw({ drawn, seed }: Asking): unknown {
  return LAWS.map(([law, find]) => {
    const difference = findInDrawn(drawn, seed, find);
    return difference === undefined ? undefined : { law, difference };
  }).find((broken) => broken !== undefined);
}

test('all of these, around a bucket with drawn policies, gates, access points and keys', () => {
  holds(
    fc.property(fc.record({ drawn: question, seed: fc.nat() }), (asking) => {
      expect(brokenLaw(asking)).toBeUndefined();
    }),
    drawing(2000),
    (content, id) => ({ path: `worlds/${id}.json`, content }),
  );
});

const KEPT = resolve(__dirname, '../corpus/worlds');
const kept = existsSync(KEPT) ? readdirSync(KEPT) : [];

test('all of these, in the worlds that once broke one', () => {
  const broken = kept.map((file) => {
    const asking: Asking = keptSchema.parse(JSON.parse(readFileSync(join(KEPT, file), 'utf8')));
    return { file, broken: brokenLaw(asking) };
  });
  expect(broken.filter((one) => one.broken !== undefined)).toEqual([]);
});

test('drawn questions are mostly expressed in the specification, allowed and denied often enough to tell', () => {
  const verdicts = fc.sample(question, { ...drawing(400), numRuns: 400 }).map(({ lines, request }) => {
    const expressed = specRequest(estateOf(lines), {
      ...request,
      context: { 'aws:SecureTransport': ['true'] },
    });
    return expressed ? judgeS3(expressed).verdict : 'inexpressible';
  });
  const share = (verdict: string): number =>
    verdicts.filter((one) => one === verdict).length / verdicts.length;
  expect(share('inexpressible')).toBeLessThan(0.1);
  expect(share('Allowed')).toBeGreaterThan(0.08);
  expect(share('ImplicitlyDenied')).toBeGreaterThan(0.1);
  expect(share('ExplicitlyDenied')).toBeGreaterThan(0.1);
});
