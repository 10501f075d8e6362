import { expect, test } from 'vitest'
import { changesNear } from './changes-near.ts'

test('what happened near the beginning is told, the nearest first; what is long ago or to come is not', () => {
  const annotation = (at: string, text: string) => ({ at, text, type: 'deploy' as const })
  const campaign = { name: '双11', type: 'promotion' as const, utm_campaigns: [], note: '', starts_at: '2026-11-10T20:00:00+08:00', ends_at: '2026-11-12T00:00:00+08:00' } // biome-ignore format: one campaign
  const changes = changesNear(
    {
      annotations: [
        annotation('2026-11-10T19:25:00+08:00', 'long ago'),
        annotation('2026-11-10T19:50:00+08:00', 'checkout 2.4'),
        annotation('2026-11-10T20:30:00+08:00', 'to come'),
      ],
      campaigns: [campaign],
    },
    new Date('2026-11-10T12:03:00Z'),
    new Date('2026-11-10T12:20:00Z'),
  )
  expect(changes).toEqual([
    { at: '2026-11-10T12:00:00.000Z', type: 'campaign_start', text: '双11' },
    { at: '2026-11-10T11:50:00.000Z', type: 'deploy', text: 'checkout 2.4' },
  ])
})
