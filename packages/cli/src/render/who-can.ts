import { type WhoCanAnswer, type WhoCanRow } from '@denyscope/model';
import { coverageText } from './coverage.ts';
import { count, moment, statementsText } from './statement.ts';
import { type Style } from './style.ts';
import { type Cell, table } from './table.ts';

const HEADS = ['principal', 'kind', 'relation', 'action', 'verdict', 'condition', 'granted by'];

/** The answer of who-can for people. */
export function renderWhoCan(answer: WhoCanAnswer, style: Style): string {
  const { bucket, accountId, access, actions, scan, principals } = answer;
  const asked = access === null ? actions.join(', ') : `${access} (${actions.join(', ')})`;
  const heading = `${style.bold(bucket)} of account ${accountId}: ${asked}, scan ${scan.id} of ${moment(scan.finishedAt)}`;
  const body =
    principals.length === 0
      ? 'nobody, as far as could be read'
      : table(
          HEADS,
          alike(principals).map((rows) => rowText(rows, style)),
          style,
        );
  return [heading, body, shownText(answer), ...coverageText(answer.coverage)].join('\n');
}

/** Rows that differ in their action alone, which a person reads as one. */
function alike(rows: readonly WhoCanRow[]): readonly [WhoCanRow, ...WhoCanRow[]][] {
  const groups = new Map<string, [WhoCanRow, ...WhoCanRow[]]>();
  for (const row of rows) {
    const key = JSON.stringify({ ...row, action: undefined, operation: undefined });
    const group = groups.get(key);
    if (group) group.push(row);
    else groups.set(key, [row]);
  }
  return [...groups.values()];
}

function rowText(rows: readonly [WhoCanRow, ...WhoCanRow[]], style: Style): readonly Cell[] {
  const [row] = rows;
  const { principal, kind, relation, verdict, grantedBy } = row;
  const place = kind === 'account' ? `${principal} (somebody of it)` : principal;
  return [
    place,
    kind,
    relation,
    rows.map(actionText).join('\n'),
    style.verdict(verdict),
    conditionText(row),
    statementsText(grantedBy),
  ];
}

function actionText({ action, operation }: WhoCanRow): string {
  return operation === undefined ? action : `${action} (${operation})`;
}

function conditionText({ conditionText: text, keys }: WhoCanRow): string {
  const below = keys.length === 0 || keys.includes('*') ? '' : `keys ${keys.join(', ')}`;
  return [text, below].filter((part) => part !== '').join('; ');
}

function shownText({ principals, total }: WhoCanAnswer): string {
  const rows = count(total, 'row');
  return principals.length === total ? rows : `${principals.length} of ${rows}: --limit shows more`;
}
