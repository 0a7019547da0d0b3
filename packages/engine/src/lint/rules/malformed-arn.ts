import { globMatches, parseGlob } from '../../compile/glob.ts';
import type { Remark, Rule } from '../rule.ts';
import type { LintType, Placed } from '../subject.ts';

/** Where missing parts of an ARN count as `*` (semantics.md A.5). */
const LENIENT: ReadonlySet<LintType> = new Set(['identity', 'boundary']);

/** A resource is `*` or an ARN of six parts (semantics.md A.5). */
export const malformedArn: Rule = {
  name: 'malformed-arn',
  source: 'A.5',
  check: ({ options, statements }) =>
    statements.flatMap(({ resources }) => resources.flatMap((resource) => remarksOn(resource, options.type))),
};

function remarksOn({ path, text }: Placed, type: LintType): readonly Remark[] {
  // White space around it is another rule's affair.
  const parts = text.trim().split(':');
  if (/^\*+$/.test(text.trim())) return [];
  if (!mayBeArn(parts[0]))
    return [{ path, severity: 'error', message: `\`${text}\` is no ARN: it names nothing` }];
  if (parts.length >= 6) return [];
  const isRead = isShortRead(text, type);
  const message = isRead ? 'its missing parts count as *' : 'it names nothing';
  const severity = isRead ? 'warning' : 'error';
  return [{ path, severity, message: `\`${text}\` has fewer than the six parts of an ARN: ${message}` }];
}

function isShortRead(text: string, type: LintType): boolean {
  if (type === 'scp' || type === 'rcp') return false;
  return LENIENT.has(type) || /[*?]/.test(text);
}

function mayBeArn(scheme: string | undefined): boolean {
  return scheme !== undefined && globMatches(parseGlob(scheme), 'arn');
}
