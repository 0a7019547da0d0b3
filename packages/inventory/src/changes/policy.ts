import type { PolicyChange, StatementChange } from '@denyscope/model';
import { changeKind } from './change-kind.ts';
import { type ReadDocument, readDocument, statementPointer } from './document.ts';
import { type Elements, elementChanges, elementsOf } from './elements.ts';
import { pairStatements, type Statement, type StatementPair } from './statements.ts';
import { DOCUMENT, valueChanges } from './values.ts';

const EMPTY: ReadDocument = { statements: [], isList: true, members: {} };

/**
 * What differs between two policy documents, in any of the forms that a snapshot may carry them in; an undefined one is
 * compared as an empty one. The order of statements, lists against single values, white space and encoding make no
 * difference. Undefined where a document cannot be read, so that only its text can be compared.
 */
export function policyChange(before: unknown, after: unknown): PolicyChange | undefined {
  const one = before === undefined ? EMPTY : readDocument(before);
  const other = after === undefined ? EMPTY : readDocument(after);
  if (one === undefined || other === undefined) return undefined;
  const changes = pairStatements(statementsOf(one), statementsOf(other))
    .toSorted((a, b) => placeOf(a) - placeOf(b))
    .flatMap((pair) => statementChange(pair, one, other));
  return { statements: changes, members: [...valueChanges(one.members, other.members, DOCUMENT)] };
}

function statementsOf({ statements }: ReadDocument): readonly Statement[] {
  return statements.map((statement, index) => {
    const { Sid } = statement;
    return { index, sid: typeof Sid === 'string' ? Sid : undefined, elements: elementsOf(statement) };
  });
}

/** In the order of the document after; what is gone, where it stood. */
function placeOf({ before, after }: StatementPair): number {
  return (after ?? before)?.index ?? 0;
}

const NOTHING: Elements = new Map();

function partsOf(statement: Statement | undefined): Elements {
  return statement?.elements ?? NOTHING;
}

function statementChange(
  { before, after }: StatementPair,
  one: ReadDocument,
  other: ReadDocument,
): readonly StatementChange[] {
  const change = changeKind(before, after);
  const elements = elementChanges(partsOf(before), partsOf(after));
  if (change === 'changed' && elements.length === 0) return [];
  const statement = after ?? before;
  return [
    {
      change,
      sid: statement?.sid ?? null,
      effect: effectOf(partsOf(statement)),
      before: pointerIn(one, before),
      after: pointerIn(other, after),
      elements: [...elements],
    },
  ];
}

function pointerIn(document: ReadDocument, statement: Statement | undefined): string | null {
  return statement === undefined ? null : statementPointer(document, statement.index);
}

function effectOf(elements: Elements): string | null {
  for (const { element, values } of elements.values()) {
    const [effect] = values.values();
    if (element === 'Effect' && typeof effect === 'string') return effect;
  }
  return null;
}
