import { type Tree, textAt } from '../../syntax/tree.ts';

/** What is left of a name when template actions are taken out: `deploy-data` of `{{ x }}-deploy-data`; empty where nothing is. */
export function literalName(text: string | undefined): string {
  return (text ?? '')
    .slice(0, 1000)
    .replace(/\{\{.*?\}\}/gs, '')
    .replace(/^[-_.\s]+|[-_.\s]+$/g, '');
}

/** The unit that a manifest's object is: its own name, else the component that its labels tell, else what the caller knows. */
export function objectName(object: Tree, fallback: string): string {
  const label = (key: string) => literalName(textAt(object, 'metadata', 'labels', key));
  return (
    literalName(textAt(object, 'metadata', 'name')) ||
    label('app.kubernetes.io/component') ||
    label('component') ||
    label('app.kubernetes.io/name') ||
    fallback
  );
}
