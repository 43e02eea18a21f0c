import { classOf } from '../environments/names.ts';

/** Services for developers that everybody uses under that name. */
const CALLED_SO = /^dev\.(?:azure|mysql|twitter|epicgames|to)\b/;

/** `https://stage.shop.example`, `uat.bank.example:8443`: whether an address has a host that names an environment other than production. */
export function namesOtherEnvironment(address: string): boolean {
  const host = /^(?:[a-z][a-z0-9+.-]*:\/\/)?([\w.-]+)(?::\d+)?(?:\/.*)?$/.exec(address.trim())?.[1] ?? '';
  if (!host.includes('.') || CALLED_SO.test(host)) return false;
  return host
    .split(/[.-]/)
    .slice(0, -2)
    .some((part) => {
      const cls = classOf(part, 'deployed');
      return cls !== undefined && cls !== 'production';
    });
}
