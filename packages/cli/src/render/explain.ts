import { type Blocker, type Context, type ExplainAnswer, type LayerOutcome } from '@denyscope/model';
import { moment, statementText, statementsText } from './statement.ts';
import { type Style } from './style.ts';
import { table } from './table.ts';

/** The answer of explain for people: the verdict, why in one sentence, the chain of layers, what would lift it. */
export function renderExplain(answer: ExplainAnswer, style: Style): string {
  const { verdict, principal, action, resource, scan } = answer;
  const { text, paint } = style.verdict(verdict);
  return [
    `${style.bold(paint(text))}  ${principal}  ${action}  ${resource}  (scan ${scan.id} of ${moment(scan.finishedAt)})`,
    sentence(answer),
    '',
    layersTable(answer.layers, style),
    ...section('what refuses it', answer.blockers.length, () => blockersTable(answer.blockers, style)),
    ...section('could not be read', answer.missing.length, () =>
      answer.missing.map(({ document, reason }) => `  ${document}: ${reason}`).join('\n'),
    ),
    ...witnessText(answer, style),
    ...section('assumed', answer.assumptions.length, () => `  ${answer.assumptions.join('; ')}`),
  ].join('\n');
}

/** The answer in one sentence. */
export function sentence(answer: ExplainAnswer): string {
  switch (answer.verdict) {
    case 'allowed':
      return 'Every layer that is asked allows it.';
    case 'conditional':
      return `It depends on the request: ${answer.conditionText}.`;
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
    others === 0 ? '' : `, and ${others === 1 ? 'one more thing' : `${others} more things`} in the way`;
  return `${blockerText(first)}${more}.`;
}

function blockerText({ explicit, statement, ...place }: Blocker): string {
  const layer = layerText(place);
  if (statement === null)
    return explicit ? `The layer ${layer} denies it` : `The layer ${layer} has no Allow for it`;
  return `The layer ${layer} ${explicit ? 'denies it' : 'does not allow it'} by ${statementText(statement)}`;
}

function unknownSentence({ missing, bounds }: ExplainAnswer): string {
  const range = bounds === undefined ? '' : `: at worst ${bounds.worst}, at best ${bounds.best}`;
  const documents = missing.map(({ document }) => document).join(', ');
  return `It rests on what could not be read${documents === '' ? '' : ` (${documents})`}${range}.`;
}

/** A layer, and on which call where its name does not say it: S3's own, unless it says KMS. */
export function layerText({ layer, leg }: Pick<Blocker, 'layer' | 'leg'>): string {
  return leg === 'kms' && !layer.startsWith('kms-') ? `${layer} (of the KMS call)` : layer;
}

function layersTable(layers: readonly LayerOutcome[], style: Style): string {
  const rows = layers.map(({ leg, layer, outcome, statements, note }) => [
    leg,
    layer,
    outcome,
    [statementsText(statements), note].filter((part) => part !== '').join('\n'),
  ]);
  return table(['call', 'layer', 'outcome', 'by'], rows, style);
}

function blockersTable(blockers: readonly Blocker[], style: Style): string {
  const rows = blockers.map(({ statement, explicit, liftingGives, remedy, ...place }) => [
    layerText(place),
    explicit ? 'denies' : 'has no Allow',
    statement === null ? '' : statementText(statement),
    style.verdict(liftingGives),
    remedy?.summary ?? '',
  ]);
  return table(['layer', 'how', 'statement', 'lifting it gives', 'remedy'], rows, style);
}

function section(title: string, size: number, body: () => string): readonly string[] {
  return size === 0 ? [] : ['', `${title}:`, body()];
}

function witnessText({ verdict, witness }: ExplainAnswer, style: Style): readonly string[] {
  if (verdict !== 'conditional' || witness === null) return [];
  return ['', 'allowed, for example, with:', ...contextLines(witness).map((line) => style.dim(line))];
}

function contextLines(context: Context): readonly string[] {
  return Object.entries(context).map(([key, values]) => `  ${key} = ${values.join(', ')}`);
}
