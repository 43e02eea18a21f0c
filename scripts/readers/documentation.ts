import type { Reader } from './reader.ts';
import { EVERYWHERE } from './reader.ts';
import { documentationFindings } from './support/documentation-findings.ts';

export const documentation: Reader = {
  name: 'documentation',
  reads:
    'what documentation states: versions beside the names they belong to, tables and lists of variables, set-up commands, files it refers to',
  reach: EVERYWHERE,
  matches: (path) =>
    (/(?:^|\/)(?:README|CONTRIBUTING|INSTALL|DEVELOPMENT|DEVELOPING|HACKING|DEPLOY\w*|SETUP|GETTING[-_]?STARTED)[\w.-]*$/i.test(
      path,
    ) &&
      /(?:\.(?:md|mdx|rst|adoc|txt|MD)|\/[A-Z]+|^[A-Z]+)$/.test(path)) ||
    (/(?:^|\/)docs?\//i.test(path) && /\.(?:md|mdx|rst|adoc)$/i.test(path) && !/(?:^|\/)CHANGELOG/i.test(path)),
  read: (file) => ({ findings: documentationFindings(file.text) }),
};
