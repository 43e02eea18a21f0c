import { expect, test } from 'vitest';
import { factsOf } from '../support/facts-of.ts';

test('what tasks run and set, versions, env files; without tasks nothing', () => {
  expect(factsOf('readers/taskfile', 'taskfile')).toEqual([
    'config APP_ENV value=development @shared Taskfile.yml:6',
    'config LOG_LEVEL value=debug @local [dev] Taskfile.yml:12',
    'config QUEUE value=inline @local [dev] Taskfile.yml:16',
    'config TAG value=null @shared Taskfile.yml:7',
    'data migrations runs=python manage.py migrate @shared [migrate] Taskfile.yml:22',
    'operations env-file env-file=.env @shared Taskfile.yml:8',
    'operations migrate env-file=backend/.env.example @shared [migrate] Taskfile.yml:21',
    'operations server runs=python manage.py runserver @local [dev] Taskfile.yml:16',
    'services postgresql version=16.4 @shared Taskfile.yml:3',
    'services redis image=redis:7.2 @local [dev] Taskfile.yml:15',
    'services redis version=7.2 @local [dev] Taskfile.yml:15',
  ]);
});
