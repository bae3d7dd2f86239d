export { type Membership, MembershipsService } from './memberships.service';
export { OrganizationPolicies, type Policies } from './organization-policies.service';
export {
  isValueOf,
  ORGANIZATION_SETTING_NAMES,
  ORGANIZATION_SETTINGS,
  type OrganizationSetting,
  type SettingValue,
} from './organization-settings';
export { type Organization, OrganizationsService } from './organizations.service';
export { FEATURES, isFeature, isPlan, MCP_IS_OPEN, MCP_PLANS, PLANS } from './plans';
export { RolesService } from './roles.service';
export { TenancyError } from './tenancy-error';
export { TenantsModule } from './tenants.module';
export { type Tenant, TenantsService } from './tenants.service';
