// What the shop's pages do in the browser, as any shop would; it tells the tracker in the words of its README.
const told = () => {
  window.guanlan ||= { q: [] }
  return window.guanlan.q
}
const say = (name, properties) => told().push([name, properties])
const product = document.body.dataset.sku && {
  item_id: document.body.dataset.sku,
  item_category: document.body.dataset.category,
  price: document.body.dataset.price,
  quantity: 1,
}
const value = () => ({ currency: 'CNY', value: product.price, items: [product] })

document.addEventListener('click', (event) => {
  const pressed = event.target.closest('[data-does]')
  if (!pressed) return
  const { does, of } = pressed.dataset
  const part = of && document.getElementById(of)
  if (does === 'toggle') part.hidden = !part.hidden
  if (does === 'open') part.showModal()
  if (does === 'close') pressed.closest('dialog').close()
  if (does === 'slide') {
    part.style.transform = `translateX(${-100 * Number(pressed.dataset.to)}%)`
    for (const dot of pressed.parentNode.children) dot.toggleAttribute('aria-current', dot === pressed)
  }
  if (does === 'choose') {
    for (const other of pressed.parentNode.children) other.setAttribute('aria-pressed', String(other === pressed))
  }
  if (does === 'filter') {
    pressed.setAttribute('aria-pressed', String(pressed.getAttribute('aria-pressed') !== 'true'))
  }
  if (does === 'add') {
    say('addToCart', value())
    document.getElementById('count').textContent = String(Number(document.getElementById('count').textContent) + 1)
    document.getElementById('added').showModal()
  }
  if (does === 'draw') document.getElementById('prize').textContent = '谢谢参与，明天再来'
  if (does === 'order') {
    event.preventDefault()
    location.href = '/checkout/done'
  }
})

if (product) say('viewItem', value())
if (document.body.dataset.type === 'checkout') say('beginCheckout', { currency: 'CNY', items: [] })
