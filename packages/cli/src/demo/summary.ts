import { explain, whoCan } from '@denyscope/matrix';
import {
  type Blocker,
  type Coverage,
  type CoverageGap,
  type ExplainAnswer,
  type ScanRef,
  type WhoCanRow,
} from '@denyscope/model';
import { DEMO_STORIES, type DemoStory } from '@denyscope/worlds';
import { type Scan } from '../scan.ts';

/** One of the demo's stories, answered by the engine. */
export interface ToldStory {
  readonly id: string;
  readonly title: string;
  readonly bucket: string;
  readonly verdict: ExplainAnswer['verdict'];
  readonly blockers: readonly Blocker[];
  readonly missing: ExplainAnswer['missing'];
}

/** Who reaches a bucket from outside of the organization. */
export interface Outsider extends WhoCanRow {
  readonly bucket: string;
}

/** Something that could not be read; of one bucket, where it names one. */
export interface DemoGap extends CoverageGap {
  readonly bucket?: string;
}

/** What the demo shows at its start. */
export interface DemoSummary {
  readonly scan: ScanRef;
  readonly reused: boolean;
  readonly accounts: number;
  readonly buckets: number;
  readonly principals: number;
  readonly keys: number;
  readonly regions: readonly string[];
  readonly coverage: Omit<Coverage, 'gaps'> & { readonly gaps: readonly DemoGap[] };
  readonly riskiest: readonly ToldStory[];
  readonly outsiders: readonly Outsider[];
  /** Commands that answer from the demo. */
  readonly next: readonly string[];
}

interface DemoFacts {
  readonly reused: boolean;
  /** To be named in commands; undefined where they find it by themselves. */
  readonly dataDir: string | undefined;
}

/** Asks the scan of the demo everything that its summary tells. */
export function summarize(scan: Scan, { reused, dataDir }: DemoFacts): DemoSummary {
  const { estate } = scan.compiled;
  const { outsiders, gaps } = lookAtBuckets(scan);
  const regions = [...estate.buckets.values()].flatMap(({ region }) => region ?? []);
  return {
    scan: scan.ref,
    reused,
    accounts: estate.accounts.size,
    buckets: estate.buckets.size,
    principals: estate.principals.size,
    keys: estate.keys.size,
    regions: [...new Set(regions)].toSorted(),
    coverage: { complete: gaps.length === 0, gaps },
    riskiest: DEMO_STORIES.flatMap((story) => tell(scan, story)),
    outsiders,
    next: nextCommands(outsiders, dataDir),
  };
}

/** The story that the commands ask about. */
const STORY = 'scp-kms-tag';

function nextCommands(outsiders: readonly Outsider[], dataDir: string | undefined): readonly string[] {
  const where = dataDir === undefined ? '' : ` --data-dir ${quoted(dataDir)}`;
  const story = DEMO_STORIES.find(({ id }) => id === STORY) ?? DEMO_STORIES[0];
  const open = outsiders.find(({ verdict }) => verdict === 'allowed');
  const bucket = open?.bucket ?? story?.bucket;
  const { principal, action, resource } = story?.question ?? {};
  const asked = story && ` --principal ${principal} --action ${action} --resource '${resource}'`;
  return [`who-can ${bucket}`, `explain${asked}`, 'export demo.ndjson.gz'].map(
    (command) => `npx --no-install denyscope ${command}${where}`,
  );
}

function quoted(text: string): string {
  return /^[\w./-]+$/.test(text) ? text : `'${text.replaceAll("'", String.raw`'\''`)}'`;
}

/** Denied where somebody granted it, or not to be known: what a team would want to hear of. */
function tell({ compiled, ref }: Scan, { id, title, bucket, question }: DemoStory): readonly ToldStory[] {
  const answered = explain(compiled, question, ref);
  if (!answered.ok) return [];
  const { verdict, blockers, missing } = answered.answer;
  if (verdict !== 'denied' && verdict !== 'unknown') return [];
  return [{ id, title, bucket, verdict, blockers, missing }];
}

interface Look {
  readonly outsiders: readonly Outsider[];
  readonly gaps: readonly DemoGap[];
}

function lookAtBuckets({ compiled, ref }: Scan): Look {
  const { estate } = compiled;
  const outsiders: Outsider[] = [];
  const gaps: DemoGap[] = [...estate.gaps];
  for (const bucket of estate.buckets.keys()) {
    const answered = whoCan(compiled, { bucket, action: 's3:GetObject' }, ref);
    if (!answered.ok) continue;
    const { principals, coverage } = answered.answer;
    const foreign = principals.filter(({ relation }) => relation === 'public' || relation === 'external');
    outsiders.push(...foreign.map((row) => ({ ...row, bucket })));
    const own = coverage.gaps.filter((gap) => !estate.gaps.includes(gap));
    gaps.push(...own.map((gap) => ({ ...gap, bucket })));
  }
  return { outsiders, gaps };
}
