import { type Blocker, type Context, type ExplainAnswer, type Remedy } from '@denyscope/model';
import { gapText } from './coverage.ts';
import { layersText } from './layers.ts';
import { moment, statementText } from './statement.ts';
import { type Style } from './style.ts';
import { table } from './table.ts';
import { wrap } from './wrap.ts';

/**
 * The answer of explain for people: the verdict, why in one sentence, layer by layer what was decided, what refuses,
 * and what to change.
 */
export function renderExplain(answer: ExplainAnswer, style: Style): string {
  const { verdict, principal, action, operation, resource, scan } = answer;
  const { text, paint } = style.verdict(verdict);
  const how = operation === undefined ? '' : ` (${operation})`;
  return [
    `${style.bold(paint(text))}  ${action}${how} on ${resource}`,
    `for ${principal}`,
    style.dim(`scan ${scan.id} of ${moment(scan.finishedAt)}`),
    '',
    ...prose(sentence(answer), style),
    ...section('Layer by layer', [layersText(answer, style)], style),
    ...blockersSection(answer, style),
    ...section('What to change, the cheapest first', remedyLines(answer.blockers, style), style),
    ...section('What could not be read', bullets(missingTexts(answer), style), style),
    ...witnessSection(answer, style),
    ...section('Assumed', bullets(answer.assumptions, style).map(style.dim), style),
  ].join('\n');
}

/** Text that wraps between words, behind an indent where it has one. */
function prose(text: string, { width }: Style, indent = ''): readonly string[] {
  const room = width === undefined ? Number.POSITIVE_INFINITY : Math.max(20, width - indent.length);
  return wrap(text, room).map((line, at) => (at === 0 ? line : indent + line));
}

function bullets(texts: readonly string[], style: Style): readonly string[] {
  return texts.flatMap((text) => prose(`  - ${text}`, style, '    '));
}

function section(title: string, lines: readonly string[], style: Style): readonly string[] {
  return lines.length === 0 ? [] : ['', style.bold(title), ...lines];
}

/** The answer in one sentence. */
export function sentence(answer: ExplainAnswer): string {
  switch (answer.verdict) {
    case 'allowed':
      return 'Every layer that is asked lets it pass.';
    case 'conditional':
      return `It depends on the request. It passes: ${answer.conditionText}.`;
    case 'denied':
      return deniedSentence(answer.blockers);
    case 'unknown':
      return unknownSentence(answer);
  }
}

function deniedSentence(blockers: readonly Blocker[]): string {
  const [first] = blockers;
  if (first === undefined) return 'No request of this kind is let through.';
  const others = blockers.length - 1;
  const more =
    others === 0
      ? ''
      : `, and ${others === 1 ? 'one more thing is' : `${others} more things are`} in the way`;
  return `${blockerText(first)}${more}.`;
}

function blockerText({ explicit, statement, ...place }: Blocker): string {
  const layer = layerText(place);
  if (statement === null)
    return explicit ? `The layer ${layer} refuses it` : `The layer ${layer} does not allow it`;
  return `The layer ${layer} ${explicit ? 'denies it' : 'does not allow it'} by ${statementText(statement)}`;
}

function unknownSentence({ missing, bounds }: ExplainAnswer): string {
  const range = bounds === undefined ? '' : `: at worst ${bounds.worst}, at best ${bounds.best}`;
  const [first] = missing;
  const what =
    first !== undefined && missing.length === 1
      ? `what could not be read, ${first.document}`
      : `${missing.length} documents that could not be read`;
  return `It rests on ${what}${range}.`;
}

/** A layer, and on which call where its name does not say it: S3's own, unless it says KMS. */
export function layerText({ layer, leg }: Pick<Blocker, 'layer' | 'leg'>): string {
  return leg === 'kms' && !layer.startsWith('kms-') ? `${layer} (of the KMS call)` : layer;
}

function blockersSection({ verdict, blockers }: ExplainAnswer, style: Style): readonly string[] {
  if (blockers.length === 0) return [];
  const rows = blockers.map(({ statement, explicit, liftingGives, ...place }) => [
    layerText(place),
    explicit ? 'denies' : 'does not allow',
    statement === null ? '' : statementText(statement),
    style.verdict(liftingGives),
  ]);
  const title = verdict === 'denied' ? 'What refuses it' : 'What may refuse it';
  return section(title, [table(['layer', 'how', 'statement', 'lifting it alone gives'], rows, style)], style);
}

const RISKS: readonly Remedy['risk'][] = ['low', 'medium', 'high'];

/** Each remedy once, the quickest first, and of equally quick ones that of the least risk. */
function remedyLines(blockers: readonly Blocker[], style: Style): readonly string[] {
  const bySummary = new Map(
    blockers.flatMap(({ remedy }) => (remedy ? [[remedy.summary, remedy] as const] : [])),
  );
  const remedies = [...bySummary.values()].toSorted(
    (a, b) => a.minutes[0] - b.minutes[0] || RISKS.indexOf(a.risk) - RISKS.indexOf(b.risk),
  );
  return remedies.flatMap(({ summary, minutes, risk }, at) => {
    const cost = `(${minutes[0]} to ${minutes[1]} minutes, ${risk} risk)`;
    const number = `  ${at + 1}. `;
    return prose(`${number}${summary} ${cost}`, style, ' '.repeat(number.length));
  });
}

function missingTexts({ missing }: ExplainAnswer): readonly string[] {
  return missing.map(({ document, reason, gap }) => `${document}: ${gap ? gapText(gap) : reason}`);
}

function witnessSection({ verdict, witness }: ExplainAnswer, style: Style): readonly string[] {
  if (verdict !== 'conditional' || witness === null) return [];
  return section('It passes, for example, with', contextLines(witness).map(style.dim), style);
}

function contextLines(context: Context): readonly string[] {
  return Object.entries(context).map(
    ([key, values]) => `  ${OWN_KEYS.get(key) ?? key} = ${values.join(', ')}`,
  );
}

/** Facts of a request that are no condition keys. */
const OWN_KEYS: ReadonlyMap<string, string> = new Map([
  ['key', 'object key'],
  ['session-name', 'session name'],
  ['routed-to', 'routed to'],
]);
