import { expect, test } from 'vitest';
import { parseImage } from '../../scripts/services/subject.ts';

function told(reference: string): string {
  const { known, version } = parseImage(reference);
  return `${known?.subject} ${version}`;
}

test.each([
  ['ghcr.io/acme/acme-eclipse-temurin:25-jre-jammy', 'java 25'],
  ['ghcr.io/acme/baseimages/temurin:21', 'java 21'],
  ['gcr.io/distroless/java21-debian12', 'java 21'],
  ['registry.example/ubi9/python-311:1-77', 'python 3.11'],
  ['acme/alpine-node:22.4.1', 'node 22.4.1'],
  ['node:22-slim', 'node 22'],
])("a runtime behind an organisation's own image name: %s", (reference, expected) => {
  expect(told(reference)).toBe(expected);
});

test.each([
  ['prom/node-exporter:v1.8.2', 'undefined 1.8.2'],
  ['acme/shop-node:1.2.3', 'undefined 1.2.3'],
  ['acme/billing-python:v3', 'undefined 3'],
  ['acme/acme-temurin:${TAG}', 'undefined undefined'],
])('an application or a tool is none: %s', (reference, expected) => {
  expect(told(reference)).toBe(expected);
});
