import { campaignTypes } from '@guanlan/warehouse/settings/planning'
import { readSettings } from '@guanlan/warehouse/settings/read'
import { connections } from '#lib/server/connections.ts'
import { documentActions } from '#lib/server/settings/document-actions.ts'
import { readCampaign } from '#lib/server/settings/read-campaign.ts'
import { storeOf } from '#lib/server/settings/store-of.ts'

export const load = async ({ params, locals, depends }) => {
  depends('store:settings')
  const { store_id } = await storeOf(locals.asker, params.store_id)
  const campaigns = await readSettings(connections().warehouse, 'campaign', { store_id })
  return {
    campaigns: campaigns
      .map(({ id, version, value }) => ({ id, version, ...value }))
      .sort((a, b) => Date.parse(b.starts_at) - Date.parse(a.starts_at)),
    types: campaignTypes,
    now: new Date().toISOString(),
  }
}

export const actions = documentActions('campaign', 'plan', readCampaign)
