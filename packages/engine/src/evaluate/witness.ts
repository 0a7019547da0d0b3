import type { Context, Leg } from '@denyscope/model';
import { companionsOf } from '../expression/axioms.ts';
import { witnessKey, type Witness } from '../expression/point.ts';
import { keyName } from '../expression/words.ts';
import { sampleOf } from '../expression/theory.ts';
import type { Evaluation } from './evaluation.ts';

/**
 * A whole request context from the keys that decided: with all that every request carries, and what comes together
 * with the keys that are there.
 */
export function completed(witness: Witness, { alwaysPresent, isOpen }: Evaluation): Witness {
  const whole = new Map(witness);
  const add = (leg: Leg, key: string, value: string): void => {
    const place = witnessKey(leg, key);
    if (!whole.has(place)) whole.set(place, [value]);
  };
  for (const { leg, key } of alwaysPresent) add(leg, key, sampleOf(key));
  // What is added brings companions of its own.
  for (const [place, values] of whole) {
    const [leg, key] = placeOf(place);
    if (leg !== 's3') continue;
    for (const [other, value] of companionsOf(key, values)) {
      if (isOpen('s3', other)) add('s3', other, value ?? sampleOf(other));
    }
  }
  return whole;
}

/** The keys of a witness under AWS's spelling; those of the KMS call only where they differ from S3's. */
export function witnessJson(witness: Witness): Context {
  return Object.fromEntries(
    [...witness].map(([place, values]) => {
      const [leg, key] = placeOf(place);
      const name = keyName(key);
      return [leg === 'kms' && !key.startsWith('kms:') ? `kms ${name}` : name, [...values]];
    }),
  );
}

function placeOf(place: string): readonly [leg: string, key: string] {
  const at = place.indexOf(' ');
  return [place.slice(0, at), place.slice(at + 1)];
}
