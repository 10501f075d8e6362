import { copyPage } from './copy-page.ts'

/** What ingest takes, with room for the view. */
const mostCharacters = 39e5

const inside = window.guanlan?._

if (inside) {
  let isBusy = false
  const shoot = async () => {
    const { wanted, config } = inside
    if (isBusy || !wanted) return
    isBusy = true
    const { id } = inside.view()
    try {
      const node = await copyPage(config)
      // The page has gone on, or it is larger than ingest keeps.
      if (!inside.allowed() || id !== inside.view().id || node.length > mostCharacters) return
      const view = wanted() as { width: number; height: number }
      const around = {
        writeKey: inside.key,
        sentAt: new Date(),
        view,
        snapshot: { width: view.width, height: view.height },
      }
      const body = `${JSON.stringify(around).slice(0, -2)},"node":${node}}}`
      await fetch(`${inside.host}/v1/heatmap/snapshots`, { method: 'POST', body })
    } catch {
      // Somebody else will be asked.
    } finally {
      isBusy = false
    }
  }
  inside.shoot = () => void shoot()
  inside.shoot()
}
