import { type StatementRef } from '@denyscope/model';

/** A statement in few words: its document, and its name in it or its place. */
export function statementText({ document, sid, path }: StatementRef): string {
  const place = sid ?? path;
  return place === '' ? document : `${document} ${place}`;
}

/** Statements one a line, none twice. */
export function statementsText(statements: readonly StatementRef[]): string {
  return [...new Set(statements.map(statementText))].join('\n');
}

/** A moment without the parts that nobody reads: 2026-11-21 02:00 UTC. */
export function moment(iso: string): string {
  return `${iso.slice(0, 10)} ${iso.slice(11, 16)} UTC`;
}

/** `1 bucket`, `2 buckets`. */
export function count(number: number, one: string, many = `${one}s`): string {
  return `${number} ${number === 1 ? one : many}`;
}
