// Writes the generated files of deploy/aws from the table of reads: `npm run permissions`. A test compares them.
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { permissionFiles } from '@denyscope/collect';

const FOLDER = fileURLToPath(new URL('../deploy/aws', import.meta.url));

mkdirSync(FOLDER, { recursive: true });
for (const [file, text] of permissionFiles()) writeFileSync(join(FOLDER, file), text);
