import { Injectable } from '@nestjs/common';
import { TokenKeys } from '../access';
import { Config } from '../config';
import { User, UsersService } from '../identity';
import { DemoSeed, ImportService } from '../imports';
import { ScimConnections } from '../scim';
import { MembershipsService, OrganizationsService, RolesService, TenancyError, TenantsService } from '../tenants';

/** What commands may use. */
@Injectable()
export class OperatorServices {
  constructor(
    readonly config: Config,
    readonly tenants: TenantsService,
    readonly organizations: OrganizationsService,
    readonly roles: RolesService,
    readonly memberships: MembershipsService,
    readonly users: UsersService,
    readonly keys: TokenKeys,
    readonly demo: DemoSeed,
    readonly imports: ImportService,
    readonly scim: ScimConnections,
  ) {}

  async user(email: string): Promise<User> {
    const user = await this.users.findByEmail(email);
    if (user === undefined) throw new TenancyError(`There is no account with the e-mail address "${email}".`);
    return user;
  }
}
