/** Serves an organization in a process of its own, and says how many calls came: `fake-child.ts OPTIONS`, as JSON. */
import { startFakeAws } from '@denyscope/fake-aws';
import { type SnapshotLine } from '@denyscope/model';
import { generateLines, headerOf, PRESETS } from '@denyscope/worlds';
import { z } from 'zod';

const Options = z.object({
  world: z.object({
    seed: z.number(),
    takenAt: z.string(),
    accounts: z.number(),
    bucketsPerAccount: z.number(),
    principalsPerAccount: z.number(),
    regions: z.tuple([z.string()], z.string()),
    ouDepth: z.number(),
    oddity: z.number(),
  }),
  latency: z.number(),
});

/** AWS: the lists of a scan come in pages of up to a thousand (semantics.md H.1). */
const PAGE_SIZE = 1000;

const { world, latency } = Options.parse(JSON.parse(process.argv[2] ?? ''));
const { managedPolicies } = PRESETS.medium;
const counts: Record<string, number> = {};
let calls = 0;

function* counted(lines: Iterable<SnapshotLine>): Generator<SnapshotLine> {
  for (const line of lines) {
    counts[line.kind] = (counts[line.kind] ?? 0) + 1;
    yield line;
  }
}

const aws = await startFakeAws({
  snapshot: {
    header: headerOf(world.takenAt),
    lines: counted(generateLines({ ...world, managedPolicies })),
  },
  pageSize: PAGE_SIZE,
  faults: latency === 0 ? [] : [{ kind: 'latency', milliseconds: latency }],
  onCall: () => {
    calls += 1;
  },
});
process.on('message', () => process.send?.({ calls }));
// Whoever started it is gone, however that came.
process.on('disconnect', () => process.exit());
process.on('SIGTERM', () => process.exit());
process.send?.({ url: aws.url, counts });
