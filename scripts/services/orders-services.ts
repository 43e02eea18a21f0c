/** Readers of formats that order a service from a provider, with its version. */
export const ORDERS_SERVICES: ReadonlySet<string> = new Set([
  'terraform',
  'terraform-variables',
  'bicep',
  'arm-template',
  'cloudformation',
]);
