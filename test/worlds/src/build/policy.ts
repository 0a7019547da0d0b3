/** Policy documents as data, and the spellings in which AWS returns them. */

type OneOrMore = string | readonly string[];

/** The principal element: everyone, or ids by their type (`AWS`, `Service`, `CanonicalUser`). */
export type PrincipalElement = '*' | Readonly<Record<string, OneOrMore>>;

/** Operator → key → values. */
export type ConditionElement = Readonly<Record<string, Readonly<Record<string, OneOrMore>>>>;

/** One statement, as AWS spells it. */
export interface Statement {
  readonly Sid?: string;
  readonly Effect: 'Allow' | 'Deny';
  readonly Principal?: PrincipalElement;
  readonly NotPrincipal?: PrincipalElement;
  readonly Action?: OneOrMore;
  readonly NotAction?: OneOrMore;
  readonly Resource?: OneOrMore;
  readonly NotResource?: OneOrMore;
  readonly Condition?: ConditionElement;
}

/** A policy document, before it is written out. */
export interface Document {
  readonly Version?: string;
  readonly Id?: string;
  readonly Statement: Statement | readonly Statement[];
}

/** A document of ours, or one that was read from elsewhere. */
export type AnyDocument = Document | Readonly<Record<string, unknown>>;

/** The current policy language around some statements. */
export function policy(...statements: readonly Statement[]): Document {
  return { Version: '2012-10-17', Statement: statements };
}

/** What may follow effect, actions and resources in a statement. */
type Rest = Omit<Statement, 'Effect' | 'Action' | 'Resource'>;

export function allow(actions: OneOrMore, resources: OneOrMore, rest: Rest = {}): Statement {
  return { ...rest, Effect: 'Allow', Action: actions, Resource: resources };
}

export function deny(actions: OneOrMore, resources: OneOrMore, rest: Rest = {}): Statement {
  return { ...rest, Effect: 'Deny', Action: actions, Resource: resources };
}

/** JSON text, as S3, KMS and Organizations return it. */
export function plainText(document: AnyDocument): string {
  return JSON.stringify(document);
}

/** Indented JSON text, as people paste it and EC2 keeps it. */
export function indentedText(document: AnyDocument): string {
  return JSON.stringify(document, undefined, 2);
}

/** Percent-encoded JSON text after RFC 3986, as IAM returns it. */
export function encodedText(document: AnyDocument): string {
  return encodeURIComponent(JSON.stringify(document)).replaceAll(
    /[!'()*]/g,
    (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`,
  );
}
