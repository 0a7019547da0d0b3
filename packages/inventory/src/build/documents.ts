import { createHash } from 'node:crypto';
import { canonicalJson } from '@denyscope/model';
import type { PolicyText } from '../estate.ts';

/** A policy document in any of the three forms that a snapshot may carry it in. */
export type RawDocument = string | Readonly<Record<string, unknown>>;

/** Gives the one PolicyText of a document's text. */
export type InternDocument = (document: RawDocument) => PolicyText;

/**
 * A pool in which documents of equal text are one object. Text stays as received, percent-encoding included; a
 * document given as a JSON object becomes its canonical JSON text, so that the order of its keys does not matter.
 */
export function documentPool(): InternDocument {
  const byText = new Map<string, PolicyText>();
  return (document) => {
    const text = typeof document === 'string' ? document : canonicalJson(document);
    const known = byText.get(text);
    if (known) return known;
    const fresh: PolicyText = Object.freeze({ hash: createHash('sha256').update(text).digest('hex'), text });
    byText.set(text, fresh);
    return fresh;
  };
}
