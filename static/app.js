// Small comforts. Every page works without this file.
(() => {
  'use strict'

  // The second clock: tell the server this device's zone, for the next page. Who
  // chose the destination's clock instead is not overruled. (A clock chosen by the
  // form is in a cookie that scripts can neither read nor replace.)
  const kept = (change) => { try { return change(localStorage) } catch { return null } }
  document.querySelector('form.clock')?.addEventListener('submit', (event) => {
    const zone = event.target.elements.zone.value
    kept((store) => zone ? store.removeItem('clock') : store.setItem('clock', 'destination'))
  })
  if (!/(^|; )(__Host-)?tz=/.test(document.cookie) && !kept((store) => store.getItem('clock'))) {
    const zone = Intl.DateTimeFormat().resolvedOptions().timeZone
    if (zone && /^[\w+\-/]{1,64}$/.test(zone)) {
      document.cookie = '__Host-tz=' + zone + '; path=/; secure; samesite=lax; max-age=31536000'
    }
  }

  // A button beside a number that copies it; the number itself can always be selected.
  if (navigator.clipboard) {
    for (const button of document.querySelectorAll('button[data-copy]')) {
      button.hidden = false
      const words = button.textContent
      button.addEventListener('click', async () => {
        try {
          await navigator.clipboard.writeText(button.dataset.copy)
        } catch {
          return // the browser refused: the number can still be selected
        }
        button.textContent = button.dataset.done
        setTimeout(() => { button.textContent = words }, 2000)
      })
    }
  }

  // The box for numbers grows with what is pasted.
  for (const box of document.querySelectorAll('textarea[data-grows]')) {
    const fit = () => {
      box.rows = Math.min(12, Math.max(Number(box.dataset.grows), box.value.split('\n').length))
    }
    box.addEventListener('input', fit)
    fit()
  }
})()
