import { expect, test } from 'vitest';
import { factsOf } from '../support/facts-of.ts';

test('options as map and as list, containers of a Dockerrun', () => {
  expect(factsOf('readers/elastic-beanstalk', 'elastic-beanstalk')).toEqual([
    'config DJANGO_SETTINGS_MODULE value=shop.settings @shared [app] .ebextensions/env.config:3',
    'config FEATURE_X value=on @shared [app] .ebextensions/list.config:6',
    'config LOG_LEVEL value=info @shared [app] .ebextensions/env.config:4',
    'config MODE value=cache @shared [cache] Dockerrun.aws.json:4',
    'operations app min-replicas=2 @shared [app] .ebextensions/env.config:6',
    'operations app size=t3.small @shared [app] .ebextensions/list.config:4',
    'operations cache memory=128 @shared [cache] Dockerrun.aws.json:4',
    'services redis image=redis:6.2 @shared [cache] Dockerrun.aws.json:4',
    'services redis version=6.2 @shared [cache] Dockerrun.aws.json:4',
  ]);
});
