import { expect, test } from 'vitest';
import { factsOf } from '../support/facts-of.ts';

test('images, variables, credentials and scripts in the environment of their stage; comments say nothing, and expressions are computed', () => {
  expect(factsOf('readers/jenkinsfile', 'jenkinsfile')).toEqual([
    'config API_TOKEN secret-reference=api-token @ci Jenkinsfile:7',
    'config COMPUTED value=null @ci Jenkinsfile:9',
    'config DEPLOY_KEY secret-reference=prod-key @production [Deploy to production] Jenkinsfile:23',
    'config LOG_LEVEL value=debug @ci Jenkinsfile:6',
    'config MODE value=ci @ci [Test] Jenkinsfile:16',
    'config RAILS_ENV value=test @ci [Test] Jenkinsfile:15',
    'config REGION value=eu-west-1 @production [Deploy to production] Jenkinsfile:21',
    'config TAG value=null @ci Jenkinsfile:8',
    'config TARGET value=live @production [Deploy to production] Jenkinsfile:24',
    'operations Deploy to production process=Deploy to production @production Jenkinsfile:20',
    'operations Test process=Test @ci Jenkinsfile:12',
    'operations pipeline schedule=H 4 * * * @ci Jenkinsfile:4',
    'runtime node image=node:20 @ci Jenkinsfile:3',
    'runtime node version=20 @ci Jenkinsfile:3',
    'services postgresql image=postgres:14 @ci [Test] Jenkinsfile:16',
    'services postgresql version=14 @ci [Test] Jenkinsfile:16',
  ]);
});
