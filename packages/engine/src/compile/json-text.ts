/** A member that an object has more than once. */
export interface Duplicate {
  /** JSON pointer. */
  readonly path: string;
  /** Are the values the same text? Then it does not matter which one counts. */
  readonly same: boolean;
}

/** JSON as it was written: what it says, what `JSON.parse` would hide, and where things stand. */
export interface JsonText {
  /** The text that was parsed: without byte order mark and percent-encoding. */
  readonly text: string;
  readonly value: unknown;
  readonly duplicates: readonly Duplicate[];
  /** Where values begin in the text, by JSON pointer, down to the depth that policies have. */
  readonly places: ReadonlyMap<string, number>;
}

/** Policies are no deeper: document, list of statements, statement, condition, operator, key, value. */
const DEPTH = 8;

/** Reads JSON text, or percent-encoded JSON text (RFC 3986, as IAM returns it: semantics.md A.1). Never throws. */
export function readJsonText(given: string): JsonText | { readonly fault: string } {
  try {
    const text = decoded(given);
    const value: unknown = JSON.parse(text);
    return { text, value, ...membersOf(text) };
  } catch (error) {
    return { fault: `not JSON: ${error instanceof Error ? error.message : String(error)}` };
  }
}

function decoded(text: string): string {
  const plain = /^\s*%(7B|0A|0D|09|20|EF)/i.test(text) ? decodeURIComponent(text) : text;
  return plain.replace(/^\uFEFF/, '');
}

/** One part of a JSON pointer (RFC 6901). */
export function escapedPart(name: string): string {
  return name.replaceAll('~', '~0').replaceAll('/', '~1');
}

/** An object or a list that is being read. */
interface Frame {
  readonly pointer: string;
  /** Undefined in a list. */
  readonly members: Map<string, string> | undefined;
  /** The member or element that is being read. */
  name: string;
  index: number;
  isNamed: boolean;
  start: number;
}

interface Reader {
  readonly text: string;
  /** Not the stack of calls, since text may nest deeper than that. */
  readonly frames: Frame[];
  readonly duplicates: Duplicate[];
  readonly places: Map<string, number>;
}

/** Walks once over text that is known to be JSON. */
function membersOf(text: string): Pick<JsonText, 'duplicates' | 'places'> {
  const reader: Reader = { text, frames: [], duplicates: [], places: new Map() };
  let at = 0;
  while (at < text.length) at = step(reader, at);
  return { duplicates: reader.duplicates, places: reader.places };
}

/** Reads what begins at the place; gives the place behind it. */
function step(reader: Reader, at: number): number {
  const { text, frames } = reader;
  switch (text.charAt(at)) {
    case '{':
    case '[':
      begin(reader, at);
      frames.push(frameOf(pointerAt(reader), text[at] === '{'));
      return at + 1;
    case '}':
    case ']':
      frames.pop();
      end(reader, at + 1);
      return at + 1;
    case ',':
      next(frames.at(-1));
      return at + 1;
    case '"':
      return readString(reader, at);
    case ' ':
    case '\t':
    case '\n':
    case '\r':
    case ':':
      return at + 1;
    default:
      return readWord(reader, at);
  }
}

function frameOf(pointer: string, isObject: boolean): Frame {
  return { pointer, members: isObject ? new Map() : undefined, name: '', index: 0, isNamed: false, start: 0 };
}

function next(frame: Frame | undefined): void {
  if (!frame) return;
  frame.index += 1;
  frame.isNamed = false;
}

function readString(reader: Reader, at: number): number {
  const { text, frames } = reader;
  let close = at + 1;
  while (text[close] !== '"') close += text[close] === '\\' ? 2 : 1;
  const frame = frames.at(-1);
  if (frame?.members && !frame.isNamed) {
    frame.name = String(JSON.parse(text.slice(at, close + 1)));
    frame.isNamed = true;
    return close + 1;
  }
  begin(reader, at);
  end(reader, close + 1);
  return close + 1;
}

/** A number, `true`, `false` or `null`. */
function readWord(reader: Reader, at: number): number {
  const word = /[^,\]}\s]+/y;
  word.lastIndex = at;
  const close = at + (word.exec(reader.text)?.[0].length ?? 1);
  begin(reader, at);
  end(reader, close);
  return close;
}

function begin(reader: Reader, at: number): void {
  const frame = reader.frames.at(-1);
  if (frame) frame.start = at;
  if (reader.frames.length < DEPTH) reader.places.set(pointerAt(reader), at);
}

function end(reader: Reader, at: number): void {
  const frame = reader.frames.at(-1);
  if (!frame?.members) return;
  const value = reader.text.slice(frame.start, at);
  const before = frame.members.get(frame.name);
  if (before === undefined) frame.members.set(frame.name, value);
  else reader.duplicates.push({ path: pointerAt(reader), same: before === value });
}

/** The pointer of what is being read. Deeper than any policy goes, it is that of what lies around it. */
function pointerAt({ frames }: Reader): string {
  const frame = frames.at(-1);
  if (!frame) return '';
  if (frames.length > DEPTH) return frame.pointer;
  return `${frame.pointer}/${frame.members ? escapedPart(frame.name) : frame.index}`;
}
