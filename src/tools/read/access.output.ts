import { Flag, type IdName, ListOf, Nested, Ref, TEXT, Words } from '../fields';

class Missing {
  @Words('Why, and who can change it.') why: string;
  @ListOf(TEXT) permissions: string[];
}

class ConnectionRights {
  @Words() client: string;
  @ListOf(TEXT) scopes: string[];
  @Flag('Whether it leaves out rights of the user.') narrowed: boolean;
}

export class Access {
  @Words() user: string;
  @Ref() organization: IdName;
  @Words() role: string;
  @ListOf(TEXT, 'What this connection may do.') permissions: string[];
  @ListOf(() => Missing) missing: Missing[];
  @Nested(() => ConnectionRights) connection: ConnectionRights;
}
