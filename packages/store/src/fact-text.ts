import { createHash } from 'node:crypto';
import { type SnapshotLine, canonicalJson, isDocumentMember } from '@denyscope/model';
import { StoreError } from './error.ts';

/** A policy document as it is kept: JSON text (a string literal where AWS gave text) and its hash. */
export interface DocumentText {
  readonly sha256: string;
  readonly body: string;
}

/** A line as it is kept. */
export interface FactText {
  readonly body: string;
  /** Hex, of the body without the time of fetching. */
  readonly contentHash: string;
  readonly documents: readonly DocumentText[];
}

const REFERENCE_KEY = '$document';
/** A member of the input that would read as a reference; it is kept with one more `$`. */
const LOOKALIKE = /^\$+document$/;

/** The line's canonical JSON with its policy documents taken out. */
export function factTextOf(line: SnapshotLine): FactText {
  const documents: DocumentText[] = [];
  const kept = withoutDocuments(line, documents);
  const body = canonicalJson(kept);
  const compared = 'fetchedAt' in line ? canonicalJson({ ...objectOf(kept), fetchedAt: undefined }) : body;
  return { body, contentHash: sha256(compared), documents };
}

function withoutDocuments(value: unknown, found: DocumentText[]): unknown {
  if (Array.isArray(value)) return value.map((inner) => withoutDocuments(inner, found));
  if (typeof value !== 'object' || value === null) return value;
  // fromEntries defines each member, so that one named `__proto__` stays a member.
  return Object.fromEntries(
    Object.entries(value).map(([key, inner]: [string, unknown]) => [
      LOOKALIKE.test(key) ? `$${key}` : key,
      isDocumentMember(key, inner) ? referenceTo(inner, found) : withoutDocuments(inner, found),
    ]),
  );
}

function referenceTo(value: unknown, found: DocumentText[]): Readonly<Record<string, string>> {
  const body = canonicalJson(value);
  const document = { sha256: sha256(body), body };
  found.push(document);
  return { [REFERENCE_KEY]: document.sha256 };
}

function objectOf(value: unknown): object {
  return typeof value === 'object' && value !== null ? value : {};
}

function sha256(text: string): string {
  return createHash('sha256').update(text, 'utf8').digest('hex');
}

/**
 * A reference, or a lookalike's key. In JSON text an unescaped quote never stands inside a string, so neither can match
 * there; a key is told from a value by its colon.
 */
const REFERENCE = /\{"\$document":"([0-9a-f]{64})"\}|"\$(\$+document":)/g;

/** The hashes of the documents that a kept body refers to. */
export function referencesIn(body: string): readonly string[] {
  return [...body.matchAll(REFERENCE)].flatMap(([, hash]) => (hash === undefined ? [] : [hash]));
}

/**
 * The line that was kept, with its documents back in place.
 *
 * @throws StoreError `damaged-row` when the body is no line, or a document that it needs is missing
 */
export function lineOf(body: string, documents: ReadonlyMap<string, string>): SnapshotLine {
  const text = body.replace(REFERENCE, (_, hash: string | undefined, lookalike: string | undefined) => {
    if (hash === undefined) return `"${lookalike ?? ''}`;
    const document = documents.get(hash);
    if (document === undefined)
      throw new StoreError('damaged-row', `document \`${hash}\` is missing from the store`);
    return document;
  });
  const line: unknown = JSON.parse(text);
  if (!isLine(line)) throw new StoreError('damaged-row', 'a stored fact is not a snapshot line');
  return line;
}

/** Lines were checked against the schema when they came in; this only holds the row to its shape. */
function isLine(value: unknown): value is SnapshotLine {
  if (typeof value !== 'object' || value === null || !('kind' in value) || !('data' in value)) return false;
  return typeof value.kind === 'string' && typeof value.data === 'object' && value.data !== null;
}
