import { type ElementChange, type StatementChange } from '@denyscope/model';
import { type Line, valueText } from './changes-line.ts';
import { type Sign } from './style.ts';

const SIGNS = { added: '+', removed: '-', changed: '~' } as const satisfies Record<
  StatementChange['change'],
  Sign
>;

/** A statement that is new, gone or different, one line for the values of an element that went or came. */
export function statementLines(statement: StatementChange, depth: number): readonly Line[] {
  const { change, sid, effect, elements } = statement;
  const pointer = statement.after ?? statement.before ?? '';
  const name = `statement ${valueText(sid ?? /\d+$/.exec(pointer)?.[0] ?? '')}`.trimEnd();
  const head: Line = {
    depth,
    sign: SIGNS[change],
    text: effect === null ? name : `${name}: ${valueText(effect)}`,
  };
  const shown = change === 'changed' ? elements : elements.filter(({ element }) => !IN_HEAD.has(element));
  return [head, ...shown.flatMap((element) => elementLines(element, depth + 1))];
}

/** What the first line of a whole statement says. */
const IN_HEAD: ReadonlySet<string> = new Set(['Sid', 'Effect']);

function elementLines(
  { element, operator, key, removed, added }: ElementChange,
  depth: number,
): readonly Line[] {
  const label = [element, operator, key]
    .flatMap((part) => (part === undefined ? [] : [valueText(part)]))
    .join(' ');
  const line = (sign: Sign, values: readonly unknown[]): Line => ({
    depth,
    sign,
    text: `${label}: ${valueText(values.map(valueText).join(', '))}`,
  });
  if (removed.length === 0 && added.length === 0)
    return [{ depth, sign: '~', text: `${label}: without values` }];
  return [
    ...(removed.length > 0 ? [line('-', removed)] : []),
    ...(added.length > 0 ? [line('+', added)] : []),
  ];
}
