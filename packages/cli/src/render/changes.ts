import {
  coverageEffect,
  type Change,
  type ComparedScan,
  type FieldChange,
  type PolicyChange,
  type ValueChange,
} from '@denyscope/model';
import { type Line, drawn, valueText } from './changes-line.ts';
import { statementLines } from './changes-statement.ts';
import { gapText } from './coverage.ts';
import { count, moment } from './statement.ts';
import { type Sign, type Style } from './style.ts';

/** Which scans are compared. */
export function renderCompared(from: ComparedScan, to: ComparedScan, style: Style): string {
  const scanText = ({ id, takenAt }: ComparedScan): string => `scan ${id} of ${moment(takenAt)}`;
  return style.bold(`from ${scanText(from)} to ${scanText(to)}`);
}

/** The heading of an account's changes; '' is the organization. */
export function renderAccount(accountId: string, style: Style): string {
  return style.bold(accountId === '' ? 'the organization' : `account ${accountId}`);
}

const SIGNS = {
  added: '+',
  removed: '-',
  changed: '~',
  reordered: '~',
  'became-unreadable': '?',
  'became-readable': '?',
} as const satisfies Record<FieldChange['change'], Sign>;

/** One resource: what became of it, and then field by field, policies statement by statement. */
export function renderChange(change: Change, style: Style): string {
  const sign = SIGNS[change.change];
  if (change.kind === 'coverage') return drawn([{ depth: 0, sign, text: coverageText(change) }], style);
  return drawn([{ depth: 0, sign, text: headText(change) }, ...bodyLines(change)], style);
}

/** A gap that opened or was closed. */
function coverageText({ region, fields }: Change): string {
  const told = (name: string): string => {
    const field = fields.find((each) => each.name === name);
    return valueText(field?.after ?? field?.before ?? '');
  };
  const place = region === null ? '' : ` in ${region}`;
  return `gap: ${told('step')}${place}: ${told('reason')}: ${coverageEffect(told('step'))}`;
}

function headText({ kind, id, region, change, because }: Change): string {
  const place = region === null || id.includes(`:${region}:`) ? '' : ` (${region})`;
  const name = `${kind} ${valueText(id)}${place}`;
  const gap = because === undefined ? '' : `: ${gapText(because)}`;
  if (change === 'became-unreadable') return `${name}: not known any more${gap}`;
  return change === 'became-readable' ? `${name}: known now, not before${gap}` : name;
}

/** Of a resource that is new or gone, only what its policies say, and what could not be read. */
function bodyLines({ change, fields }: Change): readonly Line[] {
  const isWhole = change === 'added' || change === 'removed';
  if (!isWhole) return fields.flatMap((field) => fieldLines(field, 1));
  return fields.flatMap((field) => {
    const hidden = field.unreadable?.before ?? field.unreadable?.after;
    if (hidden === undefined) return field.policy === undefined ? [] : fieldLines(field, 1);
    return [{ depth: 1, sign: '?', text: `${valueText(field.name)}: could not be read: ${hidden.reason}` }];
  });
}

function fieldLines(field: FieldChange, depth: number): readonly Line[] {
  const { name, change, policy, unreadable } = field;
  if (unreadable !== undefined)
    return [{ depth, sign: '?', text: `${valueText(name)}: ${readability(field)}` }];
  if (policy !== undefined) {
    return [{ depth, sign: SIGNS[change], text: valueText(name) }, ...policyLines(policy, change, depth + 1)];
  }
  return valueLines({ ...field, change: change === 'reordered' ? change : 'changed' }, depth);
}

function readability({ unreadable }: FieldChange): string {
  const [before, after] = [unreadable?.before?.reason, unreadable?.after?.reason];
  if (before === undefined) return `could not be read any more: ${after ?? ''}`;
  if (after === undefined) return `can be read now, not before: ${before}`;
  return `could not be read: ${after}, before ${before}`;
}

/** Of a policy that is new or gone, what it says; its version tells nothing. */
function policyLines(
  { statements, members }: PolicyChange,
  change: FieldChange['change'],
  depth: number,
): readonly Line[] {
  return [
    ...statements.flatMap((statement) => statementLines(statement, depth)),
    ...(change === 'changed' ? members.flatMap((member) => valueLines(member, depth)) : []),
  ];
}

function valueLines(
  value: Pick<ValueChange, 'name' | 'change' | 'before' | 'after'>,
  depth: number,
): readonly Line[] {
  const { name, change, before, after } = value;
  const label = valueText(name);
  if (change === 'reordered') return [{ depth, sign: '~', text: `${label}: in another order` }];
  const told = (sign: Sign, side: unknown): readonly Line[] =>
    side === undefined
      ? []
      : [{ depth, sign, text: isNamedBy(side, name) ? label : `${label}: ${valueText(side)}` }];
  return [...told('-', before), ...told('+', after)];
}

/** A plain item of a list is its own name. */
function isNamedBy(value: unknown, name: string): boolean {
  return typeof value === 'string' && name.endsWith(`[${value}]`);
}

/** How many resources there were of each kind of change. */
export function renderChangesSummary(changes: ReadonlyMap<Change['change'], number>): string {
  const total = [...changes.values()].reduce((sum, each) => sum + each, 0);
  if (total === 0) return 'nothing changed';
  const parts = WORDS.flatMap(([change, words]) => {
    const number = changes.get(change);
    return number === undefined ? [] : [`${number} ${words}`];
  });
  return `${count(total, 'resource')}: ${parts.join(', ')}`;
}

const WORDS: readonly (readonly [Change['change'], string])[] = [
  ['changed', 'changed'],
  ['added', 'added'],
  ['removed', 'removed'],
  ['became-unreadable', 'not known any more'],
  ['became-readable', 'known now, not before'],
];
