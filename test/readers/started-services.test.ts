import { expect, test } from 'vitest';
import { factsOf } from '../support/facts-of.ts';

test('what a pipeline starts: compose files, manifests, services of the machine; a build, a question and a comment start nothing', () => {
  expect(factsOf('readers/started-services', 'started-services')).toMatchInlineSnapshot(`
    [
      "operations compose starts=compose.test.yml @ci .github/workflows/test.yml:7",
      "operations manifests starts=skaffold run @ci .github/workflows/test.yml:13",
      "operations manifests starts=kubectl apply -f @ci .github/workflows/test.yml:14",
      "services postgresql starts=systemctl start postgresql.service @ci .github/workflows/test.yml:9",
      "services redis starts=service redis-server start @ci .github/workflows/test.yml:10",
    ]
  `);
});
