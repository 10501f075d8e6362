interface Work {
  work: () => void
  rank: number
}

const waiting: Work[] = []
let channel: MessageChannel | undefined

function turn() {
  const next = waiting.reduce((first, each) => (each.rank < first.rank ? each : first), waiting[0] as Work)
  waiting.splice(waiting.indexOf(next), 1)
  if (waiting.length > 0) ask()
  next.work()
}

// A message is a task of its own at once: timers wait for milliseconds, and longer in a page that nobody sees.
function ask() {
  if (!channel) {
    channel = new MessageChannel()
    channel.port1.onmessage = turn
  }
  channel.port2.postMessage(null)
}

/**
 * Does work of the browser in a task of its own, the lowest rank first: between two pieces it can draw, and hear clicks.
 * @returns takes back what has not been done
 */
export function inTurn(work: () => void, rank: number): () => void {
  const entry = { work, rank }
  waiting.push(entry)
  if (waiting.length === 1) ask()
  return () => {
    entry.work = () => {}
  }
}
