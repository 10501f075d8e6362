import { channels } from '../channels.ts'

const quoted = (group: string) =>
  channels.filter((channel) => channel.group === group).map(({ name }) => `'${name.replaceAll("'", "''")}'`)

/** SQL: the group of the column `channel`, 公域 or 私域; a channel without a name of its own is public. */
export const channelGroupSql = `multiIf(channel = 'unattributed', 'unattributed', channel IN (${quoted('private').join(', ')}), 'private', 'public')`
