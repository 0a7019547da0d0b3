import type { Remark, Rule } from '../rule.ts';
import type { LintType } from '../subject.ts';

interface Limit {
  readonly most: number;
  readonly counts: 'characters' | 'characters without white space' | 'bytes';
  readonly severity: Remark['severity'];
  readonly what: string;
}

const characters = 'characters without white space';

/** AWS (A.1, B.3, E): how long a document may be; the hardest limit first. */
const LIMITS: Readonly<Record<LintType, readonly Limit[]>> = {
  identity: [
    { most: 10_240, counts: characters, severity: 'error', what: 'all inline policies of a role' },
    { most: 6144, counts: characters, severity: 'info', what: 'a managed policy' },
  ],
  boundary: [{ most: 6144, counts: characters, severity: 'error', what: 'a managed policy' }],
  trust: [
    { most: 4096, counts: characters, severity: 'error', what: 'a trust policy after a raise of the quota' },
    {
      most: 2048,
      counts: characters,
      severity: 'warning',
      what: 'a trust policy without a raise of the quota',
    },
  ],
  bucket: [{ most: 20_480, counts: 'bytes', severity: 'error', what: 'a bucket policy' }],
  resource: [],
  key: [{ most: 32_768, counts: 'bytes', severity: 'error', what: 'a key policy' }],
  endpoint: [{ most: 20_480, counts: 'characters', severity: 'error', what: 'an endpoint policy' }],
  // I.4: the pages of AWS differ; the newer one is followed.
  scp: [
    { most: 10_240, counts: 'characters', severity: 'error', what: 'an SCP' },
    { most: 5120, counts: 'characters', severity: 'info', what: 'an SCP by an older page of AWS' },
  ],
  rcp: [{ most: 5120, counts: 'characters', severity: 'error', what: 'an RCP' }],
};

/** Longer than AWS stores it. */
export const oversize: Rule = {
  name: 'oversize',
  source: 'A.1',
  check: ({ options, text }) => {
    // AWS's own policies have no limit.
    if (options.owner === 'aws') return [];
    const [limit] = LIMITS[options.type].filter(({ most, counts }) => sizeOf(text, counts) > most);
    if (!limit) return [];
    const { most, counts, severity, what } = limit;
    return [
      { path: '', severity, message: `${sizeOf(text, counts)} ${counts}: ${what} has at most ${most}` },
    ];
  },
};

function sizeOf(text: string, counts: Limit['counts']): number {
  switch (counts) {
    case 'characters':
      return text.length;
    case 'characters without white space':
      return text.replaceAll(/\s/g, '').length;
    case 'bytes':
      return Buffer.byteLength(text);
  }
}
