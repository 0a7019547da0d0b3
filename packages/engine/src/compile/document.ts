import { escapedPart, readJsonText, type Duplicate, type JsonText } from './json-text.ts';
import { isRecord, listOf, nameOf } from './json-value.ts';
import { readStatement, type Issue, type PolicyType, type Statement } from './statement.ts';

/** A document as read: its sound statements, and what is wrong with the rest. */
export interface Document {
  readonly version: string | undefined;
  readonly statements: readonly Statement[];
  readonly issues: readonly Issue[];
  /** Statements that could not be read, or the whole document where it is no policy at all. */
  readonly broken: readonly Issue[];
}

/** Reads JSON text or percent-encoded JSON text (as IAM returns it). Never throws: faults become issues. */
export function parseDocument(text: string, type: PolicyType): Document {
  return documentOf(readJsonText(text), type);
}

/** The document of text that was read already. */
export function documentOf(json: ReturnType<typeof readJsonText>, type: PolicyType): Document {
  if ('fault' in json) return unreadable({ path: '', message: json.fault });
  if (!isRecord(json.value)) {
    return unreadable({ path: '', message: `expected an object, found ${nameOf(json.value)}` });
  }
  const { Version: version, Statement: given } = json.value;
  if (given === undefined) {
    return unreadable({ path: '/Statement', message: 'expected a statement, found none' });
  }
  const [ambiguous] = json.duplicates.filter(isAmbiguous);
  if (ambiguous) return unreadable(twice(ambiguous));
  const issues = [...versionIssues(version), ...elementIssues(json.value), ...json.duplicates.map(twice)];
  return {
    version: typeof version === 'string' ? version : undefined,
    ...statementsOf(json, given, type, issues),
  };
}

function statementsOf(
  { duplicates }: JsonText,
  given: unknown,
  type: PolicyType,
  issues: Issue[],
): Pick<Document, 'statements' | 'issues' | 'broken'> {
  const statements: Statement[] = [];
  const broken: Issue[] = [];
  for (const [at, item] of listOf(given).entries()) {
    const path = Array.isArray(given) ? `/Statement/${at}` : '/Statement';
    // AWS (A.1): a key must not repeat; where the values differ, nobody can tell which one counts.
    const torn = duplicates.filter((duplicate) => tears(duplicate, path)).map(twice);
    const faults: Issue[] = [];
    const statement = readStatement(item, { path, type, faults, issues });
    if (statement && torn.length === 0) statements.push(statement);
    issues.push(...faults);
    broken.push(...[...torn, ...faults].slice(0, 1));
  }
  return { statements, issues, broken };
}

function unreadable(fault: Issue): Document {
  return { version: undefined, statements: [], issues: [fault], broken: [fault] };
}

function twice({ path }: Duplicate): Issue {
  return { path, message: 'given more than once' };
}

/** Could the document as a whole mean one thing or another? */
function isAmbiguous({ path, same }: Duplicate): boolean {
  return !same && (path === '/Statement' || path === '/Version');
}

/** Could the statement mean one thing or another? Its `Sid` decides nothing. */
function tears({ path, same }: Duplicate, statement: string): boolean {
  return !same && path.startsWith(`${statement}/`) && path !== `${statement}/Sid`;
}

function versionIssues(version: unknown): Issue[] {
  const isKnown = version === undefined || version === '2012-10-17' || version === '2008-10-17';
  return isKnown ? [] : [{ path: '/Version', message: 'expected 2012-10-17 or 2008-10-17' }];
}

/** AWS (A.1): a document has a version, an id and statements, and nothing else. */
function elementIssues(document: Readonly<Record<string, unknown>>): Issue[] {
  const strangers = Object.keys(document).filter((name) => !/^(Version|Id|Statement)$/.test(name));
  return strangers.map((name) => ({ path: `/${escapedPart(name)}`, message: 'no element of a policy' }));
}
