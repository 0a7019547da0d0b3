import { globTest, parseGlob, type TextTest } from './glob.ts';

/** Action or NotAction, all in lower case: both parts of an action are case-insensitive (AWS: A.4). */
export interface ActionElement {
  readonly negated: boolean;
  /** The actions that are named in full: of AWS's long lists nearly all. */
  readonly names: ReadonlySet<string>;
  readonly patterns: readonly TextTest[];
}

/** Reads the values of Action, or of NotAction. */
export function compileActions(values: readonly string[], negated: boolean): ActionElement {
  const names = new Set<string>();
  const patterns: TextTest[] = [];
  for (const value of values) {
    const text = value.toLowerCase();
    if (isPattern(text)) patterns.push(globTest(parseGlob(text)));
    else names.add(text);
  }
  return { negated, names, patterns };
}

/** AWS (A.4): a lone `*` is everything; else wildcards stand in the action's name only, not in the service's. */
function isPattern(text: string): boolean {
  return (text.includes('*') || text.includes('?')) && /^(\*+$|[^:*?]+:)/.test(text);
}

/** Does the element cover the action, which is given in lower case? */
export function coversAction({ negated, names, patterns }: ActionElement, action: string): boolean {
  return (names.has(action) || patterns.some((matches) => matches(action))) !== negated;
}

interface WithActions {
  readonly actions: ActionElement;
}

/** How many actions an index remembers: more than S3 and KMS have. */
const REMEMBERED = 512;

/**
 * Which of the statements are about an action, given in lower case; in their order. An account asks the same few
 * actions of its documents over and over, and most statements are about others.
 */
export function actionIndex<Statement extends WithActions>(
  statements: readonly Statement[],
): (action: string) => readonly Statement[] {
  const known = new Map<string, readonly Statement[]>();
  return (action) => {
    const found = known.get(action);
    if (found) return found;
    const about = statements.filter(({ actions }) => coversAction(actions, action));
    if (known.size >= REMEMBERED) known.clear();
    known.set(action, about);
    return about;
  };
}
