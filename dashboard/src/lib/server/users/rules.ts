import type { Role } from '@guanlan/warehouse/settings/access'
import type { Asker } from '../auth/asker.ts'
import { may } from '../auth/permissions.ts'

/** What somebody may do where: a store's id, or '*' for every store. */
export type Roles = Record<string, Role>

const everywhere = '*'
const changes = (asker: Asker | undefined, place: string) =>
  may(asker, 'change_users', place === everywhere ? '' : place)

/**
 * Whether the asker may give somebody a role in a place, or take it. Who has a role in every store is out of reach of who
 * owns one of them: a lesser role there would shut out the owner of the instance.
 */
export function mayChangeRole(asker: Asker | undefined, of: Roles, place: string): boolean {
  return changes(asker, place) && (!Object.hasOwn(of, everywhere) || changes(asker, everywhere))
}

/**
 * Whether the asker may give somebody a new password, and so become them: only who could give every role that they have.
 */
export function mayResetPassword(asker: Asker | undefined, of: Roles): boolean {
  const places = Object.keys(of)
  return places.length > 0 ? places.every((place) => changes(asker, place)) : changes(asker, everywhere)
}

/** Whether an instance that has an owner still does when one of its users has other roles; null: that user is gone. */
export function anOwnerIsLeft(
  users: readonly { id: string; roles: Roles }[],
  id: string,
  roles: Roles | null,
): boolean {
  const after = users.map((user) => (user.id === id ? { ...user, roles: roles ?? {} } : user))
  const owns = (user: { roles: Roles }) => user.roles[everywhere] === 'owner'
  return after.some(owns) || !users.some(owns)
}

/** Roles with one given, or taken for undefined. */
export function withRole(roles: Roles, place: string, role: Role | undefined): Roles {
  const { [place]: _, ...others } = roles
  return role ? { ...others, [place]: role } : others
}
