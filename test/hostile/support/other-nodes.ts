import { delimiter } from 'node:path';

/** Programs of other versions of Node, for a machine that has some: `OTHER_NODES=/opt/node22/bin/node:/opt/node24/bin/node`. */
export const otherNodes = (process.env.OTHER_NODES ?? '').split(delimiter).filter(Boolean);
