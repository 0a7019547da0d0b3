import { type Session } from './session.ts';
import { type Style, styleOf } from './render/style.ts';

/** Prints data: JSON of formats.md section 3, or what `render` makes of it for people. */
export async function print<T>(
  session: Session,
  data: T,
  render: (data: T, style: Style) => string,
): Promise<void> {
  const { terminal, output } = session;
  if (output === 'table') return terminal.out(`${render(data, styleOf(terminal))}\n`);
  // A person sees it laid out; a program gets one line.
  return terminal.out(`${JSON.stringify(data, undefined, terminal.isInteractive ? 2 : undefined)}\n`);
}
