/** Advisory locks take two numbers: ours, so that other users of the database do not collide, and which. */
export const LOCK_SPACE = 0x64656e79;
export const LOCK = { migrate: 1, import: 2, keep: 3, lead: 4 } as const;
