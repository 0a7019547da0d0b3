import { readFile } from 'node:fs/promises';

/** What a process took so far. */
export interface ProcessFigures {
  /** Processor time of all its threads, user and system. */
  readonly cpuMs: number;
  /** The most memory that was resident at any time (VmHWM), in bytes. */
  readonly peakBytes: number;
}

/** Linux counts processor time in hundredths of a second, whatever its own clock is. */
const MS_PER_TICK = 10;

/** Reads what the kernel says of a process; fails where it is gone, and where the kernel is not Linux. */
export async function figuresOf(pid: number): Promise<ProcessFigures> {
  const [stat, status] = await Promise.all([said(pid, 'stat'), said(pid, 'status')]);
  // The name of the program stands in brackets, and may hold anything; times are the 14th and 15th field.
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  const kilobytes = /^VmHWM:\s+(\d+) kB$/m.exec(status)?.[1];
  return {
    cpuMs: (Number(fields[11]) + Number(fields[12])) * MS_PER_TICK,
    peakBytes: Number(kilobytes) * 1024,
  };
}

async function said(pid: number, file: string): Promise<string> {
  try {
    return await readFile(`/proc/${pid}/${file}`, 'utf8');
  } catch (error) {
    throw new Error(`nothing is known of process ${pid}: it ended, or this is not Linux`, { cause: error });
  }
}
