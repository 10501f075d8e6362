import type { Role } from '@guanlan/warehouse/settings/access'
import type { Asker } from './asker.ts'

/**
 * Who may do what, by role; reading the numbers of a store is everybody's who has a role in it. Keys and users are out of
 * an operator's sight: whoever holds a key acts without a name.
 */
const permissions = {
  annotate: ['owner', 'analyst', 'operator'],
  /** Campaigns and targets. */
  plan: ['owner', 'analyst', 'operator'],
  save_funnels: ['owner', 'analyst', 'operator'],
  /** Acknowledge, silence, take, resolve, rate and comment; silences too. */
  handle_incidents: ['owner', 'analyst', 'operator'],
  /** Rules and the playbook. */
  change_rules: ['owner', 'analyst'],
  /** Where notifications go: seeing them too, for their log tells what receivers answer. */
  change_contact_points: ['owner', 'analyst'],
  retry_jobs: ['owner', 'analyst', 'operator'],
  see_keys: ['owner', 'analyst'],
  change_keys: ['owner'],
  change_store: ['owner'],
  change_users: ['owner'],
  see_audit: ['owner', 'analyst'],
  /** Queues, disks and processes, which all stores share: asked of the instance, with storeId ''. */
  see_instance: ['owner', 'analyst', 'operator'],
} as const satisfies Record<string, readonly Role[]>
export type Permission = keyof typeof permissions
const names = Object.keys(permissions) as Permission[]

/**
 * What a user with these roles is in a store: what is given for it, else what is for every store; who owns every store
 * owns it, whatever is given. '' is the whole instance.
 */
export const roleAmong = (roles: Readonly<Record<string, Role>>, storeId: string): Role | undefined =>
  roles['*'] === 'owner' ? 'owner' : (roles[storeId] ?? roles['*'])

/** The role of who asks in a store. */
export const roleIn = (asker: Asker | undefined, storeId: string): Role | undefined =>
  asker?.kind === 'user' ? roleAmong(asker.roles, storeId) : undefined

/** Whether the asker may do something in a store, or with storeId '' in the whole instance. */
export function may(asker: Asker | undefined, permission: Permission, storeId: string): boolean {
  const role = roleIn(asker, storeId)
  return role !== undefined && permissions[permission].some((each) => each === role)
}

/** Everything that the asker may or may not do in a store: what a page offers. */
export const allowedIn = (asker: Asker | undefined, storeId: string): Record<Permission, boolean> =>
  Object.fromEntries(names.map((name) => [name, may(asker, name, storeId)])) as Record<Permission, boolean>
