import { type Terminal } from './terminal.ts';

/** A terminal that keeps what is written to it. */
export interface KeptTerminal extends Terminal {
  readonly said: { out: string; err: string };
}

/** For tests: no terminal at all, unless they say otherwise. */
export function keptTerminal(given: Partial<Terminal> = {}): KeptTerminal {
  const said = { out: '', err: '' };
  return {
    said,
    out: async (text) => {
      said.out += text;
    },
    err: (text) => {
      said.err += text;
    },
    stdin: nothing(),
    isInteractive: false,
    progress: undefined,
    columns: undefined,
    environment: {},
    ...given,
  };
}

async function* nothing(): AsyncGenerator<Uint8Array> {}
