import { isKnownKey, isMultiValuedKey } from '../../catalogue/index.ts';
import { parseTemplate, type VariablePiece } from '../../compile/template.ts';
import type { Remark, Rule } from '../rule.ts';
import type { LintCondition, LintStatement, Placed, Subject } from '../subject.ts';

/** A variable that is none, or that never has a value (semantics.md A.6; G.28, G.29). */
export const unresolvableVariable: Rule = {
  name: 'unresolvable-variable',
  source: 'A.6',
  check: (subject) =>
    subject.statements.flatMap((statement) => [
      ...misplaced(statement),
      ...(subject.document.version === '2012-10-17'
        ? substituted(statement).flatMap((text) => valueless(text, subject))
        : substituted(statement).flatMap(literalOnly)),
    ]),
};

/** Texts in which variables are looked for. */
function substituted({ resources, conditions }: LintStatement): readonly Placed[] {
  return [
    ...resources.map(({ path, text }) => ({ path, text: text.split(':').slice(5).join(':') })),
    ...conditions.filter(substitutes).flatMap(({ values }) => values),
  ];
}

function substitutes({ test }: LintCondition): boolean {
  return test.kind === 'test' && test.operator.substitutes;
}

function misplaced({ actions, resources, principals, conditions }: LintStatement): readonly Remark[] {
  const leading = resources.map(({ path, text }) => ({ path, text: text.split(':').slice(0, 5).join(':') }));
  const places: readonly (readonly [string, readonly Placed[]])[] = [
    ['an action', actions],
    ['a principal', principals],
    ['the first five parts of an ARN', leading],
    ...conditions
      .filter((condition) => !substitutes(condition))
      .map(({ operator, values }) => [`a value of ${operator}`, values] as const),
  ];
  return places.flatMap(([place, texts]) =>
    texts
      .filter(({ text }) => text.includes('${'))
      .map(({ path }) => ({
        path,
        severity: 'error',
        message: `${place} has no variables: \${…} is plain text here`,
      })),
  );
}

function literalOnly({ path, text }: Placed): readonly Remark[] {
  const isVariable = variablesIn(text).length > 0;
  if (!isVariable) return [];
  return [
    {
      path,
      severity: 'error',
      message: 'only the version 2012-10-17 has variables: ${…} is plain text here',
    },
  ];
}

function variablesIn(text: string): readonly VariablePiece[] {
  return parseTemplate(text, true).pieces.filter((piece) => piece.kind === 'variable');
}

function valueless({ path, text }: Placed, { options }: Subject): readonly Remark[] {
  const isOpen = parseTemplate(text, true).pieces.some(
    ({ kind, ...piece }) => kind === 'text' && 'text' in piece && piece.text.includes('${'),
  );
  const open: readonly Remark[] = isOpen
    ? [{ path, severity: 'warning', message: '`${` begins no variable here: it is plain text' }]
    : [];
  return [
    ...open,
    ...variablesIn(text).flatMap(({ key, fallback }): readonly Remark[] => {
      const reason = reasonFor(key, options.owner);
      if (reason === undefined) return [];
      // With a default the text resolves, to the default alone.
      return [
        {
          path,
          severity: fallback === undefined ? 'error' : 'warning',
          message: `\`\${${key}}\` never has a value: ${reason}`,
        },
      ];
    }),
  ];
}

function reasonFor(key: string, owner: Subject['options']['owner']): string | undefined {
  if (!key.includes(':') || isKnownKey(key) === false) return 'there is no such key';
  if (isMultiValuedKey(key)) return 'only keys of a single value can be variables';
  if (key === 'aws:username' && owner === 'role') return 'the sessions of a role have no user name';
  return undefined;
}
