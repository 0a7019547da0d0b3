import { type DemoGap, type DemoSummary, type Outsider, type ToldStory } from '../demo/summary.ts';
import { gapText } from './coverage.ts';
import { layerText } from './explain.ts';
import { count, moment } from './statement.ts';
import { type Style } from './style.ts';
import { type Cell, table } from './table.ts';

const RISK_HEADS = ['what happened', 'bucket', 'verdict', 'blocked by'];
const OUTSIDER_HEADS = ['bucket', 'who', 'relation', 'verdict', 'condition'];

/** What the demo says at its start. */
export function renderDemo(summary: DemoSummary, style: Style): string {
  const { scan, reused, coverage, riskiest, outsiders } = summary;
  const loaded = reused ? 'already here' : 'loaded';
  return [
    `${style.bold('The demo organization')}, ${loaded}: scan ${scan.id} of ${moment(scan.finishedAt)}`,
    `  ${sizes(summary)}`,
    '',
    style.bold(`Coverage: ${coverage.complete ? 'complete' : count(coverage.gaps.length, 'gap')}`),
    ...coverage.gaps.map((gap) => `  ${demoGapText(gap)}`),
    '',
    style.bold('Readable from outside the organization'),
    table(
      OUTSIDER_HEADS,
      outsiders.map((row) => outsiderRow(row, style)),
      style,
    ),
    '',
    style.bold('The riskiest answers: granted somewhere, and what blocks'),
    table(
      RISK_HEADS,
      riskiest.map((story) => storyRow(story, style)),
      style,
    ),
    '',
    style.bold('Try next, in another terminal'),
    ...summary.next.map((command) => `  ${command}`),
  ].join('\n');
}

function sizes({ accounts, buckets, regions, principals, keys }: DemoSummary): string {
  return [
    count(accounts, 'account'),
    count(buckets, 'bucket'),
    `${count(regions.length, 'Region')} (${regions.join(', ')})`,
    count(principals, 'principal'),
    count(keys, 'KMS key'),
  ].join(', ');
}

function demoGapText({ bucket, ...gap }: DemoGap): string {
  return bucket === undefined ? gapText(gap) : `bucket ${bucket}: ${gapText(gap)}`;
}

function outsiderRow(
  { bucket, principal, relation, verdict, conditionText }: Outsider,
  style: Style,
): readonly Cell[] {
  return [bucket, principal, relation, style.verdict(verdict), conditionText];
}

function storyRow({ title, bucket, verdict, blockers, missing }: ToldStory, style: Style): readonly Cell[] {
  const layers = [...new Set(blockers.map(layerText))].join(', ');
  const unread = missing.map(({ document }) => document).join(', ');
  return [title, bucket, style.verdict(verdict), verdict === 'unknown' ? `not read: ${unread}` : layers];
}
