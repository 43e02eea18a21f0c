import { expect, test } from 'vitest';
import { factsOf } from '../support/facts-of.ts';

test('image, features and variables; the version in the image’s tag is the language’s, not the recipe’s', () => {
  expect(factsOf('readers/devcontainer', 'devcontainer')).toEqual([
    'config DATABASE_URL value=postgres://db/shop @local [devcontainer] .devcontainer/devcontainer.json:9',
    'config PATH_EXTRA value=${containerEnv:PATH} @local [devcontainer] .devcontainer/devcontainer.json:10',
    'operations devcontainer port=8000 @local [devcontainer] .devcontainer/devcontainer.json:11',
    'operations devcontainer user=vscode @local [devcontainer] .devcontainer/devcontainer.json:12',
    'operations postCreateCommand process=pip install -r requirements.txt @local [postCreateCommand] .devcontainer/devcontainer.json:13',
    'runtime node version=20 @local [devcontainer] .devcontainer/devcontainer.json:5',
    'runtime python image=mcr.microsoft.com/devcontainers/python:1-3.12-bookworm @local [devcontainer] .devcontainer/devcontainer.json:3',
    'runtime python version=3.12 @local [devcontainer] .devcontainer/devcontainer.json:3',
    'runtime terraform version=null @local [devcontainer] .devcontainer/devcontainer.json:6',
    'services postgresql scheme=postgres @local [devcontainer] .devcontainer/devcontainer.json:9',
  ]);
});
