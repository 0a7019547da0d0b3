import {
  globMatches,
  globTest,
  literalGlob,
  residualGlobs,
  type Glob,
  type TextTest,
} from '../../compile/glob.ts';
import { valueTest } from '../value-rules.ts';

/** AWS (A.8): the six parts are compared one by one, and a wildcard does not cross a colon before the sixth. */
export const arnLike = valueTest({
  name: 'arn-like',
  nature: 'string',
  readsWildcards: true,
  words: ['is like', 'is not like'],
  json: { test: 'arn-like' },
  parse: ({ glob }) => arnGlobs(glob)?.map(globTest),
  passes: partsMatch,
  residuals: ({ glob }, prefix) => arnResiduals(glob, prefix).map((rest) => ({ kind: 'glob', glob: rest })),
  textForm: ({ glob }) => {
    const shaped = arnShaped(glob);
    return shaped ? { kind: 'glob', glob: shaped, mode: 'arn' } : { kind: 'nothing' };
  },
});

/** Does the ARN match the pattern? Undefined where either is no ARN. */
export function arnMatches(glob: Glob, actual: string): boolean | undefined {
  const parts = arnGlobs(glob);
  return parts && partsMatch(actual, parts.map(globTest));
}

function partsMatch(actual: string, parts: readonly TextTest[]): boolean | undefined {
  if (!actual.startsWith('arn:')) return undefined;
  let start = 0;
  let holds = true;
  for (const [at, matches] of parts.entries()) {
    const end = at < 5 ? actual.indexOf(':', start) : actual.length;
    if (end < 0) return undefined;
    holds &&= matches(actual.slice(start, end));
    start = end + 1;
  }
  return holds;
}

/** The globs of an ARN pattern's six parts; undefined where it has fewer. */
export function arnGlobs(glob: Glob): readonly Glob[] | undefined {
  const parts: Glob[] = [];
  let start = 0;
  for (const [at, token] of glob.entries()) {
    if (parts.length < 5 && token.kind === 'char' && token.char === ':') {
      parts.push(glob.slice(start, at));
      start = at + 1;
    }
  }
  return parts.length < 5 ? undefined : [...parts, glob.slice(start)];
}

/** All colons before the sixth part stand in the prefix. */
function arnResiduals(glob: Glob, prefix: string): readonly Glob[] {
  const globs = arnGlobs(glob);
  const parts = prefix.split(':');
  if (!globs || parts.length < 6 || parts[0] !== 'arn') return [];
  const leads = globs.slice(0, 5).every((part, at) => globMatches(part, parts[at] ?? ''));
  const [rest = []] = globs.slice(5);
  return leads ? residualGlobs(rest, parts.slice(5).join(':')) : [];
}

/** Only ARNs match, which all begin alike; undefined where the pattern begins otherwise. */
function arnShaped(glob: Glob): Glob | undefined {
  const [first, ...rest] = arnGlobs(glob) ?? [];
  if (!first || !globMatches(first, 'arn')) return undefined;
  return [...literalGlob('arn'), ...rest.flatMap((part) => [...literalGlob(':'), ...part])];
}
