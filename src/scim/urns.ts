/** Names of schemas and messages (RFC 7643, RFC 7644). */
export const USER = 'urn:ietf:params:scim:schemas:core:2.0:User';
export const GROUP = 'urn:ietf:params:scim:schemas:core:2.0:Group';
export const ENTERPRISE_USER = 'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User';
/** What a directory can tell of an employment; Entra takes names of extensions in this form only. */
export const EMPLOYMENT = 'urn:ietf:params:scim:schemas:extension:flowstate:2.0:User';
export const LIST_RESPONSE = 'urn:ietf:params:scim:api:messages:2.0:ListResponse';
export const ERROR = 'urn:ietf:params:scim:api:messages:2.0:Error';

export const BASE = '/scim/v2';
export const MEDIA_TYPE = 'application/scim+json; charset=utf-8';
