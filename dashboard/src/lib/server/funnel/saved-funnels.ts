import type { Warehouse } from '@guanlan/warehouse/client'
import { readSettings, type Setting } from '@guanlan/warehouse/settings/read'
import { isEventField } from '#lib/funnel/fields.ts'
import type { FunnelQuestion } from '#lib/funnel/funnel-view.ts'
import { operators, type StepCondition } from '#lib/funnel/step-text.ts'
import { actorName } from '../settings/refusal.ts'

/** A funnel that people keep under a name, as it stands. */
export interface SavedFunnel {
  id: string
  version: number
  name: string
  /** Who changed it last, as people call them. */
  actor: string
  question: FunnelQuestion
}

/** The funnels that a store keeps, by name. */
export async function savedFunnels(warehouse: Warehouse, storeId: string): Promise<SavedFunnel[]> {
  const settings = await readSettings(warehouse, 'funnel', { store_id: storeId })
  return settings.map(savedOf).toSorted((a, b) => a.name.localeCompare(b.name))
}

function savedOf({ id, version, actor, value }: Setting<'funnel'>): SavedFunnel {
  const { name, steps, window_seconds, order, breakdown } = value
  return {
    id,
    version,
    name,
    actor: actorName(actor),
    question: {
      steps: steps.map((step) => ({ name: step.name, where: step.where.flatMap(conditionOf) })),
      window_seconds,
      order,
      breakdown: breakdown !== undefined && isEventField(breakdown) ? breakdown : null,
    },
  }
}

/** Only the funnel page saves funnels, and it nests no conditions. */
function conditionOf([first, field, values]: readonly unknown[]): StepCondition[] {
  const operator = operators.find((each) => each === first)
  return operator && typeof field === 'string' && Array.isArray(values) ? [{ operator, field, values }] : []
}
