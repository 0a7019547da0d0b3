/** What is wrong with a snapshot. */
export type SnapshotFault =
  'empty' | 'gzip' | 'encoding' | 'too-long' | 'json' | 'value' | 'header' | 'format' | 'duplicate';

interface Place {
  readonly code: SnapshotFault;
  /** The first line is 1. */
  readonly line: number;
  /** JSON pointer into the line; empty for the line as a whole. */
  readonly path?: string;
  /** One lower-case sentence: what belongs there, and what stands there instead. */
  readonly expected: string;
}

/** A snapshot that cannot be read, by the place of its first fault. */
export class SnapshotError extends Error {
  override readonly name = 'SnapshotError';
  readonly code: SnapshotFault;
  readonly line: number;
  readonly path: string;
  readonly expected: string;

  constructor({ code, line, path = '', expected }: Place, cause?: unknown) {
    super([`line ${line}`, path, expected].filter((part) => part !== '').join(': '), { cause });
    this.code = code;
    this.line = line;
    this.path = path;
    this.expected = expected;
  }
}
