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
      const length = node.reduce((sum, piece) => sum + piece.length, 0)
      // The page has gone on.
      if (!inside.allowed() || id !== inside.view().id) return
      if (length > mostCharacters) return inside.lose('413')
      const view = wanted() as { width: number; height: number }
      const around = {
        writeKey: inside.key,
        sentAt: new Date(),
        view,
        snapshot: { width: view.width, height: view.height },
      }
      const body = new Blob([JSON.stringify(around).slice(0, -2), ',"node":', ...node, '}}'], { type: 'text/plain' })
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
