import { lintPolicy } from './lint.ts';
import type { LintOptions } from './subject.ts';

type Json = Readonly<Record<string, unknown>>;

/** A statement with nothing to say about it. */
export const SOUND: Json = { Effect: 'Allow', Action: 's3:GetObject', Resource: 'arn:aws:s3:::b/*' };

/** What is said of one statement: `rule severity path`, below the statement. */
export function said(statement: Json, options: Partial<LintOptions> = {}): readonly string[] {
  return saidOf({ Version: '2012-10-17', Statement: { ...SOUND, ...statement } }, options);
}

/** What is said of a document; paths begin below its one statement, or with `/` where they lie outside. */
export function saidOf(document: unknown, options: Partial<LintOptions> = {}): readonly string[] {
  return lintPolicy(document, { type: 'identity', ...options }).map(
    ({ rule, severity, path }) => `${rule} ${severity} ${path.replace(/^\/Statement\/(?=\D)/, '')}`,
  );
}
