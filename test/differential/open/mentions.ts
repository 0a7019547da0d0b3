import type { Expression } from '@denyscope/model';

/** A key that a condition speaks of, and values near which its truth may change. */
export interface Mention {
  readonly leg: 's3' | 'kms';
  readonly key: string;
  readonly near: readonly string[];
}

/** All keys that the condition speaks of, each time it does. */
export function mentionsOf(expression: Expression): readonly Mention[] {
  if (typeof expression === 'boolean' || 'unreadable' in expression) return [];
  if ('all' in expression) return expression.all.flatMap(mentionsOf);
  if ('any' in expression) return expression.any.flatMap(mentionsOf);
  if ('not' in expression) return mentionsOf(expression.not);
  if ('relation' in expression) {
    const { left, right, leg } = expression.relation;
    const names = [...`${left} ${right}`.matchAll(/\$\{([^},*?$]+)(?:,[^}]*)?\}/g)].map(
      ([, name = '']) => name,
    );
    const subject = /^\$\{([^}]*)\}$/.exec(left)?.[1];
    return names.map((key) => ({ leg, key: key.toLowerCase(), near: key === subject ? [right] : [] }));
  }
  const { leg, key, values } = expression;
  return [{ leg, key: key.toLowerCase(), near: values }];
}

/** Does the text have the shape that AWS gives the values of this key? */
function isShaped(key: string, text: string): boolean {
  if (key.endsWith('ip')) return /^(\d{1,3}(\.\d{1,3}){3}|[0-9a-f:]*:[0-9a-f:]*)$/.test(text);
  if (/age$|max-keys$|tlsversion$/.test(key)) return /^\d+(\.\d+)?$/.test(text);
  if (key.endsWith('time')) return /^\d{4}-\d\d-\d\dT[\d:.]+Z$/.test(text);
  if (/present$|transport$|service$/.test(key)) return text === 'true' || text === 'false';
  return text !== '';
}

/** Values of the key that the pattern or range holds, and some just beside them. `values` stand for its variables. */
export function valuesNear(
  { key, near }: Mention,
  values: ReadonlyMap<string, readonly string[]>,
): readonly string[] {
  return near.flatMap((wanted) => textsNear(wanted, values)).filter((text) => isShaped(key, text));
}

function textsNear(wanted: string, values: ReadonlyMap<string, readonly string[]>): readonly string[] {
  const filled = wanted
    .replaceAll(/\$\{([^},]{2,})(?:, '([^}]*)')?\}/g, (_, name: string, fallback: string | undefined) => {
      return values.get(name.toLowerCase())?.[0] ?? fallback ?? 'nobody';
    })
    .replaceAll(/\$\{([*?$])\}/g, '$1');
  const hits = [filled.replaceAll('*', ''), filled.replaceAll('*', 'x').replaceAll('?', 'x')];
  const address = filled.replace(/\/\d{1,3}$/, '');
  const beside = /^-?\d+$/.test(filled)
    ? [Number(filled) + 1, Number(filled) - 1].map(String)
    : [`${filled}x`];
  return [...hits, address, ...beside, ...timesBeside(filled)];
}

function timesBeside(text: string): readonly string[] {
  const time = Date.parse(text);
  if (Number.isNaN(time) || !text.includes('-')) return [];
  return [time - 1000, time, time + 1000].map((moment) => new Date(moment).toISOString());
}
