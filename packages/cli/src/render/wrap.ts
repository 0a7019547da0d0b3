/** After these a name may be torn: the joints of ARNs and paths. */
const JOINTS = /[/:,#-]/;

/** Breaks text into lines of at most `width` characters, at a blank or a joint of an ARN where there is one. */
export function wrap(text: string, width: number): readonly string[] {
  return text.split('\n').flatMap((line) => wrapLine(line, width));
}

function wrapLine(line: string, width: number): readonly string[] {
  const lines: string[] = [];
  let rest = line;
  while (rest.length > width) {
    const end = breakAt(rest, width);
    lines.push(rest.slice(0, end).trimEnd());
    rest = rest.slice(end).trimStart();
  }
  return [...lines, rest];
}

/**
 * The last blank that leaves more than a third of the line, else the last joint of its second half; else it ends where
 * it must. The name of something is torn only where it does not fit.
 */
function breakAt(text: string, width: number): number {
  // A blank just behind the line takes no room.
  if (text[width] === ' ') return width;
  let joint: number | undefined;
  for (let end = width; end > width / 3; end -= 1) {
    const char = text[end - 1] ?? '';
    if (char === ' ') return end;
    if (joint === undefined && end > width / 2 && JOINTS.test(char)) joint = end;
  }
  return joint ?? width;
}
