import { type Tree, textAt } from '../../syntax/tree.ts';

/** Whether a document is Skaffold's own. */
export function isOfSkaffold(document: Tree): boolean {
  return /^skaffold\//.test(textAt(document, 'apiVersion') ?? '');
}
