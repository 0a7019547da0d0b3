import { type Gauge, type Labels } from '@denyscope/ops';

/** The series of one metric. */
export type Series = readonly (readonly [labels: Labels, value: number])[];

/** What has vanished goes away. */
export function replace(gauge: Gauge, series: Series): void {
  gauge.reset();
  for (const [labels, value] of series) gauge.set(labels, value);
}

/** How often each set of labels is there. */
export function tally(all: readonly Labels[]): Series {
  const counts = new Map<string, readonly [Labels, number]>();
  for (const labels of all) {
    const key = JSON.stringify(labels);
    counts.set(key, [labels, (counts.get(key)?.[1] ?? 0) + 1]);
  }
  return [...counts.values()];
}
