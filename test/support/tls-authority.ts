import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** A private certificate authority that lives as long as one test file, and a server certificate that it signed. */
export interface TlsAuthority {
  /** For NODE_EXTRA_CA_CERTS. */
  readonly caFile: string;
  readonly ca: string;
  readonly cert: string;
  readonly key: string;
  remove(): void;
}

/** Everything that openssl would otherwise take from the machine's own configuration. */
const settings = (domain: string): string => `
[req]
distinguished_name = name
prompt = no
[name]
CN = Flowstate test
[authority]
basicConstraints = critical, CA:true
keyUsage = critical, keyCertSign, cRLSign
subjectKeyIdentifier = hash
[server]
basicConstraints = critical, CA:false
keyUsage = critical, digitalSignature
extendedKeyUsage = serverAuth
subjectKeyIdentifier = hash
authorityKeyIdentifier = keyid
subjectAltName = DNS:${domain}, DNS:*.${domain}
`;

/** @param domain certified with everything one label below it */
export function makeAuthority(domain: string): TlsAuthority {
  const folder = mkdtempSync(join(tmpdir(), 'flowstate-tls-'));
  writeFileSync(join(folder, 'openssl.cnf'), settings(domain));
  const openssl = (command: string): unknown => execFileSync('openssl', command.split(' '), { cwd: folder, stdio: 'pipe' });
  for (const name of ['ca', 'server']) openssl(`ecparam -name prime256v1 -genkey -noout -out ${name}.key`);
  openssl('req -new -x509 -key ca.key -config openssl.cnf -extensions authority -subj /CN=Flowstate-test-authority -days 2 -out ca.pem');
  openssl('req -new -key server.key -config openssl.cnf -out server.csr');
  openssl(
    'x509 -req -in server.csr -CA ca.pem -CAkey ca.key -CAcreateserial -extfile openssl.cnf -extensions server -days 2 -out server.pem',
  );
  const read = (name: string): string => readFileSync(join(folder, name), 'utf8');
  return {
    caFile: join(folder, 'ca.pem'),
    ca: read('ca.pem'),
    cert: read('server.pem'),
    key: read('server.key'),
    remove: () => rmSync(folder, { recursive: true, force: true }),
  };
}
