import { type Severity } from '@denyscope/engine';
import { type Verdict } from '@denyscope/model';
import { type Terminal } from '../terminal.ts';

type Paint = (text: string) => string;

/** What became of something: new, gone, different, or not known. */
export type Sign = '+' | '-' | '~' | '?';

/** How text looks on this output. */
export interface Style {
  readonly bold: Paint;
  readonly dim: Paint;
  readonly verdict: (verdict: Verdict) => { readonly text: Verdict; readonly paint: Paint };
  readonly severity: (severity: Severity) => { readonly text: Severity; readonly paint: Paint };
  /** A line of a comparison, by its sign. */
  readonly sign: Readonly<Record<Sign, Paint>>;
  /** Characters of a line; undefined where lines may be of any length. */
  readonly width: number | undefined;
}

const CODES = { bold: 1, dim: 2, red: 31, green: 32, yellow: 33, magenta: 35 } as const;

const VERDICT_COLOURS = {
  allowed: 'green',
  conditional: 'yellow',
  denied: 'red',
  unknown: 'magenta',
} as const satisfies Record<Verdict, keyof typeof CODES>;

const SEVERITY_COLOURS = {
  error: 'red',
  warning: 'yellow',
  info: 'dim',
} as const satisfies Record<Severity, keyof typeof CODES>;

/** Colours on a terminal only, and not where NO_COLOR or a dumb terminal asks for none (https://no-color.org). */
export function styleOf({ isInteractive, columns, environment }: Terminal): Style {
  const coloured = isInteractive && !environment['NO_COLOR'] && environment['TERM'] !== 'dumb';
  const paint =
    (colour: keyof typeof CODES): Paint =>
    (text) =>
      coloured ? `\u001b[${CODES[colour]}m${text}\u001b[0m` : text;
  return {
    bold: paint('bold'),
    dim: paint('dim'),
    verdict: (verdict) => ({ text: verdict, paint: paint(VERDICT_COLOURS[verdict]) }),
    severity: (severity) => ({ text: severity, paint: paint(SEVERITY_COLOURS[severity]) }),
    sign: { '+': paint('green'), '-': paint('red'), '~': paint('yellow'), '?': paint('magenta') },
    width: isInteractive ? columns : undefined,
  };
}
