import { statementName, type StatementRef } from '@denyscope/model';

/** A statement in few words: its name in its document, and where that is attached, unless that is plain. */
export function statementText(ref: StatementRef): string {
  const place = placeOf(ref);
  return place === undefined ? statementName(ref) : `${statementName(ref)} at ${place}`;
}

/** Where the document is attached, if it is neither the caller's own nor the resource's. */
function placeOf({ layer, attachedTo }: StatementRef): string | undefined {
  if (layer === 'scp' || layer === 'rcp') return attachedTo;
  return /:(group\/.*)$/.exec(attachedTo)?.[1];
}

/** Places of one statement, and statements of one cell, beyond which they are counted. */
const SHOWN = 3;

/** Statements one a line, none twice; one that is attached in many places is said once. */
export function statementsText(statements: readonly StatementRef[]): string {
  const places = new Map<string, Set<string>>();
  for (const ref of statements) {
    const name = statementName(ref);
    const place = placeOf(ref);
    const known = places.get(name) ?? new Set();
    places.set(name, place === undefined ? known : known.add(place));
  }
  const lines = [...places].map(([name, at]) => (at.size === 0 ? name : `${name} at ${placesText([...at])}`));
  const rest = lines.length - SHOWN;
  return (rest > 1 ? [...lines.slice(0, SHOWN), `and ${rest} more`] : lines).join('\n');
}

function placesText(places: readonly string[]): string {
  return places.length > SHOWN ? `${places.length} places` : places.join(', ');
}

/** A moment without the parts that nobody reads: 2026-11-21 02:00 UTC. */
export function moment(iso: string): string {
  return `${iso.slice(0, 10)} ${iso.slice(11, 16)} UTC`;
}

/** `1 bucket`, `2 buckets`. */
export function count(number: number, one: string, many = `${one}s`): string {
  return `${number} ${number === 1 ? one : many}`;
}
