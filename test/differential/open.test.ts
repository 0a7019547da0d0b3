import { buildEstate, parseSnapshot } from '@denyscope/inventory';
import { compileEstate } from '@denyscope/matrix';
import {
  demoWorld,
  generateWorld,
  interestingRequests,
  PRESETS,
  randomOf,
  type World,
} from '@denyscope/worlds';
import fc from 'fast-check';
import { estateOf, question, type DrawnQuestion } from './draw/estate.ts';
import { ask, falseWitness, overruled, parted, type Asked } from './open/checks.ts';
import { drawing } from './settings.ts';

const QUESTIONS = 12;

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
  ['a witness, closed in, is allowed', falseWitness],
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

test.each(LAWS)('%s, around a bucket with drawn policies', (_, find) => {
  fc.assert(
    fc.property(question, fc.nat(), (drawn, seed) => {
      expect(findInDrawn(drawn, seed, find)).toBeUndefined();
    }),
    drawing(800),
  );
});
