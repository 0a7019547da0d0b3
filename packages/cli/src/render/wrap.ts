/** After these a line may end: blanks between words, and the joints of ARNs and paths. */
const JOINTS = /[ /:,#-]/;

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

/** The last place in the second half of the line where it may end; else it ends where it must. */
function breakAt(text: string, width: number): number {
  // A blank just behind the line takes no room.
  if (text[width] === ' ') return width;
  for (let end = width; end > width / 2; end -= 1) {
    if (JOINTS.test(text[end - 1] ?? '')) return end;
  }
  return width;
}
