import { globTest, parseGlob } from '../compile/glob.ts';
import { ACTION_NAMES } from './names.generated.ts';

const coded: ReadonlyMap<string, string> = new Map(Object.entries(ACTION_NAMES));
const decoded = new Map<string, ReadonlySet<string>>();

/** The names of a service's actions, in lower case; undefined for a service that AWS's reference does not list. */
function actionsOfService(service: string): ReadonlySet<string> | undefined {
  const known = decoded.get(service);
  if (known) return known;
  const text = coded.get(service);
  if (text === undefined) return undefined;
  const names = namesIn(text);
  decoded.set(service, names);
  return names;
}

/** Each name is how many characters it shares with the one before it, in base 36, and the rest. */
function namesIn(text: string): ReadonlySet<string> {
  const names = new Set<string>();
  let name = '';
  for (const word of text.split(' ')) {
    name = name.slice(0, Number.parseInt(word.slice(0, 1), 36)) + word.slice(1);
    names.add(name);
  }
  return names;
}

/**
 * The actions of a service, given in lower case, that a pattern such as `get*` names, by AWS's reference; undefined
 * for a service that it does not list.
 */
export function actionsNamed(service: string, pattern: string): readonly string[] | undefined {
  const names = actionsOfService(service);
  if (!names) return undefined;
  const name = pattern.toLowerCase();
  if (!/[*?]/.test(name)) return names.has(name) ? [`${service}:${name}`] : [];
  return [...names].filter(globTest(parseGlob(name))).map((found) => `${service}:${found}`);
}
