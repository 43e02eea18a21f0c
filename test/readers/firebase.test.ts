import { expect, test } from 'vitest';
import { factsOf } from '../support/facts-of.ts';

test('runtime of functions, headers, emulators on laptops, and the project of each alias', () => {
  expect(factsOf('readers/firebase', 'firebase')).toEqual([
    'edge strict-transport-security header=max-age=63072000 @shared [**] firebase.json:5',
    'operations firestore-emulator port=8080 @local [firestore-emulator] firebase.json:7',
    'providers firebase project=shop-dev @dev .firebaserc:1',
    'providers firebase project=shop-prod @production .firebaserc:1',
    'providers firebase project=shop-staging @staging .firebaserc:1',
    'runtime node version=20 @shared [api] firebase.json:2',
  ]);
});
