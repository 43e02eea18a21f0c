/** Names and addresses of the machine that asks, whatever stands before a name that resolves to it. */
const HOST =
  /^(?:(?:[\w-]+\.)*(?:localhost|localtest\.me|lvh\.me|vcap\.me)|(?:[\w-]+\.)*(?:nip|sslip)\.io|127(?:\.\d{1,3}){3}|0\.0\.0\.0)$/i;
const ADDRESS = /^(?:[a-z][a-z0-9+.-]*:\/\/)?(?:[^@/\s]*@)?([\w.-]+)(?::\d+)?(?:[/?#].*)?$/i;

/** Whether a host is the machine that asks for it: `localhost`, `127.0.0.1`, `shop.localtest.me`. */
export function isThisMachine(host: string): boolean {
  return HOST.test(host);
}

/** Whether a value is an address of this machine: a host, with or without a scheme, a user, a port and a path. */
export function leadsToThisMachine(value: string): boolean {
  const host = ADDRESS.exec(value)?.[1];
  return host !== undefined && isThisMachine(host);
}

/** Whether a text names this machine somewhere. */
export function namesThisMachine(text: string): boolean {
  return (text.match(/[\w.-]+/g) ?? []).some(isThisMachine);
}
